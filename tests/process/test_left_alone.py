"""A show whose supervisor is killed plays on to its end, and then leaves nothing behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from collavoce import evening
from collavoce.runtime.config import state_dir
from collavoce.runtime.lead import leader
from collavoce.runtime.live import kept_events
from collavoce.show.events import LightsOut, ShowClosed


def processes_with(mark: str) -> list[int]:
    listed = subprocess.run(
        ["ps", "-axwwo", "pid=,command="], check=True, capture_output=True, text=True
    ).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if mark in line]


@pytest.mark.process
@pytest.mark.timeout(150)
def test_the_show_outlives_its_supervisor(tmp_path: Path) -> None:
    folder = evening.lay_out(tmp_path / "show")
    # Short, for mailboxes live in it; and in every process' command line, so that it marks them.
    mark = tempfile.mkdtemp(prefix="alone-", dir="/tmp")
    command = [sys.executable, "-m", "collavoce", "run", str(folder), "--headless"]
    command += ["--performer", str(folder / evening.PERFORMANCE), "--speed", "16"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TMPDIR": mark}
    try:
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running:
            until = time.monotonic() + 60
            while not leader(state_dir(folder))[0]:
                assert time.monotonic() < until
                time.sleep(0.1)
            time.sleep(3)
            running.send_signal(signal.SIGKILL)
        until = time.monotonic() + 60
        while processes_with(mark):
            assert time.monotonic() < until, "something is left of the show"
            time.sleep(0.2)
    finally:
        for pid in processes_with(mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    events, _ = kept_events(folder, 1)
    assert any(isinstance(event, LightsOut) for event in events)
    assert isinstance(events[-1], ShowClosed)


@pytest.mark.process
@pytest.mark.timeout(100)
def test_an_impatient_hand_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = evening.lay_out(tmp_path / "show")
    mark = tempfile.mkdtemp(prefix="alone-", dir="/tmp")
    command = [sys.executable, "-m", "collavoce", "run", str(folder)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TMPDIR": mark}
    try:
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running:
            until = time.monotonic() + 60
            while not leader(state_dir(folder))[0]:
                assert time.monotonic() < until
                time.sleep(0.1)
            time.sleep(1)
            for _ in range(4):
                running.send_signal(signal.SIGTERM)
                time.sleep(0.2)
            running.wait(30)
        assert processes_with(mark) == []
    finally:
        for pid in processes_with(mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    events, _ = kept_events(folder, 1)
    assert isinstance(events[-1], ShowClosed)


@pytest.mark.process
@pytest.mark.timeout(100)
def test_what_a_killed_supervisor_left_is_ended_as_the_refusal_says(tmp_path: Path) -> None:
    folder = evening.lay_out(tmp_path / "show")
    mark = tempfile.mkdtemp(prefix="alone-", dir="/tmp")
    command = [sys.executable, "-m", "collavoce", "run", str(folder)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TMPDIR": mark}
    try:
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running:
            until = time.monotonic() + 60
            while not leader(state_dir(folder))[0]:
                assert time.monotonic() < until
                time.sleep(0.1)
            time.sleep(1)
            running.send_signal(signal.SIGKILL)
        refused = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        said = re.search(r"already running.*kill (\d+)", refused.stdout + refused.stderr, re.DOTALL)
        assert said is not None, refused
        os.kill(int(said[1]), signal.SIGTERM)
        until = time.monotonic() + 30
        while processes_with(mark):
            assert time.monotonic() < until, "something is left of the show"
            time.sleep(0.2)
    finally:
        for pid in processes_with(mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    events, _ = kept_events(folder, 1)
    assert isinstance(events[-1], ShowClosed)
