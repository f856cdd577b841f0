"""A whole company, each with a phone, over a live care: in memory, or on a disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from tests.process.opened_dump import opened
from tests.security.care_pages import Records
from tests.unit.care.key_world import SERVER_KEY

from collavoce.care.commands import OfferCode, PairDevice
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.found import QUARTER_S
from collavoce.care.states.pairing import secret_hash
from collavoce.care.wishes import Kind
from collavoce.company.people import Person
from collavoce.desk.care.read import ReadGiven, ReadLog, ReadMine, filled, shown
from collavoce.desk.care.stream import frame
from collavoce.desk.care.view import phone_view
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.keep import Reader
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.line.config import LineConfig

ROLES = (
    ("manager", "company manager"),
    ("liaison", "artist liaison"),
    ("admin", "administrator"),
    ("director", "musical director"),
    ("caller", "caller"),
    ("visitor", "guest"),
)
DANCERS = tuple(f"dancer {n}" for n in range(8))
PEOPLE = (
    Person("star", "Jun Seo", ("performer",)),
    *(Person(dancer, dancer.title(), ("performer",)) for dancer in DANCERS),
    Person("lights", "Ida Falk", ("operator",)),
    *(Person(id_, id_.title(), (role,)) for id_, role in ROLES),
    Person("young", "Mo Lind", ("performer",), under_18=True, guardian="lights", chaperone="star"),
)
PIECES = {"ballad": "The Ballad", "growl": "The Growl"}
ZONES = (("studio", "the studio", ""), ("beds", "the beds", ""))


def config(people: tuple[Person, ...]) -> CareConfig:
    return CareConfig(
        show="An evening",
        people=tuple((person.id, person.name) for person in people),
        exits=(),
        care_dir="",
        key_file="",
        run_dir="",
        badge_key="key",
        pieces=tuple(PIECES.items()),
        line=LineConfig(people=people, zones=ZONES),
    )


@dataclass
class Music:
    """A clock moved by hand. folder : of a store on disk; None keeps it in memory."""

    folder: Path | None = None
    people: tuple[Person, ...] = PEOPLE
    now: float = 1000.0
    wall: float = 1_790_000_000.0
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    ids: int = 0

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        shelf: Shelf | None = None
        said = config(self.people)
        if self.folder is not None:
            store = SealedStore.open(self.folder / "care.db", ballast_bytes=0)
            shelf = Shelf(store, SERVER_KEY, said.company, lambda: self.wall)
        self.shelf = shelf
        self.records = Records()
        records = self.records if shelf is None else shelf
        self.house = House(said.company, records, lambda: Moment(self.now))
        self.house.open("one boot")
        self.care = LiveCare(said, self.house, None, shelf)

    def again(self) -> None:
        """The process ends, and another one starts."""
        self.close()
        self.open()

    def close(self) -> None:
        if self.shelf is not None:
            self.shelf.close()

    def phone(self, *persons: str) -> None:
        for person in persons:
            code, token = f"code of {person}", f"a token of a phone of {person}"
            self.kept(self.care.ask(OfferCode(person, secret_hash(code))))
            paired = PairDevice(secret_hash(code), secret_hash(token))
            self.kept(self.care.ask(paired, Proof(token)))
            self.care.unlock(token)
            self.tokens[person] = token

    def kept(self, outcome: Outcome) -> None:
        assert isinstance(outcome, Kept), outcome

    def reader(self, person: str) -> Reader:
        reader = self.care.keep.reader(self.tokens[person])
        assert reader is not None
        return reader

    def mark(self, person: str, kind: Kind = Kind.NOT_MINE, **more: str) -> str:
        """Write a mark, which is kept; its id."""
        self.ids += 1
        id_ = f"a mark of sixteen letters {self.ids}"
        self.kept(self.writes(person, id_, kind, **more))
        return id_

    def writes(self, person: str, id_: str, kind: Kind, **more: str) -> Outcome:
        fields = {"piece": "", "title": "", "words": "", "to": ""} | more
        return self.care.music.write_mark(self.tokens[person], id_, kind, **fields)

    def ticks(self, person: str, kind: Kind = Kind.NOT_MINE, piece: str = "growl") -> str:
        id_ = self.mark(person, kind, piece=piece, words="words")
        self.kept(self.care.music.be_found(self.tokens[person], id_, on=True))
        return id_

    def marks(self, person: str) -> dict[str, Any]:
        return msgspec.json.decode(msgspec.json.encode(self.care.music.marks(self.tokens[person])))

    def seen(self, person: str) -> dict[str, Any]:
        return msgspec.json.decode(msgspec.json.encode(self.care.seen(self.tokens[person])))

    def found(self, person: str) -> list[tuple[str, str, str]]:
        return [(one["who"], one["kind"], one["piece"]) for one in self.seen(person)["found"]]

    def passes(self, seconds: float, each: Callable[[], None] = lambda: None) -> None:
        """Time passes, a turn of the clock each second of a quarter's last and first."""
        end = self.now + seconds
        while (grid := (self.now // QUARTER_S + 1) * QUARTER_S) <= end:
            self.now = grid
            self.turn()
            each()
        self.now = end
        self.turn()

    def turn(self) -> None:
        self.care.found.turn()
        self.care.knocks.turn()

    def bytes_on_disk(self) -> bytes:
        assert self.folder is not None
        return b"".join(p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file())

    def readable(self) -> str:
        """All that the server's key opens, in one text."""
        assert self.folder is not None
        with TemporaryDirectory() as scratch:
            dump = opened(self.folder / "care.db", SERVER_KEY, Path(scratch))
        return repr([*dump.bodies, *dump.things])

    def whole_view(self, person: str) -> bytes:
        """All that a phone of `person` is sent: a frame, and whatever it may read."""
        token = self.tokens[person]
        view = {**phone_view(self.care, person), **self.care.seen(token)}
        reads = (ReadMine(), ReadGiven(), ReadLog())
        read = b"".join(filled(shown(self.care, what, person, token)) for what in reads)
        marks = msgspec.json.encode(self.care.music.marks(token))
        return frame(1, msgspec.json.encode(view)) + read + marks + self.care.export(token)
