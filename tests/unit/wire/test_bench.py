"""The benchmarks of this room run, small, so that none rots. No figure is judged here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "wire"


def run(program: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, BENCH / program, *options],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.process
def test_the_codecs_are_measured_beside_the_libraries_of_others() -> None:
    printed = run("run.py", "--small")
    assert len(re.findall(r"x as fast as (?:Message\(\)|liblo|sacn)", printed)) == 8
    assert "16 universes, 40 fades" in printed


@pytest.mark.process
def test_the_frame_rate_is_measured_at_the_other_end_of_a_socket() -> None:
    printed = run(
        "hold.py", "--universes", "4", "--fades", "8", "--seconds", "1", "--beside", "bare"
    )
    for who in ("collavoce", "bare"):
        assert re.search(rf"{who} +4 universes +\d+\.\d\d frames/s", printed), printed
