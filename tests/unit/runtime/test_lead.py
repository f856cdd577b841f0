"""Who leads: one at a time, handed over by death alone, and a frozen leader is put to death."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from collavoce.runtime.lead import PULSE_S, SILENT_LOOKS, STRANGER_LOOKS, Lead, Silence, leader

HOLDS = """
import sys, time
from pathlib import Path
from collavoce.runtime.lead import Lead
lead = Lead(Path(sys.argv[1]))
assert lead.at_once()
lead.note("engine")
print("holds", flush=True)
time.sleep(60)
"""


def looks(silence: Silence, count: int, *, heard: bool, start: float) -> list[bool]:
    return [silence.look(start + i * PULSE_S, heard=heard) for i in range(count)]


def test_a_leader_that_falls_silent_is_found_out_after_so_many_looks_and_once() -> None:
    silence = Silence()
    assert looks(silence, 20, heard=True, start=0.0) == [False] * 20
    after = looks(silence, 3 * SILENT_LOOKS, heard=False, start=1.0)
    assert after.index(True) == SILENT_LOOKS - 1
    assert after.count(True) == 1, "a second one would be somebody else"


def test_a_leader_that_was_never_heard_is_given_longer() -> None:
    after = looks(Silence(), 2 * STRANGER_LOOKS - 1, heard=False, start=0.0)
    assert after.index(True) == STRANGER_LOOKS - 1 > SILENT_LOOKS
    assert after.count(True) == 1


def test_an_onlooker_that_was_stopped_itself_does_not_blame_the_leader() -> None:
    silence = Silence()
    looks(silence, 5, heard=True, start=0.0)
    # Whoever looks only now and then, because nobody lets it run, has seen nothing.
    assert not any(silence.look(10.0 + i, heard=False) for i in range(100))


def test_one_pulse_in_between_begins_the_count_anew() -> None:
    silence = Silence()
    looks(silence, 1, heard=True, start=0.0)
    for round_ in range(1, 50):
        start = round_ * SILENT_LOOKS * PULSE_S
        assert not any(looks(silence, SILENT_LOOKS - 1, heard=False, start=start))
        assert not silence.look(start + (SILENT_LOOKS - 1) * PULSE_S, heard=True)


def test_only_one_leads(tmp_path: Path) -> None:
    first, second = Lead(tmp_path), Lead(tmp_path)
    assert first.at_once()
    assert not second.at_once()


def test_nobody_led_yet(tmp_path: Path) -> None:
    assert leader(tmp_path) == ("", 0)


@pytest.mark.process
@pytest.mark.parametrize("frozen", [False, True])
def test_the_lead_comes_with_the_death_of_who_had_it_and_not_before(
    tmp_path: Path, *, frozen: bool
) -> None:
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holds\n"
        assert leader(tmp_path) == ("engine", holder.pid)
        heir = Lead(tmp_path)
        assert not heir.at_once()
        heir.wait()
        if frozen:
            os.kill(holder.pid, signal.SIGSTOP)
        assert not came(heir, 0.2)
        holder.kill()  # a stopped process dies of it too
        assert came(heir, 5.0)
        holder.wait()
    assert not Lead(tmp_path).at_once()


def came(lead: Lead, within_s: float) -> bool:
    return bool(select.select([lead], [], [], within_s)[0])
