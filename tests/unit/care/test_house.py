"""Kept means on disk; a disk that fails is said, and the circle is called all the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.scenario.press_stage import PEOPLE

from collavoce.care.commands import (
    AnswerRequest,
    CancelAlert,
    RaiseAlert,
    SayComing,
    SetCircle,
)
from collavoce.care.events import AlertRaised, AnyEvent
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, NotRecorded
from collavoce.ledger.errors import StoreFullError
from collavoce.runtime.care.house import House


@dataclass
class Disk:
    """Records in memory that can be made to refuse."""

    events: list[AnyEvent] = field(default_factory=list[AnyEvent])
    full: bool = False
    erased: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def replay(self) -> Iterable[AnyEvent]:
        return tuple(self.events)

    def append(self, events: Sequence[AnyEvent]) -> None:
        if self.full:
            raise StoreFullError("no room")
        self.events.extend(events)

    def erase_press(self, person: str, press: str) -> None:
        if self.full:
            raise StoreFullError("no room")
        self.erased.append((person, press))


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> Moment:
        return Moment(self.now)


def house(disk: Disk, clock: Clock) -> House:
    it = House(PEOPLE, disk, clock)
    it.open("boot")
    it.ask(SetCircle("pianist", ("friend", "second"), 20.0))
    it.ask(AnswerRequest("friend", "pianist", agrees=True))
    it.ask(AnswerRequest("second", "pianist", agrees=True))
    return it


def test_kept_is_said_only_of_what_is_on_disk() -> None:
    disk = Disk()
    it = house(disk, Clock())
    assert it.ask(RaiseAlert("pianist", "p1")) == Kept()
    assert isinstance(disk.events[-1], AlertRaised)


def test_on_a_full_disk_the_press_is_not_recorded_and_still_calls() -> None:
    disk, clock = Disk(), Clock()
    it = house(disk, clock)
    disk.full = True
    assert it.ask(RaiseAlert("pianist", "p1")) == NotRecorded(done=True)
    assert it.ask(RaiseAlert("pianist", "p1")) == NotRecorded(done=True)
    clock.now += 20.0
    it.turn()
    assert set(it.state.alerts.by_press["p1"].calls) == {"friend", "second"}


def test_what_the_disk_refused_is_written_as_soon_as_it_takes_it() -> None:
    disk, clock = Disk(), Clock()
    it = house(disk, clock)
    disk.full = True
    it.ask(RaiseAlert("pianist", "p1"))
    it.ask(SayComing("friend", "p1"))
    disk.full = False
    assert it.ask(RaiseAlert("pianist", "p1")) == Kept()
    again = House(PEOPLE, disk, clock)
    again.open("boot")
    assert again.state == it.state


def test_on_a_full_disk_everything_but_a_press_is_refused_and_changes_nothing() -> None:
    disk = Disk()
    it = house(disk, Clock())
    disk.full = True
    before = it.state
    assert it.ask(SetCircle("pianist", (), 20.0)) == NotRecorded(done=False)
    assert it.state == before


def test_a_press_taken_back_is_erased_and_one_on_an_ill_disk_as_soon_as_it_can_be() -> None:
    disk, clock = Disk(), Clock()
    it = house(disk, clock)
    it.ask(RaiseAlert("pianist", "p1"))
    it.ask(CancelAlert("pianist", "p1"))
    assert disk.erased == [("pianist", "p1")]
    disk.full = True
    it.ask(RaiseAlert("pianist", "p2"))
    it.ask(CancelAlert("pianist", "p2"))
    assert disk.erased == [("pianist", "p1")]
    disk.full = False
    it.ask(CancelAlert("pianist", "p2"))
    assert disk.erased == [("pianist", "p1"), ("pianist", "p2")]


def test_a_press_taken_back_just_before_a_death_is_erased_at_the_next_opening() -> None:
    disk, clock = Disk(), Clock()
    it = house(disk, clock)
    it.ask(RaiseAlert("pianist", "p1"))
    it.ask(CancelAlert("pianist", "p1"))
    disk.erased.clear()
    House(PEOPLE, disk, clock).open("boot")
    assert disk.erased == [("pianist", "p1")]
