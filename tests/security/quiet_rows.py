"""The rows of `test_quiet_access.py`: who reads what, who may move it, what takes it back."""

import re
import typing
from dataclasses import dataclass
from typing import Any

from tests.security.quiet_world import (
    DRAFT,
    FIELDS,
    GIVEN,
    HELD,
    INVITATION,
    KEY,
    KNOCK,
    NOTE,
    OWNER,
    PRESS,
    RULE,
    SEALED,
    SONG,
    TICKED,
    WISH,
)

from collavoce.desk.care.acts_line import AtTheLine

Body = dict[str, Any]
NAMED = frozenset({"named"})
CIRCLE = frozenset({"circle"})
OWN: frozenset[str] = frozenset()
NOTHING_SHOWN = {"shown": {"words": None}}
CANARY = re.compile(rb"canary of ([a-z ]+)\.")

CARD = frozenset(f"card {field}" for field in FIELDS)
POST = frozenset({"a message", "a place", "an invitation", "a letter"})
SET = frozenset({"a demo", "a song"})
ALL_HERS = (
    CARD
    | SET
    | {"a message", "a place", "an invitation", "a draft", "a sealed letter", "a message held"}
    | {"a wish", "a wish withdrawn", "a mark", "away", "a step", "lines", "aftercare", "an ear"}
    | {"an ear given"}
)
NOTHING: dict[str, frozenset[str]] = {}

READS: dict[tuple[str, str], dict[str, frozenset[str]]] = {
    ("ReadMine", ""): {OWNER: frozenset({"lines", "aftercare"})},
    ("ReadLog", ""): NOTHING,
    ("ReadCheckIn", ""): NOTHING,
    ("ReadExport", ""): {OWNER: ALL_HERS, "named": POST | SET},
    ("ReadEar", ""): {OWNER: frozenset({"an ear"})},
    ("ReadLookOver", ""): NOTHING,
    ("ReadMarks", ""): {OWNER: frozenset({"a wish", "a wish withdrawn", "a mark"})},
    ("ReadGiven", ""): {"named": frozenset({"a wish"})},
    ("ReadLines", PRESS): {"circle": frozenset({"lines"})},
    ("ReadSongs", ""): {OWNER: SET, "named": SET},
    ("ReadMeets", ""): NOTHING,
    ("ReadAway", ""): {OWNER: frozenset({"away", "a step"})},
    ("ReadAwayOf", OWNER): {"named": frozenset({"away", "a step"})},
    ("ReadOffices", ""): NOTHING,
    ("ReadCard", ""): {OWNER: CARD},
    ("ReadCardOf", OWNER): {"named": CARD},
    ("ReadPost", ""): NOTHING,
    ("ReadLetter", DRAFT): {OWNER: frozenset({"a draft"})},
    ("ReadLetter", SEALED): {OWNER: frozenset({"a sealed letter"})},
    ("ReadLetter", GIVEN): {"named": frozenset({"a letter"})},
    ("ReadInvitation", INVITATION): {
        OWNER: frozenset({"a place", "an invitation"}),
        "named": frozenset({"a place", "an invitation"}),
    },
    ("ReadNote", NOTE): {OWNER: frozenset({"a message"}), "named": frozenset({"a message"})},
    ("ReadNote", HELD): {OWNER: frozenset({"a message held"})},
}
"""(read, what it names) -> role -> the canaries that it shows; to everybody else: none."""


@dataclass(frozen=True)
class Foreign:
    """Names a thing of hers. there, gone: with its id, and with one of nothing. may: who may."""

    there: Body
    gone: Body
    may: frozenset[str] = OWN


GONE = {"device": "0" * 64, "line": "99"}


def named(name: str, id_: str, may: frozenset[str] = OWN, /, **more: Any) -> Foreign:
    gone = GONE.get(name, "z" * 22)
    return Foreign({name: id_, **more}, {name: gone, **more}, may)


FOREIGN: dict[str, Foreign] = {
    "Cancel": named("press", PRESS),
    "Over": named("press", PRESS),
    "Shown": named("press", PRESS, CIRCLE),
    "Coming": named("press", PRESS, CIRCLE),
    "With": named("press", PRESS, CIRCLE),
    "BeWith": named("owner", OWNER, CIRCLE),
    "NotWith": named("owner", OWNER, CIRCLE),
    "Reply": named("owner", OWNER, CIRCLE, agrees=True),
    "Mine": named("device", "{device}"),
    "NotMine": named("device", "{device}"),
    "Theirs": named("device", "{device}", number=10),
    "StopWith": named("person", OWNER),
    "StopField": named("person", OWNER, field="helps"),
    "PutTold": named("key", KEY, CIRCLE),
    "DropRule": named("rule", RULE),
    "SealLetter": named("letter", DRAFT, sure=True),
    "TakeBackLetter": named("letter", SEALED),
    "TearLetter": named("letter", GIVEN, NAMED),
    "HeedSign": named("invitation", INVITATION, NAMED, on=True),
    "TakeBackInvitation": named("invitation", INVITATION, NAMED),
    "TakeBackNote": named("note", HELD),
    "WithdrawMark": named("id", WISH),
    "DropMark": named("id", WISH),
    "BeFound": named("id", TICKED, on=False),
    "Untick": named("topic", "{topic}"),
    "PutFoundAside": named("other", OWNER, topic="t" * 22),
    "AnswerKnock": named("id", KNOCK, says="come"),
    "PutKnockAside": named("id", KNOCK),
    "NameDemo": named("demo", "{demo}", title="mine"),
    "DropDemo": named("demo", "{demo}"),
    "OfferDemo": named("demo", "{demo}", song="another" * 3, to="dancer", wish=""),
    "DropListening": named("link", "{demo}"),
    "AgreeToSong": named("song", SONG, NAMED, wish=True),
    "PutInSet": named("song", SONG, title="t", players=[]),
    "TakeSongBack": named("song", SONG, NAMED),
    "DropEar": named("line", "{ear}"),
    "TakeEar": named("line", "{ear given}", cue=""),
    "LeaveEar": named("line", "{ear given}"),
    "GiveEarWords": named("to", OWNER, CIRCLE, words="w"),
}
"""Acts that name something: of hers, they are hers alone and of those who stand here."""

SELF: dict[str, Body] = {
    "Ping": {},
    "Press": {"press": "other" * 4},
    "Alone": {},
    "Back": {},
    "ChooseHour": {"at": "11:00"},
    "PutAway": {},
    "PutOff": {},
    "WriteCircle": {"order": [], "second_after": 20},
    "WriteLadder": {"receipt_after": 5, "all_after": 60, "voice_after": 90},
    "WriteNear": {"kind": "anyone"},
    "WriteOpening": {"hand": False, "breach": False},
    "WriteWords": {},
    "WriteContacts": {"contacts": []},
    "Recover": {"code": "x"},
    "NewRecovery": {},
    "Holders": {"ids": []},
    "WriteLines": {"lines": ["w"], "shared": []},
    "WriteAftercare": {"words": "w"},
    "Routing": {"on": True},
    "KeepField": {"field": "helps", "words": "w"},
    "KeepAvoids": {"effects": ["strobe"]},
    "TakeCardBack": {},
    "ShareFields": {"person": "minor", "fields": ["helps"]},
    "LookedOver": {},
    "ReviewEvery": {"days": 90},
    "SayCheckIn": {"said": 1, "key": "q" * 22},
    "ChooseDelay": {"minutes": 5},
    "AddRule": {"rule": RULE, "answers": ["tired"], "persons": [OWNER]},
    "Done": {},
    "StepAway": {},
    "Still": {},
    "TellOffice": {"office": "press", "on": True},
    "WriteAway": {"words": "w", "readers": []},
    "WriteWay": {"steps": ["w"], "where": 0, "readers": []},
    "Return": {"rehearses": True, "performs": True},
    "WriteLetter": {"letter": "mine-mine-mine-mine", "to": "minor", "way": "asked", "words": "w"},
    "AskForLetters": {},
    "WriteInvitation": {"invitation": "mine-mine-mine-mine", "to": "minor", "place": "p",
                        "words": "w"},
    "SendNote": {"note": "mine-mine-mine-mine", "to": "minor", "words": "w"},
    "SetPost": {},
    "WriteMark": {"id": "mine-mine-mine-mine", "kind": "like", "piece": "piece", "title": "",
                  "words": "w", "to": ""},
    "AgreeFew": {"on": True},
    "BeHere": {"place": ""},
    "Knock": {"id": "mine-mine-mine-mine", "place": "left"},
    "LetCallerKnow": {"cue": "41"},
    "TakeReleaseBack": {"cue": "42"},
    "RememberTakes": {"on": False},
    "ForgetTakes": {},
    "SettleEar": {"on": True, "volume": 10},
    "KeepEarWords": {"cue": "", "words": "w"},
    "ForgetRest": {},
    "BeginAnew": {},
    "EraseMe": {"sure": True},
    "ForgetThis": {},
}  # fmt: skip
"""Acts about oneself, in the order in which they can be said one after another."""

LINE = {kind.__name__ for kind in typing.get_args(AtTheLine)}
"""Who may do what at the line has a table of its own (`line/roles.py`)."""


PAPERS: dict[str, tuple[str, Body] | None] = {
    **{
        f"card {field}": ("ReadCardOf", {"type": "StopWith", "person": "named"}) for field in FIELDS
    },
    "card": None,
    "card avoids": None,
    "away": ("ReadAwayOf", {"type": "WriteAway", "words": "w", "readers": []}),
    "way back": ("ReadAwayOf", {"type": "WriteWay", "steps": [], "where": -1, "readers": []}),
    "lines": ("ReadLines", {"type": "WriteLines", "lines": ["w"], "shared": []}),
    "aftercare": None,
    "letter": ("ReadLetter", {"type": "TakeBackLetter", "letter": SEALED}),
    "note": ("ReadNote", {"type": "TakeBackNote", "note": HELD}),
    "invitation": ("ReadInvitation", {"type": "TakeBackInvitation", "invitation": INVITATION}),
    "wish": ("ReadGiven", {"type": "WithdrawMark", "id": WISH}),
    "demo": None,
    "song": ("ReadSongs", {"type": "TakeSongBack", "song": SONG}),
    "rules": None,
    "ear": None,
    "ear line": None,
}
"""Every kind of paper -> where others read it and what takes it back; None: nobody else ever does.

A letter that was delivered and a message that is out are their reader's.
"""
