"""Presses that come at the same moment share one sync, and are what they would be one by one."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from tests.scenario.press_stage import PEOPLE
from tests.unit.care.test_house import Clock, Disk, house

from collavoce.care.commands import RaiseAlert
from collavoce.care.events import AnyEvent
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.runtime.care.house import House
from collavoce.runtime.care.together import TOGETHER_MAX, Together


@dataclass
class CountingDisk(Disk):
    """A disk that counts its syncs, and notes what pages could see while it was busy."""

    syncs: int = 0
    seen: list[int] = field(default_factory=list[int])
    it: House | None = None

    def append(self, events: Sequence[AnyEvent]) -> None:
        self.syncs += 1
        if self.it is not None:
            self.seen.append(len(self.it.state.alerts.by_press))
        super().append(events)


def opened(disk: CountingDisk) -> House:
    it = house(disk, Clock())
    disk.it, disk.syncs = it, 0
    disk.seen.clear()
    return it


def asked(it: House, *commands: RaiseAlert) -> list[Outcome]:
    """What all of them, asked at the same moment, are answered."""

    async def all_of_them() -> list[Outcome]:
        together = Together(it)
        return await asyncio.gather(*(together.ask(command) for command in commands))

    return asyncio.run(all_of_them())


def presses(count: int) -> list[RaiseAlert]:
    return [RaiseAlert(("pianist", "singer")[n % 2], f"p{n}") for n in range(count)]


def test_presses_of_one_moment_share_one_sync_and_nobody_sees_one_before_it() -> None:
    disk = CountingDisk()
    it = opened(disk)
    assert asked(it, *presses(40)) == [Kept()] * 40
    assert disk.syncs == 1
    assert disk.seen == [0]


def test_together_they_come_to_what_they_come_to_one_by_one() -> None:
    together, apart = opened(CountingDisk()), opened(CountingDisk())
    again = [*presses(9), *presses(9), RaiseAlert("friend", "p3")]
    outcomes = asked(together, *again)
    assert outcomes == [apart.ask(command) for command in again]
    assert together.state == apart.state
    fresh = House(PEOPLE, together._records, Clock())
    fresh.open("boot")
    assert fresh.state.alerts == together.state.alerts


def test_an_ill_disk_keeps_none_and_all_of_them_call() -> None:
    disk = CountingDisk()
    it = opened(disk)
    disk.full = True
    assert asked(it, *presses(6)) == [NotRecorded(done=True)] * 6
    assert {alert.person for alert in it.state.alerts.by_press.values()} == {"pianist", "singer"}
    disk.full = False
    assert asked(it, *presses(6)) == [Kept()] * 6
    kept = len(disk.events)
    assert asked(it, *presses(6)) == [Kept()] * 6
    assert len(disk.events) == kept, "said again, nothing is written again"


def test_more_than_one_sync_carries_are_carried_by_the_next() -> None:
    disk = CountingDisk()
    it = opened(disk)
    assert asked(it, *presses(TOGETHER_MAX + 5)) == [Kept()] * (TOGETHER_MAX + 5)
    assert disk.syncs == 2


def test_whoever_asked_is_answered_even_by_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    it = opened(CountingDisk())

    def broken(_: Sequence[RaiseAlert]) -> list[Outcome]:
        raise TypeError

    monkeypatch.setattr(it, "ask_together", broken)

    async def two() -> list[Outcome | BaseException]:
        together = Together(it)
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
        return await asyncio.gather(
            *(together.ask(press) for press in presses(2)), return_exceptions=True
        )

    assert [type(outcome) for outcome in asyncio.run(two())] == [TypeError, TypeError]
