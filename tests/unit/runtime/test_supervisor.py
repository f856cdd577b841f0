"""Children are started in order, started again, and given up when nothing helps."""

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from collavoce.runtime import supervisor as supervisor_module
from collavoce.runtime.supervisor import INTENSITY, Job, Supervisor

READY = "print('ready', flush=True); "
STAYS = READY + "import time; time.sleep(60)"


def job(name: str, program: str) -> Job:
    return Job(name, (sys.executable, "-c", program))


def supervised(*jobs: Job) -> tuple[Supervisor, list[tuple[str, str, int]]]:
    said: list[tuple[str, str, int]] = []

    def report(name: str, state: str, restarts: int) -> None:
        said.append((name, state, restarts))

    return Supervisor(jobs, report), said


@pytest.mark.process
def test_each_starts_when_the_one_before_is_ready() -> None:
    supervisor, said = supervised(job("first", STAYS), job("second", STAYS))
    supervisor.start()
    supervisor.stop()
    assert said == [
        ("first", "starting", 0),
        ("first", "up", 0),
        ("second", "starting", 0),
        ("second", "up", 0),
    ]


@pytest.mark.process
def test_a_child_that_dies_is_started_again() -> None:
    supervisor, said = supervised(job("one", STAYS))
    supervisor.start()
    before = supervisor.pids()["one"]
    child = supervisor.children[0].process
    assert child is not None
    child.kill()
    while said[-1] != ("one", "up", 1):
        supervisor.turn()
    assert supervisor.pids()["one"] != before
    supervisor.stop()
    assert ("one", "down", 0) in said


@pytest.mark.process
def test_a_child_that_dies_again_and_again_is_given_up_and_the_rest_goes_on() -> None:
    supervisor, said = supervised(job("good", STAYS), job("bad", "raise SystemExit(1)"))
    supervisor.start()
    assert said[-1][:2] == ("bad", "given up")
    assert sum(word[:2] == ("bad", "starting") for word in said) == INTENSITY + 1
    assert list(supervisor.pids()) == ["good"]
    supervisor.stop()


@pytest.mark.process
def test_stopping_ends_even_a_child_that_does_not_listen() -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + STAYS
    supervisor, _ = supervised(job("deaf", deaf))
    supervisor.start()
    supervisor.stop()
    assert supervisor.pids() == {}


@pytest.mark.process
def test_a_watched_child_that_stands_still_is_ended_and_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor_module, "STILL_S", 1.0)
    alive = "from collavoce.runtime.readiness import ready; ready('x'); import time; time.sleep(60)"
    one = job("one", alive)
    watched, unwatched = replace(one, watched=True), replace(job("other", STAYS), watched=False)
    supervisor, said = supervised(watched, unwatched)
    supervisor.start()
    before = supervisor.pids()
    turn_for(supervisor, 2.0)
    assert supervisor.pids() == before, "who is heard is left alone, and who is not watched"
    os.kill(before["one"], signal.SIGSTOP)
    until = time.monotonic() + 20.0
    while said[-1] != ("one", "up", 1):
        supervisor.turn()
        assert time.monotonic() < until, said
    assert supervisor.pids()["other"] == before["other"]
    supervisor.stop()


@pytest.mark.process
def test_a_supervisor_that_was_stopped_itself_blames_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor_module, "STILL_S", 1.0)
    alive = "from collavoce.runtime.readiness import ready; ready('x'); import time; time.sleep(60)"
    supervisor, said = supervised(replace(job("one", alive), watched=True))
    supervisor.start()
    pid = supervisor.pids()["one"]
    os.kill(pid, signal.SIGSTOP)
    time.sleep(2.0)  # the whole machine stands still
    supervisor.turn()
    os.kill(pid, signal.SIGCONT)
    turn_for(supervisor, 2.0)
    supervisor.stop()
    assert said == [("one", "starting", 0), ("one", "up", 0)]


@pytest.mark.process
def test_one_that_comes_back_and_freezes_before_it_is_ready_is_not_waited_for_as_at_the_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor_module, "BACK_S", 0.5)
    starts = tmp_path / "starts"
    mute_at_the_second = (
        f"import os, time; f = open({str(starts)!r}, 'a'); f.write('.'); f.close(); "
        f"os.path.getsize({str(starts)!r}) == 2 and time.sleep(600); {STAYS}"
    )
    supervisor, said = supervised(job("one", mute_at_the_second))
    supervisor.start()
    os.kill(supervisor.pids()["one"], signal.SIGKILL)
    until = time.monotonic() + 30.0
    while said[-1][1] != "up" or said[-1][2] < 2:
        supervisor.turn()
        assert time.monotonic() < until, said
    supervisor.stop()
    assert ("one", "up", 1) not in said, "the second one was ended, mute as it was"


@pytest.mark.process
def test_a_slow_machine_is_given_more_time_with_every_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "BACK_S", 0.2)
    supervisor, said = supervised(job("slow", "import time; time.sleep(0.8); " + STAYS))
    child = supervisor.children[0]
    child.patience_s = supervisor_module.BACK_S
    supervisor.start()
    supervisor.stop()
    assert said[-1][1] == "up", said
    assert said[-1][2] >= 1
    assert child.restarts <= INTENSITY


def turn_for(supervisor: Supervisor, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        supervisor.turn()
