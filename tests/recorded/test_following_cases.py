"""Every case of the benchmark's own set, small, and the benchmark that prints it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.recorded.cases import CASES, measure

from collavoce.following.follower import Follower
from collavoce.listening import observe

BENCH = Path(__file__).parents[2] / "bench" / "following" / "run.py"
SEEDS = range(11, 13)


@pytest.mark.parametrize("case", CASES)
def test_a_generated_pianist_is_followed(case: str) -> None:
    bounds = CASES[case].bounds
    row = measure(case, SEEDS)
    assert row["early"] <= bounds.early
    assert row["within_300"] >= bounds.within
    assert row["median_ms"] < 25
    assert row["ended"] == (row["runs"] if bounds.ends else 0)
    jumps = 0
    if row["found"] is not None:
        found, jumps = map(int, row["found"].split("/"))
        assert found == jumps
        assert row["found_after_s_most"] <= bounds.found_s
        assert row["astray_onsets"] <= bounds.astray
    assert row["jumps"] == jumps  # each jump is said once, and none that was not made


@pytest.mark.parametrize("message", [(0xB0, 64, 127), (0xB0, 66, 0), (0xB0, 67, 64), (0xE0, 0, 64)])
def test_pedals_and_released_keys_between_the_notes_change_nothing(
    message: tuple[int, int, int],
) -> None:
    score = CASES["hands"].score(1)
    played = CASES["hands"].play(score, 1)
    alone, with_pedal = Follower(score), Follower(score)
    for note in played.notes:
        expected = alone.step(note)
        at, key = note.heard_at, (0x90, note.pitch, note.velocity)
        heard = [observe(at, bytes(one)) for one in (message, key, (0x80, note.pitch, 0), message)]
        said = [with_pedal.step(one) for one in heard if one is not None]
        # A key let go at the very instant it was struck was struck all the same.
        assert [one.quarter for one in said] == [expected.quarter] * 2
        assert said[0] == expected


@pytest.mark.process
def test_the_benchmark_runs_without_the_harness_and_writes_what_it_found(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    command = [sys.executable, BENCH, "--own", "--small", "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text())
    assert [row["case"] for row in figures["cases"]] == list(CASES)
    assert all(case in done.stdout for case in CASES)


@pytest.mark.process
def test_the_benchmark_says_what_is_missing(tmp_path: Path) -> None:
    for options in ([], ["--harness", tmp_path]):
        command = [sys.executable, BENCH, *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("missing: --harness")
