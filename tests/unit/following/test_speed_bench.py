"""The speed bench at its small size gives every figure that it promises; none is judged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.process
def test_the_small_size_gives_every_figure(tmp_path: Path) -> None:
    out = tmp_path / "speed.json"
    command = [sys.executable, "bench/following/speed.py", "--own", "--small", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300, env=dict(os.environ))
    report = json.loads(out.read_text(encoding="utf-8"))
    figures = {key for row in report["rows"] for key in row}
    assert all(row["load"] >= 0 for row in report["rows"])
    assert {"follower_s", "first_ms", "wall_p99_ms", "own_max_ms", "rss_mb", "kept_kb"} <= figures
    (opening,) = (row for row in report["rows"] if "follower_s" in row)
    assert opening["what"].endswith("120 onsets")


def test_what_is_missing_is_said_in_a_line() -> None:
    command = [sys.executable, "bench/following/speed.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == ("missing: --harness, the folder of the benchmark; or use --own\n")
