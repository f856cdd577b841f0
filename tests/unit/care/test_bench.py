"""The bench of the press runs, small, so that it does not rot. No figure is judged here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "care" / "run.py"
DESK = "collavoce"
OTHERS = {"SQLite as it comes", "SQLite, WAL, synchronous=FULL"}


@pytest.mark.process
def test_a_press_is_measured_beside_the_obvious_way_to_keep_one(tmp_path: Path) -> None:
    pytest.importorskip("websockets", reason="the baseline speaks by it")
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
    ways: dict[str, set[str]] = {}
    for row in results["rows"]:
        ways.setdefault(row["what"], set()).add(row["who"])
        assert 0 <= row["p50"] <= row["p99"] <= row["p99.9"] <= row["max"]
        assert f"| {row['what']} | {row['who']} |" in done.stdout
    assert len([who for who in ways.values() if who == {DESK, *OTHERS}]) == 5
    assert {what for what, who in ways.items() if who == {DESK}} == {
        "button -> kept, asked again at once",
        "button -> lamp kept, 250 ms beat",
    }
    assert len(results["once"]) == 6
