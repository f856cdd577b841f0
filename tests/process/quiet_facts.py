"""An evening of the quiet half on a real process: everything a person can keep, each word a canary.

`tells` is all of it, by a performer to one friend; what others may know of it anyway, they know in
each evening: that she is away, since she said so, and that the show is over.
"""

import time
import types
import typing
from base64 import b64encode
from pathlib import Path
from typing import Any

import msgspec
from tests.process.care_house import CareProcess, Phone, make_circle
from tests.unit.care.song_sounds import wav

from collavoce.care.card import Field
from collavoce.company.people import Person
from collavoce.desk.care.read import Read
from collavoce.runtime.care.sheet import CueSheet, Meeting
from collavoce.runtime.evening_told import BOX, EveningTold, pack_evening
from collavoce.runtime.line.config import LineConfig
from collavoce.runtime.links import Mailbox

CANARY = "QuietCanary"
OWNER, MEANT = "pianist", "friend"
ROLES: dict[str, tuple[str, ...]] = {
    "pianist": ("performer",),
    "friend": ("guest",),
    "second": ("performer",),
    "third": ("steward", "musical director"),
    "manager": ("company manager", "caller", "artist liaison", "administrator"),
}
PEOPLE = tuple((person, f"Name of {person}") for person in ROLES)
CONFIG: dict[str, Any] = {
    "people": PEOPLE,
    "line": LineConfig(
        people=tuple(Person(p, name, ROLES[p]) for p, name in PEOPLE),
        zones=(("left", "stage left", "left"),),
    ),
    "pieces": (("song", "A song of the show"),),
    "sheet": CueSheet(
        (("41", "light", "A song"), ("42", "light", "A song")),
        (Meeting("41", "light", "A song", ("strobe",), ("pianist",)),),
    ),
}

LETTER, OTHER_LETTER = "letter-0000000001", "letter-0000000002"
NOTE, INVITATION, WISH = "note-000000000001", "invitation-000001", "wish-000000000001"
SECRET_WISH, RULE, KEY, SONG = "wish-000000000002", "r" * 22, "k" * 22, "a-song-drawn-by-lot"


def said(what: str) -> str:
    """A canary of its own for each field."""
    return f"{CANARY} of {what}"


FIELDS = tuple(field.value for field in Field)


def does(phone: Phone, act: str, /, **fields: Any) -> None:
    answer = phone.act(act, **fields)
    assert answer["kept"], (act, answer)


def known_to_all(care: CareProcess, performer: Phone, friend: Phone) -> None:
    """What every evening has."""
    make_circle(performer, {MEANT: friend})
    for phone in (performer, friend):
        does(phone, "Ping")
    does(performer, "ChooseDelay", minutes=0)
    does(performer, "StepAway", until="")
    with Mailbox(care.run_dir / "an engine") as box:
        box.send(care.run_dir / BOX, pack_evening(EveningTold("tonight", True, 0.0)))
    performer.until(lambda view: view["checkin"])


def tells(performer: Phone, friend: Phone) -> None:
    """All of it."""
    for field in FIELDS:
        does(performer, "KeepField", field=field, words=said(field), share=[{"person": MEANT}])
    does(performer, "KeepAvoids", effects=["strobe"])
    does(performer, "LetCallerKnow", cue="42")
    does(performer, "AddRule", rule=RULE, answers=["tired"], persons=[MEANT])
    does(performer, "SayCheckIn", said=2, key=KEY)
    does(performer, "WriteAway", words=said("away"), readers=[MEANT], dated=True)
    does(performer, "WriteWay", steps=[said("a step")], where=0, readers=[MEANT])
    letter = {"to": MEANT, "words": said("a letter")}
    does(performer, "WriteLetter", letter=LETTER, way="sign_in", **letter)
    does(performer, "SealLetter", letter=LETTER, sure=True)
    does(performer, "WriteLetter", letter=OTHER_LETTER, way="asked", **letter)
    does(performer, "SendNote", note=NOTE, to=MEANT, words=said("a message"))
    invited = {"place": said("a place"), "words": said("an invitation"), "signs": True}
    does(performer, "WriteInvitation", invitation=INVITATION, to=MEANT, **invited)
    mark = {"kind": "like", "piece": "song", "title": "", "words": said("a wish")}
    does(performer, "WriteMark", id=WISH, to=MEANT, **mark)
    does(performer, "WriteMark", id=SECRET_WISH, to="", **mark)
    does(performer, "BeFound", id=SECRET_WISH, on=True)
    does(performer, "KeepEarWords", cue="", words=said("an ear"))
    does(friend, "GiveEarWords", to=OWNER, words=said("an ear given"))
    demo = brings(performer, wav(0.2, rate=8000, channels=1, tagged=said("a tag")))
    does(performer, "NameDemo", demo=demo, title=said("a demo"))
    does(performer, "OfferDemo", song=SONG, demo=demo, to=MEANT, wish=said("its wish"))
    sound = b64encode(f"RIFF {said('a sound')}".encode() * 9).decode()
    performer.client.post("/care/ear/keep", json={"type": "KeepEar", "cue": "", "sound": sound})
    the_friend_reads(friend)


def brings(phone: Phone, sound: bytes) -> str:
    """The id of a demo."""
    heads = {"content-type": "application/octet-stream"}
    answer = phone.client.post("/care/demo", content=sound, headers=heads).json()
    assert answer["kept"], answer
    return str(answer["code"])


def the_friend_reads(friend: Phone) -> None:
    """Everything that is theirs to read; they are in the evening that has it."""
    does(friend, "Ping", clock=time.time(), shown=[NOTE])
    reads = every_read(OWNER)
    shown = b"".join(friend.client.post("/care/read", json=body).content for body in reads)
    for what in (*FIELDS, "away", "a step", "a letter", "a message", "a place", "a wish"):
        assert said(what).encode() in shown, what
    seen = friend.view()
    assert seen["checkin_told"][0]["said"] == "tired"
    assert seen["gone"][0]["who"] == OWNER
    assert seen["songs"][0][0] == SONG


IDS = {"press": "p" * 22, "letter": LETTER, "invitation": INVITATION, "note": NOTE}


def every_read(owner: str) -> list[dict[str, str]]:
    """Each kind of read there is, of what `owner` has."""
    assert isinstance(Read, types.UnionType)
    ids = IDS | {"owner": owner}
    return [
        {"type": kind.__name__}
        | {field.name: ids[field.name] for field in msgspec.structs.fields(kind)}
        for kind in typing.get_args(Read)
    ]


FOREIGN: tuple[dict[str, Any], ...] = (
    {"type": "StopWith", "person": OWNER},
    {"type": "PutTold", "key": KEY},
    {"type": "DropRule", "rule": RULE},
    {"type": "SealLetter", "letter": OTHER_LETTER, "sure": True},
    {"type": "TakeBackLetter", "letter": LETTER},
    {"type": "TearLetter", "letter": LETTER},
    {"type": "AskForLetters"},
    {"type": "HeedSign", "invitation": INVITATION, "on": True},
    {"type": "TakeBackInvitation", "invitation": INVITATION},
    {"type": "TakeBackNote", "note": NOTE},
    {"type": "WithdrawMark", "id": WISH},
    {"type": "DropMark", "id": WISH},
    {"type": "BeFound", "id": WISH, "on": True},
    {"type": "TakeReleaseBack", "cue": "42"},
    {"type": "LetCallerKnow", "cue": "41"},
    {"type": "TakeReleaseBack", "cue": "41"},
    {"type": "AgreeToSong", "song": SONG, "wish": True},
    {"type": "PutInSet", "song": SONG, "title": "T", "players": [OWNER]},
    {"type": "TakeSongBack", "song": SONG},
    {"type": "TakeEar", "line": "1", "cue": ""},
    {"type": "LeaveEar", "line": "1"},
    {"type": "DropEar", "line": "1"},
    {"type": "GiveEarWords", "to": OWNER, "words": "w"},
    {"type": "TellOffice", "office": "press", "on": False},
    {"type": "SendNote", "note": "note-of-another-1", "to": OWNER, "words": "w"},
    {"type": "WriteMark", "id": "wish-of-another-1", "kind": "like", "piece": "song",
     "title": "", "words": "w", "to": ""},
    {"type": "BeFound", "id": "wish-of-another-1", "on": True},
    {"type": "Alone"},
    {"type": "Back"},
)  # fmt: skip
"""What somebody may try with ids that are none of theirs, and what the same fishing would be."""


def every_file(*folders: Path) -> dict[str, bytes]:
    """Path -> content of what is in `folders`."""
    return {str(p): p.read_bytes() for f in folders for p in f.rglob("*") if p.is_file()}
