"""The bench that makes shows of performances, small, so that it does not rot."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from collavoce import evening

BENCH = Path(__file__).resolve().parents[3] / "bench" / "shows"


@pytest.fixture(scope="module")
def pairs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_shows_pairs", BENCH / "pairs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def row(quarter: float, seconds: float | None, *, grace: bool = False) -> list[Any]:
    return ["id", quarter, 1.0, 60, int(grace), seconds, 0]


def test_an_onset_is_its_first_note_without_graces_and_unplayed_ones(pairs: ModuleType) -> None:
    notes = [row(0, 1.02), row(0, 1.0), row(0, 0.8, grace=True), row(1, None), row(2, 2.0)]
    assert [(o.quarter, o.seconds) for o in pairs.onsets(notes)] == [(0, 1.0), (2, 2.0)]


def test_a_bass_taken_long_before_its_chord_is_a_stray(pairs: ModuleType) -> None:
    notes = [row(0, 1.0), row(1, 1.5), row(1, 2.0), row(1, 2.01), row(1, 2.02), row(2, 3.0)]
    assert [o.seconds for o in pairs.onsets(notes)] == [1.0, 2.0, 3.0]
    assert pairs.strays(notes) == (1.5,)


def test_an_onset_out_of_order_is_no_place(pairs: ModuleType) -> None:
    notes = [row(q, 1.0 + q) for q in range(10)]
    notes[5] = row(5, 3.2)
    assert [o.quarter for o in pairs.onsets(notes)] == [0, 1, 2, 3, 4, 6, 7, 8, 9]


def test_a_folder_of_the_research_format_becomes_a_pair(pairs: ModuleType, tmp_path: Path) -> None:
    played = pairs.own(tmp_path / "own")
    notes = [
        [note.id, note.onset, note.duration, note.pitch, int(note.grace), 2.0 + note.onset, 0]
        for note in played.read.notes
    ]
    folder = tmp_path / "human"
    folder.mkdir()
    (folder / "score.musicxml").write_bytes(played.score)
    (folder / "perf.mid").write_bytes(evening.performance_midi())
    truth = {"info": {"duration_s": 250.0}, "notes": notes}
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    pair = pairs.human(folder)
    assert pair.agreement == 1.0
    assert len(pair.truth.passes[0]) == len({n.onset for n in played.read.notes if not n.grace})
    assert pair.truth.last_onset == pytest.approx(246.0)


@pytest.mark.process
def test_the_real_program_plays_the_evening_on_a_virtual_clock(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    done = subprocess.run(
        [sys.executable, str(BENCH / "run.py"), "--small", "--out", str(out)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads(out.read_text(encoding="utf-8"))
    assert {"date", "machine", "commit", "speed"} <= results.keys()
    (told,) = results["rows"]
    assert told["planned"] > 40
    assert (told["missed"], told["doubled"], told["early"]) == (0, 0, 0), told["wrong"]
    assert told["packets_agree"], "what was sent is not what was claimed"
    assert "| evening |" in done.stdout
