"""The benchmark of what is foreseen, small, so that it does not rot."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "following" / "foreseeing.py"


@pytest.mark.process
def test_it_runs_on_own_pieces_and_writes_what_it_found(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    command = [sys.executable, BENCH, "--own", "--small", "--memory", "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text())
    assert [row["horizon_s"] for row in figures["rows"]] == [0.5, 1.0, 2.0, 4.0]
    for plain, taught in zip(figures["rows"], figures["taught"], strict=True):
        assert plain["asked"] > 0
        assert taught["ours"]["median_ms"] < plain["ours"]["median_ms"]
    assert figures["with"]["fades"]["begun"] > 0.9


@pytest.mark.process
def test_it_says_what_is_missing() -> None:
    done = subprocess.run([sys.executable, BENCH], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("missing: --harness")
