"""The whole care process under a wall clock that jumps: no step is early, late, or said twice.

The wall clock of the process is Debian's `faketime`, told by a file to jump while it runs. The
machine's monotonic clock is left alone: it is what a ladder counts by.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from tests.process.care_house import CareProcess, View, make_circle, press_id

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux", reason="faketime is loaded by Linux' own loader"),
]

SECOND_AFTER_S = 5.0
LATE_MAX_S = 3.0
"""A process on two busy cores, and the stream's beat."""

YEARS_S = 365.25 * 86_400
JUMPS: dict[str, Callable[[float], float]] = {
    "a second on": lambda now: now + 1,
    "a second back": lambda now: now - 1,
    "summer begins": lambda _: at(2026, 3, 29, 0, 59, 59),
    "summer ends": lambda _: at(2026, 10, 25, 0, 59, 59),
    "leap day": lambda _: at(2028, 2, 28, 23, 59, 59),
    "2038": lambda _: at(2038, 1, 19, 3, 14, 7),
    "ten years on": lambda now: now + 10 * YEARS_S,
    "ten years back": lambda now: now - 10 * YEARS_S,
}


def at(*date: int) -> float:
    """The moment of a date in UTC."""
    return datetime(date[0], date[1], date[2], *date[3:], tzinfo=UTC).timestamp()


class WallClock:
    """The wall clock of every process that is started under it."""

    def __init__(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._file = file
        self.jump(lambda now: now)
        library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
        for name, value in {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "Europe/Berlin",
        }.items():
            monkeypatch.setenv(name, value)

    def jump(self, to: Callable[[float], float]) -> None:
        """From now on it says `to(now)`."""
        now = time.time()
        self._file.write_text(f"{to(now) - now:+.0f}\n", encoding="ascii")

    def read(self) -> float:
        """What a process reads from it."""
        program = (sys.executable, "-c", "import time; print(time.time())")
        return float(subprocess.run(program, check=True, capture_output=True).stdout)


def called(view: View, press: str) -> bool:
    """Whether `press` calls on this page."""
    return any(call["press"] == press and call["is"] == "open" for call in view["calls"])


def lets_go(view: View, press: str) -> bool:
    """Whether it does no more."""
    return not called(view, press)


@pytest.fixture
def wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WallClock:
    assert shutil.which("faketime"), "install faketime, or run the tests by run.py"
    return WallClock(tmp_path / "wall", monkeypatch)


def test_the_clock_of_the_tests_jumps_and_leaves_the_monotonic_one_alone(wall: WallClock) -> None:
    wall.jump(JUMPS["2038"])
    assert abs(wall.read() - at(2038, 1, 19, 3, 14, 7)) < 60
    program = (sys.executable, "-c", "import time; print(time.monotonic())")
    before = time.monotonic()
    read = float(subprocess.run(program, check=True, capture_output=True).stdout)
    assert before <= read <= time.monotonic()


@pytest.mark.timeout(120)
def test_no_step_is_early_late_or_said_twice_whatever_the_wall_clock_does(
    tmp_path: Path, wall: WallClock
) -> None:
    care = CareProcess(tmp_path)
    try:
        care.start()
        performer, friend, second = (care.phone(p) for p in ("pianist", "friend", "second"))
        make_circle(performer, {"friend": friend, "second": second}, second_after=SECOND_AFTER_S)
        for number, jumps in enumerate((tuple(JUMPS), tuple(reversed(JUMPS)))):
            press = press_id(number)
            pressed_at = time.monotonic()
            assert performer.insist("Press", press=press)["kept"]
            for name in jumps:
                wall.jump(JUMPS[name])
                time.sleep(0.3)
                assert not called(second.view(), press), f"early, after {name}"
            if number:
                # And across a death: the process that comes back lives in another year.
                care.kill()
                care.start()
            friend.until(partial(called, press=press), ring=True)
            second.until(partial(called, press=press), ring=True)
            late_s = time.monotonic() - pressed_at - SECOND_AFTER_S
            assert -0.01 <= late_s <= LATE_MAX_S
            assert friend.insist("With", press=press)["kept"]
            assert performer.insist("Over", press=press)["kept"]
            second.until(partial(lets_go, press=press))
            wall.jump(lambda now: now)
        assert [ring.split(":")[0] for ring in friend.rings] == [press_id(0), press_id(1)]
        assert [ring.split(":")[0] for ring in second.rings] == [press_id(0), press_id(1)]
        assert care.stop() == 0
        assert care.written() == ""
    finally:
        care.close()
