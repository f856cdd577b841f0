"""Children are started in order, started again, and given up when nothing helps."""

import sys

import pytest

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
