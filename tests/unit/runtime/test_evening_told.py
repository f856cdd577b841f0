"""How care learns of the evening's end: said again and again, one way, in real seconds."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scenario.press_stage import PEOPLE
from tests.unit.care.test_house import Disk
from tests.unit.show.conftest import Stage, show_of

from collavoce.care.events import CheckInEvent
from collavoce.care.ladder import Moment
from collavoce.following.estimate import Music
from collavoce.runtime.care.evening import AskedInTime, EveningBox
from collavoce.runtime.care.house import House
from collavoce.runtime.clock import LiveClock, monotonic_ns
from collavoce.runtime.evening_told import (
    BOX,
    EveningTold,
    EveningToldError,
    evening_now,
    pack_evening,
    read_evening,
)
from collavoce.runtime.links import Mailbox
from collavoce.show.commands import StartNumber


@dataclass
class Care:
    """The box and the house behind it, over a clock moved by hand."""

    folder: Path
    now: float = 5000.0
    disk: Disk = field(default_factory=Disk)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.house = House(PEOPLE, self.disk, lambda: Moment(self.now))
        self.house.open("boot")
        self.box = EveningBox(self.folder, self.house)
        self.asked = AskedInTime(self.house)

    def hears(self, *told: EveningTold | bytes) -> None:
        with Mailbox(self.folder / "engine") as engine:
            for one in told:
                datagram = one if isinstance(one, bytes) else pack_evening(one)
                assert engine.send(self.folder / BOX, datagram)
            self.box.hear_all()
            assert engine.receive() is None, "nothing ever comes back"

    def stands(self) -> set[str]:
        self.asked.turn()
        now = Moment(self.now)
        return {person for person in PEOPLE if self.house.state.checkins.stands(person, now)}

    def facts(self) -> list[str]:
        return [type(e).__name__ for e in self.disk.events if isinstance(e, CheckInEvent)]


def test_an_end_that_was_heard_once_is_known_after_any_restart(tmp_path: Path) -> None:
    care = Care(tmp_path)
    care.hears(EveningTold("tonight", begun=True, ended_ago=3.0))
    care.box.close()
    care.open()
    care.now += 1200.0
    assert care.stands() == set(PEOPLE)
    care.box.close()


def test_who_was_not_there_at_the_end_hears_it_when_they_are_back(tmp_path: Path) -> None:
    care = Care(tmp_path)
    care.box.close()
    with Mailbox(tmp_path / "engine") as engine:
        told = pack_evening(EveningTold("tonight", begun=True, ended_ago=0.0))
        assert not engine.send(tmp_path / BOX, told), "nobody is there, and nobody minds"
    care.now += 1199.0
    care.open()
    care.hears(EveningTold("tonight", begun=True, ended_ago=1199.0))
    assert care.stands() == set()
    care.now += 1.0
    assert care.stands() == set(PEOPLE)
    care.box.close()


def test_said_every_two_seconds_for_a_night_it_is_kept_once(tmp_path: Path) -> None:
    care = Care(tmp_path)
    for second in range(0, 3600, 20):
        care.now = 5000.0 + second
        care.hears(EveningTold("tonight", begun=True, ended_ago=float(second)))
        care.asked.turn()
    assert care.facts().count("EveningOver") == 1
    assert care.facts().count("CheckInAsked") == len(PEOPLE)
    care.box.close()


def test_what_a_disk_refused_is_heard_again(tmp_path: Path) -> None:
    care = Care(tmp_path)
    care.disk.full = True
    care.hears(EveningTold("tonight", begun=True, ended_ago=0.0))
    care.disk.full = False
    care.now += 2.0
    care.hears(EveningTold("tonight", begun=True, ended_ago=2.0))
    assert care.facts() == ["EveningBegun", "EveningOver"]
    care.box.close()


def test_forgotten_by_age_it_is_not_taken_up_again_from_an_engine_that_still_says_it(
    tmp_path: Path,
) -> None:
    care = Care(tmp_path)
    care.hears(EveningTold("tonight", begun=True, ended_ago=0.0))
    care.now += 1200.0
    assert care.stands() == set(PEOPLE)
    # A wall clock that leaps by a month takes what is old with it.
    care.disk.events = [e for e in care.disk.events if not isinstance(e, CheckInEvent)]
    care.house.read_anew(())
    care.hears(EveningTold("tonight", begun=True, ended_ago=1200.0))
    assert care.stands() == set()
    care.box.close()


@pytest.mark.parametrize(
    "datagram",
    [b"", b"\xc1", msgspec.msgpack.encode({"evening": 1}), msgspec.msgpack.encode([1, 2])],
)
def test_what_says_nothing_of_an_evening_is_dropped(tmp_path: Path, datagram: bytes) -> None:
    care = Care(tmp_path)
    care.hears(datagram)
    assert care.facts() == []
    care.box.close()


@given(st.binary(max_size=200))
def test_whatever_bytes_come_it_is_an_evening_or_it_is_said_to_be_none(datagram: bytes) -> None:
    try:
        told = read_evening(datagram)
    except EveningToldError:
        return
    assert told.ended_ago is None or not told.ended_ago < 0.0


@pytest.mark.parametrize("speed", [1.0, 60.0])
def test_the_end_is_said_as_its_age_in_real_seconds_whatever_the_speed(speed: float) -> None:
    show = show_of(("1 at 4",))
    show = replace(show, numbers=(replace(show.numbers[0], score="a.musicxml"),))
    stage = Stage(show)
    stage.when(StartNumber("1"))
    stage.hear(0.0)
    real_s = 30.0
    clock = LiveClock(monotonic_ns() - int(real_s * 1e9), speed)
    stage.now = 20.0 * speed
    stage.hear(8.0, Music.ENDED)
    told = evening_now("tonight", [(stage.show, stage.state)], clock)
    assert told.begun
    assert told.ended_ago == pytest.approx(10.0, abs=5.0), "ten real seconds since the last onset"


def test_what_is_said_of_one_moment_is_read_as_it_was_said() -> None:
    told = EveningTold("tonight", begun=True, ended_ago=12.5)
    assert read_evening(pack_evening(told)) == told
