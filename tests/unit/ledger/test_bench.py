"""The benchmark of this room runs, small, so that it does not rot. No figure is judged here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "ledger" / "run.py"


@pytest.mark.process
def test_keeping_is_measured_beside_the_disk_itself(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, BENCH, "--small", "--folder", tmp_path],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"p50 +\d+\.\d+ ms   p99 +\d+\.\d+ ms", done.stdout)) == 4
    assert len(re.findall(r"x the disk", done.stdout)) == 3
    assert re.search(r"ring append: p50 \d+\.\d+ us", done.stdout)
    assert "erasure in a file of 1 MB" in done.stdout
    assert list(tmp_path.iterdir()) == []
