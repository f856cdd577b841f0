"""A live care on a real disk, its people's phones, and both clocks of it moved by hand."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.process.opened_dump import opened

from collavoce.care.commands import AnyCommand, OfferCode, PairDevice
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.letters import Way
from collavoce.care.states.pairing import secret_hash
from collavoce.company.people import Person
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.post.letters import Draft
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.retention import purge
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.postman import Postman
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.line.config import LineConfig

SERVER_KEY = bytes(range(32))
COMPANY = (
    Person("singer", "Sol", ("performer",)),
    Person("friend", "Mira", ("guest",)),
    Person("other", "Ben", ("operator",)),
    Person("manager", "Otto", ("company manager", "administrator", "caller")),
    Person("child", "Lia", ("performer",), under_18=True, guardian="other", chaperone="manager"),
)
NOON = 1_799_236_800.0
"""2027-01-06 12:00 UTC."""

ID = "letter-0000000001"


@dataclass
class PostWorld:
    """now : the machine's count. wall, phone : what its clock and the phones' clocks say, UTC s."""

    folder: Path
    zone: str = "Europe/Berlin"
    now: float = 1000.0
    wall: float = NOON
    people: tuple[Person, ...] = COMPANY
    boot: str = "one boot"
    codes: int = 0
    tokens: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        store = SealedStore.open(self.folder / "care.db", ballast_bytes=0)
        self.shelf = Shelf(store, SERVER_KEY, [p.id for p in self.people], lambda: self.wall)
        people = {person.id: person for person in self.people}
        self.house = House(people, self.shelf, lambda: Moment(self.now))
        self.house.open(self.boot)
        config = CareConfig(
            show="An evening",
            people=tuple((person.id, person.name) for person in self.people),
            exits=(),
            care_dir="",
            key_file="",
            run_dir="",
            badge_key="key",
            timezone=self.zone,
            line=LineConfig(people=self.people),
        )
        self.care = LiveCare(config, self.house, shelf=self.shelf)
        self.care.keep.wall = lambda: self.wall
        self.postman = Postman(self.care.post, self.care.daytime)

    def again(self) -> None:
        """The process ends, and another one starts."""
        self.shelf.close()
        self.open()

    def close(self) -> None:
        self.shelf.close()

    def does(self, command: AnyCommand, proof: Proof | None = None) -> None:
        outcome = self.care.ask(command, proof or Proof(""))
        assert isinstance(outcome, Kept), (command, outcome)

    def phone(self, person: str) -> str:
        """The first phone of `person`, whose page is loaded; its token."""
        self.codes += 1
        code, token = f"code {self.codes}", f"token {self.codes} of a phone of {person}"
        self.does(OfferCode(person, secret_hash(code)))
        self.does(PairDevice(secret_hash(code), secret_hash(token)), Proof(token))
        self.tokens[person] = token
        self.here(person)
        return token

    def here(self, person: str, *, clock: float | None = None) -> None:
        """A request of their phone arrives, with its clock if it says it."""
        self.care.unlock(self.tokens[person])
        self.care.pinged(person, 0.0 if clock is None else clock, ())

    def tidied(self) -> None:
        """As the process tidies now and then, by the wall clock of this world."""
        for part in self.care.parts:
            part.purge()
        purge(self.shelf, self.wall, self.house.state.keys.declined)
        self.care.read_anew()
        for part in self.care.parts:
            part.purge()

    def passes(self, seconds: float, *, wall: float | None = None) -> None:
        """Time goes by, for the wall clock as much unless it is said; the postman looks."""
        self.now += seconds
        self.wall += seconds if wall is None else wall
        self.postman.turn()

    # Letters.

    def draft(
        self, letter: str = ID, to: str = "friend", by: str = "singer", **more: Any
    ) -> Outcome:
        said = {"way": Way.SIGN_IN, "day": "", "at": "", "told": "", "words": "Sing."} | more
        return self.care.post.letters.write(self.tokens[by], letter, Draft(to=to, **said))

    def seal(self, letter: str = ID, by: str = "singer") -> Outcome:
        return self.care.post.letters.seal(self.tokens[by], letter)

    def sends(self, letter: str = ID, by: str = "singer", **more: Any) -> None:
        assert self.draft(letter, by=by, **more) == Kept()
        assert self.seal(letter, by) == Kept()

    def dated(self, day: str, at: str, letter: str = ID, **more: Any) -> None:
        self.sends(letter, way=Way.DATE, day=day, at=at, **more)

    def reads(self, person: str, letter: str = ID) -> str | None:
        found = self.care.post.letters.read(self.tokens[person], letter)
        return None if found is None else found.words

    def given(self, person: str) -> list[str]:
        """The letters that stand on their page."""
        listed: Any = self.care.post.listed(self.tokens[person])
        return [one["id"] for one in listed["given"]]

    def listed(self, person: str) -> dict[str, Any]:
        return self.care.post.listed(self.tokens[person])

    def seen(self, person: str) -> dict[str, Any]:
        shown: Any = self.care.seen(self.tokens[person])
        return shown["post"]

    def send(self, note: str, to: str, words: str, by: str, after: float = 0.0) -> Outcome:
        return self.care.post.notes.send(self.tokens[by], note, to, words, after)

    def readable(self) -> str:
        """All that the server's key opens: what a thief of disk and key reads."""
        with TemporaryDirectory() as scratch:
            dump = opened(self.folder / "care.db", SERVER_KEY, Path(scratch))
        return repr([*dump.bodies, *dump.things])

    def bytes_on_disk(self) -> bytes:
        return b"".join(p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file())
