"""Every case of the benchmark's own set, small, and the benchmark that prints it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.recorded.cases import CASES, measure

BENCH = Path(__file__).parents[2] / "bench" / "following" / "run.py"
JUMPS = frozenset({"skip", "back", "restart"})


@pytest.mark.parametrize("case", CASES)
def test_a_generated_pianist_is_followed(case: str) -> None:
    row = measure(case, range(11, 14))
    assert row["early"] < 0.5
    assert row["within_300"] > (90 if case in JUMPS else 98)
    assert row["median_ms"] < 25
    if case in JUMPS:
        assert row["found"] == "3/3"
        assert row["found_after_s"] < 2.5


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
