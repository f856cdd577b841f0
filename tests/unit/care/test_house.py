"""Kept means on disk; a disk that fails is said, and the circle is called all the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.scenario.press_stage import PEOPLE, SMS

from collavoce.care.channels import Fate, Wording
from collavoce.care.commands import (
    AnswerRequest,
    CancelAlert,
    HandOver,
    RaiseAlert,
    RecordFate,
    RecordTry,
    SayComing,
    SetCircle,
    SetContacts,
    SetOpening,
    SetWords,
)
from collavoce.care.events import AlertRaised, AnyEvent, DuressSaid
from collavoce.care.ladder import Moment
from collavoce.care.opened import Opened
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.reached.outbox import WORTH_SAYING, wanted
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


WAYS = (SMS,)


def reached_by_text(disk: Disk, clock: Clock) -> House:
    """A press whose first was reached by text alone."""
    it = house(disk, clock)
    it.ask(SetContacts("friend", WAYS))
    it.ask(RaiseAlert("pianist", "p1"))
    clock.now += 5.0
    [message] = wanted(it.state, clock())
    assert it.ask(RecordTry("p1", message.key)) == Kept()
    assert it.ask(RecordFate("p1", message.key, Fate.ACCEPTED)) == Kept()
    return it


def test_a_press_taken_back_is_erased_once_whoever_was_reached_by_text_knows() -> None:
    disk, clock = Disk(), Clock()
    it = reached_by_text(disk, clock)
    it.ask(CancelAlert("pianist", "p1"))
    assert disk.erased == []
    again = House(PEOPLE, disk, clock)
    again.open("boot")
    assert disk.erased == [], "also a process that died before it was said has it to say"
    [message] = wanted(again.state, clock())
    assert message.wording is Wording.TAKEN_BACK
    again.ask(RecordTry("p1", message.key))
    assert disk.erased == []
    again.ask(RecordFate("p1", message.key, Fate.ACCEPTED))
    assert disk.erased == [("pianist", "p1")]
    again.ask(RecordFate("p1", message.key, Fate.DELIVERED))
    assert disk.erased == [("pianist", "p1")] * 2, "a word that came late is erased as well"


def test_a_press_taken_back_is_erased_at_last_though_nobody_carries_messages() -> None:
    disk, clock = Disk(), Clock()
    it = reached_by_text(disk, clock)
    it.ask(CancelAlert("pianist", "p1"))
    clock.now += WORTH_SAYING
    it.turn()
    assert disk.erased == []
    clock.now += 1.0
    it.turn()
    assert disk.erased == [("pianist", "p1")]


def test_under_the_other_word_the_answer_is_the_same_and_nothing_is_erased() -> None:
    for late in (0.0, 11.0):
        answers: list[Outcome] = []
        for word in ("true", "other"):
            disk, clock = Disk(), Clock()
            it = house(disk, clock)
            it.ask(SetWords("pianist", "true", "other"))
            it.ask(RaiseAlert("pianist", "p1"))
            clock.now += late
            answers += [it.ask(CancelAlert("pianist", "p1", word))]
            assert bool(disk.erased) is (word == "true" and not late)
            assert isinstance(disk.events[-1], DuressSaid) is (word == "other")
        assert answers[0] == answers[1]


def test_whoever_hands_somebody_over_is_answered_alike_and_the_disk_works_alike() -> None:
    for full in (False, True):
        for allowed in (False, True):
            disk, clock = Disk(), Clock()
            it = house(disk, clock)
            it.ask(SetOpening("pianist", hand=allowed, breach=False))
            before = len(disk.events)
            disk.full = full
            assert it.ask(HandOver("pianist", "h1", Opened.HAND)) == Kept()
            assert len(disk.events) - before == (0 if full else 1)
            assert ("h1" in it.state.alerts.by_press) is allowed
