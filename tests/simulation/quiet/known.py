"""What everybody has said, and what they wrote: what a letter, a note, a card is meant to be.

Nothing here is asked of the program: it is what people know who press the buttons.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulation.quiet.said import Change, Said, to
from tests.simulation.world import World

Key = tuple[Hashable, ...]
Act = dict[str, Any]

THERE = ("there",)
NOTHING = ("", frozenset[str]())
FIRST: dict[str, Hashable] = {
    "letter": "none",
    "words": "",
    "note": None,
    "post": (False, -1.0, ()),
    "invitation": None,
    "put": False,
    "heeds": False,
    "leave": THERE,
    "office": False,
    "away": NOTHING,
    "card": NOTHING,
    "delay": 20,
    "rules": frozenset[Any](),
    "answered": frozenset[Any](),
    "circle": (),
    "agrees": False,
    "tick": False,
    "few": False,
    "here": True,
}
"""What holds before anybody's word, by the first of a key."""

STEP_S = 60
GAP_S = 3 * 3600


@dataclass
class Letter:
    """As its writer means it. zone : the venue's when it was sealed. arrived_us : true time."""

    writer: str
    reader: str
    way: str
    day: str
    at: str
    zone: str = ""
    arrived_us: int | None = None
    words_then: frozenset[str] = frozenset()
    opened: bool = False

    def due(self) -> float:
        """UTC s from which it may come: when the clock of its zone first stands there or later."""
        if self.way != "date":
            return 0.0
        wanted = datetime.fromisoformat(f"{self.day}T{self.at}:00")
        zone = ZoneInfo(self.zone)
        at = int(wanted.replace(tzinfo=zone).timestamp()) - GAP_S
        while datetime.fromtimestamp(at, zone).replace(tzinfo=None) < wanted:
            at += STEP_S
        return float(at)


@dataclass
class Note:
    """after : s. first_us : when it was first said, before which nobody can have it."""

    writer: str
    reader: str
    after: float
    first_us: int
    opened_us: int | None = None


class Known:
    """words : everything anybody wrote -> (of what kind, its id, by whom)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.letters: dict[str, Letter] = {}
        self.notes: dict[str, Note] = {}
        self.invitations: dict[str, tuple[str, str]] = {}
        self.marks: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        self.words: dict[str, tuple[str, str, str]] = {}
        self.told_by: dict[str, tuple[str, str]] = {}
        """key of an answer after the show -> (who, what)"""
        self.told_to: dict[str, frozenset[str]] = {}
        self._said: dict[Key, Said] = {}

    def of(self, *key: Hashable) -> Said:
        """What was said of this."""
        if key not in self._said:
            self._said[key] = Said(self.world, FIRST[str(key[0])])
        return self._said[key]

    def keys(self, first: str) -> list[Key]:
        """All of which something of this kind was said."""
        return [key for key in self._said if key[0] == first]

    def asked(self, person: str, act: Act) -> None:
        """`person` says `act`, and nobody has answered."""
        self._note(person, act)
        for key, change in self._changes(person, act):
            self.of(*key).asked(change)

    def kept(self, person: str, act: Act) -> None:
        """It was answered with "kept"."""
        for key, change in self._changes(person, act):
            self.of(*key).kept(change)

    def _note(self, person: str, act: Act) -> None:
        """What was written, by whom, to whom."""
        match act["type"]:
            case "WriteLetter":
                one = Letter(person, act["to"], act["way"], act["day"], act["at"])
                self.letters.setdefault(act["letter"], one)
                self.words[act["words"]] = ("letter", act["letter"], person)
            case "SendNote":
                one_note = Note(person, act["to"], act["after"] * 60.0, self.world.now_us)
                self.notes.setdefault(act["note"], one_note)
                self.words[act["words"]] = ("note", act["note"], person)
            case "WriteInvitation":
                self.invitations[act["invitation"]] = (person, act["to"])
                self.words[act["words"]] = ("invitation", act["invitation"], person)
            case "WriteAway":
                self.words[act["words"]] = ("away", "", person)
            case "KeepField":
                self.words[act["words"]] = ("card", act["field"], person)
            case "WriteMark":
                topic = f"{act['kind']} {act['piece']}"
                self.marks[act["id"]] = topic
                self.words[act["words"]] = ("mark", act["id"], person)
            case "SayCheckIn":
                self.told_by[act["key"]] = (person, ANSWERS[act["said"]])
            case _:
                pass
        for name in ("letter", "note", "invitation", "id", "rule"):
            if act["type"] in MAKING and name in act:
                self.owners.setdefault(act[name], person)

    def _changes(self, me: str, act: Act) -> Iterator[tuple[Key, Change]]:  # noqa: C901, PLR0912, PLR0915  one table
        match act["type"]:
            case "WriteLetter":
                yield ("words", act["letter"]), to(act["words"])
                yield ("letter", act["letter"]), lambda b: "draft" if b == "none" else b
            case "SealLetter":
                yield ("letter", act["letter"]), lambda b: b if b == "gone" else "sealed"
            case "TakeBackLetter":
                yield ("letter", act["letter"]), to("draft")
            case "TearLetter":
                yield ("letter", act["letter"]), to("gone")
            case "SendNote":
                yield ("note", act["note"]), to(act["words"])
            case "TakeBackNote":
                yield ("note", act["note"]), to(None)
            case "WriteInvitation":
                yield ("invitation", act["invitation"]), to(act["words"])
            case "TakeBackInvitation":
                mine = self.invitations.get(act["invitation"], ("", ""))[0] == me
                yield (
                    ("invitation" if mine else "put", act["invitation"]),
                    to(None if mine else True),
                )
            case "SetPost":
                stopped = tuple(sorted(act["stopped"]))
                yield ("post", me), to((act["told"], act["read_after"] * 60.0, stopped))
            case "Done" | "StepAway" | "Return":
                yield from self._leaves(me, act)
            case "TellOffice":
                yield ("office", me, act["office"]), to(act["on"])
            case "WriteAway":
                yield ("away", me), to((act["words"], frozenset(act["readers"])))
            case "KeepField":
                shared = frozenset(one["person"] for one in act["share"])
                yield ("card", me, act["field"]), lambda b: (act["words"], b[1] | shared)
            case "StopField":
                gone = act["person"]
                yield ("card", me, act["field"]), lambda b: (b[0], b[1] - {gone})
            case "ChooseDelay":
                yield ("delay", me), to(act["minutes"])
            case "AddRule":
                rule = (act["rule"], tuple(act["answers"]), tuple(act["persons"]))
                yield ("rules", me), lambda b: b | {rule}
            case "DropRule":
                yield ("rules", me), lambda b: frozenset(r for r in b if r[0] != act["rule"])
            case "SayCheckIn":
                yield ("answered", me), lambda b: b | {act["said"]}
            case "WriteCircle":
                yield ("circle", me), to(tuple(act["order"]))
            case "Reply":
                yield ("agrees", me, act["owner"]), to(act["agrees"])
            case "BeFound":
                yield ("tick", me, self.marks[act["id"]]), to(act["on"])
            case "AgreeFew":
                yield ("few", me), to(act["on"])
            case "EraseMe":
                yield from self._erased(me)
            case _:
                return

    def _leaves(self, me: str, act: Act) -> Iterator[tuple[Key, Change]]:
        match act["type"]:
            case "Done":
                said: tuple[Any, ...] = ("done",)
            case "StepAway":
                said = ("away", act["until"], act["shown"], act["called"])
            case _:
                said = ("part", act["rehearses"], act["performs"])
                if act["rehearses"] and act["performs"]:
                    said = THERE
                    yield ("away", me), to(NOTHING)
        yield ("leave", me), to(said)

    def _erased(self, me: str) -> Iterator[tuple[Key, Change]]:
        yield ("here", me), to(False)
        for id_, letter in self.letters.items():
            if letter.writer == me:
                yield ("letter", id_), to("gone")
        for key in list(self._said):
            if len(key) > 1 and key[1] == me and key[0] not in {"here", "circle"}:
                yield key, to(FIRST[str(key[0])])


MAKING = frozenset({"WriteLetter", "SendNote", "WriteInvitation", "WriteMark", "AddRule"})
ANSWERS = {1: "fine", 2: "tired", 3: "later", 4: "alone", 5: "come"}
