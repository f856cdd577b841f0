"""The follower knows what it knows, on generated pieces; and the bench that says so runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.recorded import knowing
from tests.recorded.cases import CASES
from tests.recorded.knowing import BINS, Account, Told, account, own, row, wrong_score
from tests.recorded.measures import heard
from tests.recorded.pieces import piece
from tests.recorded.playing import Pianist

from collavoce.following.follower import Follower

BENCH = Path(__file__).parents[2] / "bench" / "following" / "knowing.py"
HARD = ("rubato", "wrong15", "stop8")
JUMPS = ("skip", "back", "restart")


@pytest.mark.parametrize("case", ["clean", *HARD, *JUMPS])
def test_cues_fire_unaided_and_none_too_soon(case: str) -> None:
    found = Account()
    for seed in range(21, 24):
        score = CASES[case].score(seed)
        own(score, CASES[case].play(score, seed), found)
    figures = row(case, found)
    assert figures["unaided"] > (97 if case == "clean" else 93)
    # After a jump the first note or two may be those that were written next, too.
    assert figures["fired_early"] <= (1.0 if case in JUMPS else 0.0)
    assert figures["beats"]["unaided"] > 90
    assert figures["ece"] < 0.05
    assert figures["brier"] < 0.03


def told(*answers: tuple[float, float, float, bool]) -> list[Told]:
    return [Told(at, onset, said, sure, jumped=False) for at, onset, said, sure in answers]


def test_the_account_counts_what_fired_what_was_early_and_what_was_offered() -> None:
    passes = [[(0.0, 1.0, True), (0.5, 1.5, False), (1.0, 2.0, True), (1.5, 2.5, False)]]
    answers = told(
        *((0.0, -1.0, 1.0, False), (1.0, 0.0, 0.9, True), (1.01, 0.5, 0.9, True)),
        *((2.0, 1.0, 0.4, False), (3.0, 1.0, 0.4, False), (4.0, 1.0, 0.4, False)),
    )
    found = Account()
    account(answers, passes, found)
    assert [(cue.sure, cue.early) for cue in found.cues] == [
        *((True, False), (True, True), (False, False), (False, False)),
    ]
    figures = row("made", found)
    assert (figures["unaided"], figures["offered"], figures["never"]) == (50.0, 25.0, 25.0)
    assert figures["fired_early"] == 50.0
    assert figures["beats"]["unaided"] == 50.0


def test_said_beside_right_fills_ten_bins() -> None:
    found = Account(said=[0.95] * 8 + [0.15] * 2, right=[True] * 6 + [False] * 4)
    figures = row("made", found)
    assert figures["bins"] == [
        [pytest.approx(0.15), 0.0, 2],
        [pytest.approx(0.95), 0.75, 8],
    ]
    assert figures["ece"] == pytest.approx(0.2 * 0.15 + 0.8 * 0.2)
    assert len(figures["bins"]) <= BINS


def test_a_performance_of_another_piece_fires_next_to_nothing() -> None:
    found, fired, onsets = Account(), 0, 0
    for seed in range(3):
        score, other = piece("ABC", seed), piece("ABC", seed + 50)
        answers = list(knowing.told(Follower(score), score, heard(Pianist(seed).play(other).notes)))
        more, of = wrong_score(answers, len({n.onset for n in score.notes}), found)
        fired, onsets = fired + more, onsets + of
    assert fired < 0.1 * onsets
    assert sum(found.said) <= 0.2 * len(found.said)


@pytest.mark.process
def test_the_bench_runs_without_the_harness_and_writes_its_rows(tmp_path: Path) -> None:
    out = tmp_path / "knowing.json"
    command = [sys.executable, BENCH, "--own", "--small", "--cases", "clean", "skip", "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(out.read_text())["cases"]
    assert [r["case"] for r in rows] == ["clean", "skip"]
    keys = {"case", "bins", "ece", "brier", "unaided", "fired_early", "offered", "beats"}
    assert all(keys <= set(r) for r in rows)
    assert all(r["case"] in done.stdout for r in rows)


@pytest.mark.process
def test_the_bench_says_what_is_missing(tmp_path: Path) -> None:
    for options in ([], ["--harness", tmp_path]):
        command = [sys.executable, BENCH, *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("missing: --harness")
