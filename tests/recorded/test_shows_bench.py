"""Whole shows run through the follower and the show's own rules; and the bench that counts them."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from collavoce.units import Seconds

FILE = Path(__file__).parents[2] / "bench" / "following" / "shows.py"


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_shows", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_shows"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("case", ["clean", "wrong15", "stop8", "skip", "back", "restart"])
def test_every_bars_cue_fires_once_and_none_too_soon(case: str) -> None:
    shows = bench()
    for _, evening in shows.own_evenings(range(2), case):
        count = shows.perform(evening, Seconds(0.0))
        assert count.due >= 16
        # After a jump the first note may be the one that was written next, too.
        assert count.early <= len(evening.passes) - 1
        assert count.missed == 0
        # The first bar of all waits for the third onset, the landing of a jump for the next one.
        assert count.late + count.offered <= len(evening.passes)


def test_with_a_lead_nearly_every_cue_goes_ahead_and_none_twice() -> None:
    shows = bench()
    ((_, evening),) = shows.own_evenings(range(1), "clean")
    count = shows.perform(evening, Seconds(2.0))
    assert count.ahead >= count.due - 2
    assert count.fired + count.late + count.early == count.due


def test_the_bench_writes_its_rows(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    done = subprocess.run(
        [sys.executable, str(FILE), "--own", "--small", "--cases", "clean", "--out", str(out)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(out.read_text(encoding="utf-8"))["rows"]
    assert (row["case"], row["early"], row["missed"]) == ("clean", 0, 0)
    assert done.stdout.splitlines()[0].startswith("| case | shows | due |")
    nothing = subprocess.run(
        [sys.executable, str(FILE)], capture_output=True, text=True, timeout=60, check=False
    )
    assert nothing.returncode == 2
    assert nothing.stderr.startswith("missing: --harness")
