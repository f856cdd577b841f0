"""A house over a real sealed store on a real disk, and phones that are only tokens."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.process.opened_dump import opened

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    ConfirmDevice,
    OfferCode,
    PairDevice,
    RecoverDevice,
    SetCircle,
    SetRecovery,
)
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.recovery import normal, written
from collavoce.care.states.pairing import secret_hash
from collavoce.company.people import Person
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.own import OwnThings
from collavoce.runtime.care.kept.proof import NOTHING, Proof
from collavoce.runtime.care.kept.shelf import Shelf

SERVER_KEY = bytes(range(32))
PEOPLE = {
    person: Person(person, name)
    for person, name in (
        ("pianist", "Yuna Park"),
        ("friend", "Mona Adler"),
        ("second", "Ines Okafor"),
        ("third", "Tove Lind"),
        ("manager", "Karl Weber"),
    )
}


@dataclass
class World:
    """Care over the store in `folder`; `again` is what a restart is."""

    folder: Path
    now: float = 1000.0
    wall: float = 1_790_000_000.0
    codes: int = 0
    tokens: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        store = SealedStore.open(self.folder / "care.db", ballast_bytes=0)
        self.shelf = Shelf(store, SERVER_KEY, PEOPLE, lambda: self.wall)
        self.house = House(PEOPLE, self.shelf, lambda: Moment(self.now))
        self.house.open("one boot")
        self.own = OwnThings(self.house, self.shelf)

    def again(self) -> None:
        """The process ends, and another one starts."""
        self.shelf.close()
        self.open()

    def close(self) -> None:
        self.shelf.close()

    def does(self, command: AnyCommand, proof: Proof = NOTHING) -> None:
        outcome = self.own.ask(command, proof)
        assert isinstance(outcome, Kept), (command, outcome)

    def claims(self, person: str, *, before: str = "") -> str:
        """A phone that has shown a code of `person`, and loaded its page; its token."""
        self.codes += 1
        code, token = f"code {self.codes}", f"token {self.codes} of a phone of {person}"
        self.does(OfferCode(person, secret_hash(code)))
        instead = secret_hash(before) if before else ""
        command = PairDevice(secret_hash(code), secret_hash(token), instead)
        self.does(command, Proof(token, before=before))
        self.own.unlock(token)
        return token

    def phone(self, person: str) -> str:
        """A phone of `person`: the first by its code, a further one by the yes of the last."""
        token = self.claims(person)
        for theirs in self.tokens.get(person, [])[-1:]:
            command = ConfirmDevice(person, secret_hash(theirs), secret_hash(token))
            self.does(command, Proof(theirs))
        self.tokens.setdefault(person, []).append(token)
        self.own.unlock(token)
        return token

    def circle(self, owner: str, *trusted: str) -> None:
        self.does(SetCircle(owner, trusted, 20.0))
        for person in trusted:
            self.does(AnswerRequest(person, owner, agrees=True))

    def recovery(self, person: str, token: str, seed: int = 7) -> str:
        """A recovery code of `person`, as it is written down."""
        code = written(bytes([seed]) * 16)
        command = SetRecovery(person, secret_hash(token), secret_hash(normal(code)))
        self.does(command, Proof(token, code=code))
        return code

    def recovers(self, token: str, code: str) -> Outcome:
        command = RecoverDevice(secret_hash(token), secret_hash(normal(code)))
        return self.own.ask(command, Proof(token, code=code))

    def number(self, token: str) -> int:
        return self.house.state.pairings.waiting[secret_hash(token)].number

    def bytes_on_disk(self) -> bytes:
        return b"".join(p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file())

    def readable(self) -> str:
        """All that the server's key opens, in one text: what a thief of disk and key reads."""
        return repr(self.opened())

    def opened(self) -> list[object]:
        """Every body of the store, as far as the server's key opens it."""
        with TemporaryDirectory() as scratch:
            dump = opened(self.folder / "care.db", SERVER_KEY, Path(scratch))
        return [*dump.bodies, *dump.things]
