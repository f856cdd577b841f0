"""A backstage on a clock moved by hand: care, the line between them, and a show that listens.

The rules and houses are the real ones, and so are the mailboxes; the disks are memory and the
engine is a mailbox over the show's rules, which can be away for a while.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collavoce.care.commands import AnswerRequest, SetCircle, SetOpening
from collavoce.care.commands import AnyCommand as CareCommand
from collavoce.care.events import AnyEvent as CareEvent
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Outcome as CareOutcome
from collavoce.care.reached.standing import calls
from collavoce.company.people import Exit, Person, Seat, Zone
from collavoce.ledger.errors import StoreFullError
from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.line.events import AnyEvent as LineEvent
from collavoce.line.events import Outcome
from collavoce.line.place import Utc
from collavoce.runtime import mail
from collavoce.runtime.care.house import House
from collavoce.runtime.care.passing import Passing
from collavoce.runtime.line.config import LineConfig
from collavoce.runtime.line.house import LineHouse
from collavoce.runtime.links import Mailbox
from collavoce.show.commands import AnyCommand as ShowCommand
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent as ShowEvent
from collavoce.show.events import Refused
from collavoce.show.evolve import evolve
from collavoce.show.patch import Patch
from collavoce.show.state import ShowState
from collavoce.units import Instant

BEGAN = 1_800_000_000.0

PEOPLE = {
    person: Person(person, name, roles)
    for person, name, roles in (
        ("idol", "Jun", ("performer",)),
        ("pianist", "Yuna", ("performer",)),
        ("friend", "Mira", ("guest",)),
        ("second", "Ben", ("guest",)),
        ("manager", "Otto", ("company manager",)),
        ("bodyguard", "Ulf", ("steward",)),
        ("steward", "Ines", ("steward",)),
        ("security", "Vera", ("security lead",)),
        ("asm", "Kai", ("assistant",)),
        ("caller", "Ada", ("caller",)),
        ("liaison", "Noor", ("artist liaison",)),
        ("monitors", "Darya", ("operator",)),
        ("medic", "Sam", ("medic",)),
        ("admin", "Root", ("administrator",)),
        ("keys", "Per", ("keyholder",)),
        ("welfare", "Uma", ("welfare lead",)),
    )
}
ZONES = {
    "SR": Zone("SR", "stage right", "SR"),
    "SL": Zone("SL", "stage left", "SL"),
    "door4": Zone("door4", "door 4", "SR"),
    "foyer": Zone("foyer", "foyer"),
}
SHOW = Show(
    title="B",
    timezone="UTC",
    numbers=(),
    people=PEOPLE,
    exits={"SR": Exit("SR", "stage right"), "SL": Exit("SL", "stage left")},
    seats={"friend": Seat("friend", "friend")},
    patch=Patch(),
    zones=ZONES,
)
CONFIG = LineConfig(
    people=tuple(PEOPLE.values()),
    zones=tuple((z.id, z.name, z.exit) for z in ZONES.values()),
    seats=(("friend", "friend"),),
    comes_off=(("idol", "SR"), ("pianist", "SL")),
)


def key(number: int) -> str:
    return f"key-{number:08d}"


def press(number: int) -> str:
    return f"press-{number:016d}"


@dataclass
class Disk:
    """A file in memory; it can be made to refuse."""

    events: list[Any] = field(default_factory=list[Any])
    full: bool = False

    def replay(self) -> Iterable[Any]:
        return tuple(self.events)

    def append(self, events: Sequence[Any]) -> None:
        if self.full:
            raise StoreFullError("no room")
        self.events.extend(events)

    def erase_press(self, person: str, press: str) -> None:
        self.events = [
            e
            for e in self.events
            if (getattr(e, "person", ""), getattr(e, "press", "")) != (person, press)
        ]

    def prepare(self) -> None:
        pass

    def purge(self, now: float, keep_days: int) -> int:
        del now, keep_days
        return 0

    def close(self) -> None:
        pass


class Backstage:
    """Everybody of `PEOPLE`, with a phone each; `pump` lets what is under way arrive."""

    def __init__(self, run_dir: Path, config: LineConfig = CONFIG) -> None:
        self.run_dir = run_dir
        self.config = config
        self.now = 100.0
        self.care_disk, self.line_disk = Disk(), Disk()
        self.show = ShowState()
        self.show_told: list[ShowEvent] = []
        self.asked_by: set[str] = set()
        self.engine_away = False
        self._answered: set[str] = set()
        self._engine = Mailbox(run_dir / "engine")
        self._desk = Mailbox(run_dir / "web")
        self.desk_view: dict[str, Any] = {}
        self.open()

    def open(self) -> None:
        """Start the process, for the first time or again."""
        self._later: list[Any] = []
        line = LineHouse(self.config.place(), self.line_disk, self.utc)
        line.open()
        self.passing = Passing(
            self.config,
            line,
            self.run_dir,
            people=PEOPLE,
            moment=self.moment,
            later=self._later.append,
            secret=b"a secret",
        )
        self.house = House(PEOPLE, self.care_disk, self.moment)
        self.house.told.append(self.passing.care_told)
        self.house.open("boot")
        self.passing.open(lambda: self.house.state, self.house.ask)

    def killed(self) -> None:
        """The process dies: only what is on its disks is left."""
        self.passing.close()

    def close(self) -> None:
        self.passing.close()
        self._engine.close()
        self._desk.close()

    def moment(self) -> Moment:
        return Moment(self.now)

    def utc(self) -> Utc:
        return Utc(BEGAN + self.now)

    def circle(self, owner: str, *trusted: str, hand: bool = True, breach: bool = True) -> None:
        """`owner` writes who may be called, they agree, and others may open the ladder or not."""
        self.care(SetCircle(owner, trusted, 20.0))
        for person in trusted:
            self.care(AnswerRequest(person, owner, agrees=True))
        self.care(SetOpening(owner, hand=hand, breach=breach))

    def care(self, command: CareCommand) -> CareOutcome:
        outcome = self.house.ask(command)
        self.pump()
        return outcome

    def line(self, person: str, command: LineCommand) -> Outcome:
        outcome = self.passing.ask(person, command)
        self.pump()
        return outcome

    def desk(self, command: LineCommand) -> Outcome:
        outcome = self.passing.at_desk(command)
        self.pump()
        return outcome

    def call_show(self, command: ShowCommand, by: str = "caller") -> None:
        """The caller's own desk asks the engine."""
        decision = decide(SHOW, self.show, command, Instant(self.now), by)
        assert not isinstance(decision, Refused), decision
        self._fold(decision)

    def passes(self, seconds: float) -> None:
        """Time passes, half a second at a time."""
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + 0.5)
            self.house.turn()
            self.passing.turn()
            self.pump()

    def pump(self) -> None:
        """Let arrive what is under way."""
        while self._later:
            self._later.pop(0)()
        while not self.engine_away and (received := self._engine.receive()) is not None:
            asked = mail.unpack(received[0])
            assert isinstance(asked, mail.Asked)
            self.asked_by.add(asked.by)
            if asked.key not in self._answered:
                self._answered.add(asked.key)
                decision = decide(SHOW, self.show, asked.command, Instant(self.now), asked.by)
                assert not isinstance(decision, Refused), decision
                self._fold(decision)
            assert received[1] is not None
            self._engine.send(received[1], mail.pack(mail.Kept(asked.key, 1)))
        self.passing.engine.hear()
        while (received := self._desk.receive()) is not None:
            told = mail.unpack(received[0])
            if isinstance(told, mail.LineTold):
                self.desk_view = told.view

    def engine_dies(self) -> None:
        """It is gone, and with it what lay in its mailbox; what it kept it will read back."""
        self.engine_away = True
        while self._engine.receive() is not None:
            pass

    def engine_is_back(self) -> None:
        while self._engine.receive() is not None:
            pass
        self.engine_away = False

    def called(self) -> dict[str, str]:
        """Whoever is called now, and for whom."""
        return {
            person: call.owner
            for person in PEOPLE
            for call in calls(self.house.state, person, self.moment())
        }

    def view(self, person: str) -> dict[str, Any]:
        """The line on the phone of `person`."""
        return self.passing.view(person)

    def _fold(self, events: Sequence[ShowEvent]) -> None:
        for event in events:
            self.show_told.append(event)
            self.show = evolve(SHOW, self.show, event)


def kept(events: Sequence[CareEvent] | Sequence[LineEvent], kind: type) -> list[Any]:
    """Those of `events` that are of `kind`."""
    return [event for event in events if isinstance(event, kind)]
