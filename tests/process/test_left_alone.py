"""A show whose supervisor is killed plays on to its end, and then leaves nothing behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from collavoce import evening
from collavoce.runtime.config import state_dir
from collavoce.runtime.lead import leader
from collavoce.runtime.live import kept_events
from collavoce.show.events import AnyEvent, LightsOut, ShowClosed


def processes_with(mark: str) -> list[int]:
    listed = subprocess.run(
        ["ps", "-axwwo", "pid=,command="], check=True, capture_output=True, text=True
    ).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if mark in line]


class Show:
    """The bundled evening, run from a command line that a test may kill."""

    def __init__(self, place: Path, *options: str) -> None:
        self.folder = evening.lay_out(place / "show")
        # Short, for mailboxes live in it; in every command line, so that it marks its processes.
        self.mark = tempfile.mkdtemp(prefix="alone-", dir="/tmp")
        self.command = [sys.executable, "-m", "collavoce", "run", str(self.folder), *options]
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(place), "TMPDIR": self.mark}

    @contextlib.contextmanager
    def opened(self, plays_s: float) -> Generator[subprocess.Popen[bytes]]:
        """The command, once an engine has led the show for `plays_s`."""
        with subprocess.Popen(
            self.command, env=self.environment, stdout=subprocess.DEVNULL
        ) as running:
            until = time.monotonic() + 60
            while not leader(state_dir(self.folder))[0]:
                assert time.monotonic() < until
                time.sleep(0.1)
            time.sleep(plays_s)
            yield running

    def left(self) -> list[int]:
        """Its processes that there still are."""
        return processes_with(self.mark)

    def ends(self, within_s: float) -> None:
        until = time.monotonic() + within_s
        while self.left():
            assert time.monotonic() < until, "something is left of the show"
            time.sleep(0.2)

    def events(self) -> list[AnyEvent]:
        return kept_events(self.folder, 1)[0]


@contextlib.contextmanager
def show(place: Path, *options: str) -> Generator[Show]:
    """A show of which nothing is left after the test, however that ends."""
    one = Show(place, *options)
    try:
        yield one
    finally:
        for pid in one.left():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.process
@pytest.mark.timeout(150)
def test_the_show_outlives_its_supervisor(tmp_path: Path) -> None:
    performer = str(tmp_path / "show" / evening.PERFORMANCE)
    with show(tmp_path, "--headless", "--performer", performer, "--speed", "16") as one:
        with one.opened(3) as running:
            running.send_signal(signal.SIGKILL)
        one.ends(60)
    assert any(isinstance(event, LightsOut) for event in one.events())
    assert isinstance(one.events()[-1], ShowClosed)


@pytest.mark.process
@pytest.mark.timeout(100)
def test_an_impatient_hand_leaves_nothing_behind(tmp_path: Path) -> None:
    with show(tmp_path) as one:
        with one.opened(1) as running:
            for _ in range(4):
                running.send_signal(signal.SIGTERM)
                time.sleep(0.2)
            running.wait(30)
        assert one.left() == []
    assert isinstance(one.events()[-1], ShowClosed)


@pytest.mark.process
@pytest.mark.timeout(100)
def test_what_a_killed_supervisor_left_is_ended_as_the_refusal_says(tmp_path: Path) -> None:
    with show(tmp_path) as one:
        with one.opened(1) as running:
            running.send_signal(signal.SIGKILL)
        refused = subprocess.run(
            one.command,
            env=one.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        said = re.search(r"already running.*kill (\d+)", refused.stdout + refused.stderr, re.DOTALL)
        assert said is not None, refused
        os.kill(int(said[1]), signal.SIGTERM)
        one.ends(30)
    assert isinstance(one.events()[-1], ShowClosed)
