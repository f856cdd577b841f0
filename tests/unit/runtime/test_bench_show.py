"""The bench from trigger to wire runs, small, so that it does not rot. No figure is judged."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "show" / "run.py"
WAYS = {
    "bare socket echo, Python",
    "asyncio echo",
    "GO in the engine's mailbox -> OSC",
    "GO on the page -> OSC",
    "GO in the engine's mailbox -> changed light frame",
    "note played -> OSC",
}


@pytest.mark.process
def test_every_way_to_the_wire_is_measured_beside_its_floor(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    done = subprocess.run(
        [sys.executable, BENCH, "--small", "--out", out],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert out.exists(), done.stderr
    results = json.loads(out.read_text(encoding="utf-8"))
    rows = [row for row in results["trigger_to_wire"] if row["regime"] == "ordinary"]
    assert {row["way"] for row in rows} >= WAYS
    for row in rows:
        assert row["lost"] < row["shots"], done.stderr
        assert 0 < row["p50"] <= row["p99"] <= row["max"]
        assert f"| {row['way']} |" in done.stdout
    for found in results["idle"].values():
        assert set(found["each"]) >= {"supervisor", "engine", "follower", "writer", "web", "care"}
