"""Real time is asked for, said when it holds and when it does not, and never insisted on."""

import gc
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from collavoce.runtime import realtime
from collavoce.runtime.links import Mailbox
from collavoce.runtime.realtime import Regime, noted, wait
from collavoce.words import say

ENTERS = """
import gc, os, sys
from collavoce.runtime.realtime import enter
regime = enter(asked=sys.argv[1] == "asked")
fifo = os.sched_getscheduler(0) == os.SCHED_FIFO
locked = next(l for l in open("/proc/self/status") if l.startswith("VmLck")).split()[1] != "0"
print(regime.realtime, len(regime.missing), fifo, locked, gc.isenabled(), gc.get_freeze_count() > 0)
"""


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """The process that runs the tests keeps its own priority and its own garbage collector."""
    monkeypatch.setattr(realtime, "_be_nice", lambda: None)
    yield
    gc.enable()
    gc.unfreeze()


def entered(how: str) -> list[str]:
    command = [sys.executable, "-c", ENTERS, how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "sched_setscheduler"), reason="no such scheduler here")
def test_what_is_said_of_the_regime_is_what_the_system_says() -> None:
    realtime_, missing, fifo, locked, collects, frozen = entered("asked")
    assert frozen == "True"
    assert collects == "False"
    assert int(missing) == (fifo, locked).count("False")
    assert realtime_ == str(missing == "0")


@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "sched_setscheduler"), reason="no such scheduler here")
def test_nobody_asked_and_nothing_changes_but_the_freeze() -> None:
    assert entered("not") == ["False", "0", "False", "False", "True", "True"]


def test_what_was_not_allowed_is_said_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "sched_setscheduler", refused, raising=False)
    monkeypatch.setattr(realtime, "_lock_memory", lambda: "")
    regime = realtime.enter(asked=True)
    assert not regime.realtime
    assert "rtprio" in regime.words
    assert regime.words != say("run.regime.realtime")


def test_a_library_without_locked_memory_is_a_reason_and_no_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none_such(_name: object, **_options: object) -> object:
        return object()

    monkeypatch.setattr(realtime.ctypes, "CDLL", none_such)
    monkeypatch.setattr(realtime, "_first_come", lambda: "")
    regime = realtime.enter(asked=True)
    assert [word in regime.words for word in ("mlockall", "memlock")] == [True, True]


def test_the_words_are_left_for_who_opened_the_show(tmp_path: Path) -> None:
    assert noted(str(tmp_path)) == ""
    Regime(realtime=True).note(str(tmp_path))
    assert noted(str(tmp_path)) == say("run.regime.realtime")
    Regime().note(str(tmp_path))
    assert noted(str(tmp_path)) == say("run.regime.ordinary")


@pytest.mark.parametrize("spin", [False, True])
def test_waiting_ends_with_mail_or_with_the_time(tmp_path: Path, *, spin: bool) -> None:
    with Mailbox(tmp_path / "here") as box, Mailbox(tmp_path / "there") as other:
        assert not wait(box, 0.002, spin=spin)
        assert not wait(box, -1.0, spin=spin)
        other.send(box.path, b"letter")
        assert wait(box, 10.0, spin=spin)
