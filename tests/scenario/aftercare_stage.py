"""An evening and the days after it, on two clocks moved by hand; the house is the real one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.scenario.press_stage import PEOPLE

from collavoce.care.aftertime import STANDS_S
from collavoce.care.channels import Contact, Message
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    RaiseAlert,
    RecordTry,
    SayComing,
    SayWith,
    SetAftercare,
    SetCircle,
    SetContacts,
)
from collavoce.care.events import AftercareOffered, AlertEvent, AnyEvent, Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Outcome
from collavoce.care.reached.outbox import wanted
from collavoce.runtime.care.afterwards import LOOK_EVERY_S, Afterwards
from collavoce.runtime.care.house import House

BERLIN = ZoneInfo("Europe/Berlin")
ELEVEN = 11 * 60


@dataclass
class Disk:
    """Records in memory."""

    events: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def replay(self) -> Iterable[AnyEvent]:
        """All of them."""
        return tuple(self.events)

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Keep them."""
        self.events.extend(events)

    def erase_press(self, person: str, press: str) -> None:
        """As the store does: nothing of the press is left."""
        self.events = [
            e
            for e in self.events
            if not (isinstance(e, AlertEvent) and (e.person, e.press) == (person, press))
        ]


@dataclass
class Days:
    """wall : what the machine's wall clock says, UTC s. moment : its own count."""

    begins: str = "2026-11-20 21:00"
    zone: ZoneInfo = BERLIN
    moment: float = 1000.0
    boot: str = "boot 1"
    disk: Disk = field(default_factory=Disk)

    def __post_init__(self) -> None:
        self.wall = self.utc(self.begins)
        self.start()
        self.does(SetCircle("pianist", ("friend",), 20.0))
        self.does(AnswerRequest("friend", "pianist", agrees=True))
        self.passes(STANDS_S + 2 * LOOK_EVERY_S)

    def utc(self, at: str) -> float:
        """Where the venue's clock says `at`."""
        return datetime.fromisoformat(at).replace(tzinfo=self.zone).timestamp()

    def start(self) -> None:
        """The process begins, over what the disk holds."""
        self.house = House(PEOPLE, self.disk, lambda: Moment(self.moment))
        self.house.open(self.boot)
        self.clock = Afterwards(self.house, self.zone, lambda: self.wall)
        self.clock.turn()

    def does(self, command: AnyCommand) -> Outcome:
        """Ask, not refused."""
        outcome = self.house.ask(command)
        assert not isinstance(outcome, Refused), outcome
        return outcome

    def hour(self, person: str = "pianist", minute: int = ELEVEN, *, told: bool = False) -> None:
        """They choose their hour."""
        self.does(SetAftercare(person, minute, told))

    def is_answered(self, press: str = "p1", person: str = "pianist") -> None:
        """A press of theirs, and the friend comes and is there."""
        self.does(RaiseAlert(person, press))
        self.passes(12.0, looks=False)
        self.does(SayComing("friend", press))
        self.passes(60.0)
        self.does(SayWith("friend", press))
        self.passes(LOOK_EVERY_S)

    def passes(self, seconds: float, *, looks: bool = True) -> None:
        """Time goes by, for both clocks."""
        until = self.moment + seconds
        while self.moment < until:
            step = min(LOOK_EVERY_S, until - self.moment)
            self.moment += step
            self.wall += step
            self.house.turn()
            if looks:
                self.clock.turn()

    def until(self, at: str) -> None:
        """Time goes by until the venue's clock says `at`; in long steps, as nothing is called."""
        while (left := self.utc(at) - self.wall) > 0.0:
            step = min(240.0, left)
            self.moment += step
            self.wall += step
            self.clock.turn()

    def offered(self, person: str = "pianist") -> bool:
        """Whether their page shows it."""
        return person in self.house.state.aftercare.offers

    def offers(self, person: str = "pianist") -> int:
        """How often it was offered."""
        events = self.disk.events
        return sum(isinstance(e, AftercareOffered) and e.person == person for e in events)

    def contacts(self, person: str, *contacts: Contact) -> None:
        """By what else they may be told."""
        self.does(SetContacts(person, contacts))

    def carried(self) -> list[Message]:
        """What a courier carries now, of what is no call."""
        found: list[Message] = []
        while messages := [
            m for m in wanted(self.house.state, Moment(self.moment)) if not m.distress
        ]:
            self.house.ask_all([RecordTry(messages[0].press, messages[0].key)])
            found.append(messages[0])
        return found
