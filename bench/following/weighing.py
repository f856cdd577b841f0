"""Fit the five weights of the confidence, and check them on pieces that were left out.

    python bench/following/weighing.py --harness HARNESS --set SET [--seeds 0 1] [--pairs ID ...]

Follows every pair clean, the hard ones in the cases that mislead most, and every performance by
two scores of other pieces; notes at each tenth of a second and at each onset said what the
confidence is made of and whether the place was right; then finds the weights of greatest
likelihood. Prints them beside those in use, and the calibration error and the Brier score of three
maps: in use, fitted, and fitted to all pieces but the one that is judged.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import knowing
from tests.recorded.knowing import GRID_S, Point, right, told

from collavoce.following import confidence
from collavoce.following.arrays import Floats
from collavoce.following.confidence import BEYOND, DOUBTLESS, TRIED, Trust
from collavoce.following.follower import Follower
from collavoce.listening import Observation
from collavoce.score import Score

CASES = ("wrong15", "freeze8", "skip_fwd", "repeat_back", "restart")
WRONG_SHARE = 0.1
"""Weight of all wrong scores together: rare on a stage, and what must not fire."""

NAMES = ("BASE", "NEAR", "OTHERS", "STRANGE", "STRAY")


@dataclass(slots=True)
class Evidence:
    """Rows of what the confidence is made of; truth : right or not; piece, wrong : of which run."""

    parts: list[list[float]] = field(default_factory=list[list[float]])
    truth: list[bool] = field(default_factory=list[bool])
    piece: list[str] = field(default_factory=list[str])
    wrong: list[bool] = field(default_factory=list[bool])


class Watched(Trust):
    """Notes what the confidence was made of last."""

    last: tuple[float, ...] = ()

    def confidence(self, near: float, others: float) -> float:
        """As ever."""
        even = np.log((near + DOUBTLESS) / (1 - near + DOUBTLESS))
        rivals = -np.log1p(min(others, BEYOND))
        begun = max(1 - TRIED**self.onsets, 0.0)
        Watched.last = (1.0, float(even), float(rivals), -self.strange, -self.stray, begun)
        return super().confidence(near, others)


def gather(
    score: Score,
    heard: Sequence[Observation],
    passes: list[list[Point]] | None,
    piece: str,
    into: Evidence,
) -> None:
    """One performance; `passes` None for a score that is not the one played."""
    Watched.last = ()
    before, tick = -1.0, 0.0
    answers = told(Follower(score), score, heard)
    for answer, then in pairwise((a, Watched.last) for a in answers):
        here, parts = answer
        if not parts or here.onset < 0 or parts[-1] <= 0:
            continue
        due = tick <= here.at and then[0].at > here.at
        if not due and here.onset == before:
            continue
        tick = here.at + GRID_S if due else tick
        before = here.onset
        into.parts.append(list(parts))
        into.truth.append(passes is not None and right(here, passes))
        into.piece.append(piece)
        into.wrong.append(passes is None)


def fit(parts: Floats, truth: Floats, weight: Floats) -> Floats:
    """Weights of greatest likelihood, float64 [shape=(5,)], by Fisher scoring."""
    x, begun = parts[:, :5], parts[:, 5]
    weights = np.array([4.0, 0.3, 0.3, 5.0, 5.0])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-x @ weights))
        said = np.clip(begun * sure, 1e-9, 1 - 1e-9)
        slope, spread = begun * sure * (1 - sure), said * (1 - said)
        gradient = x.T @ (weight * slope * (truth - said) / spread)
        bend = (x * (weight * slope**2 / spread)[:, None]).T @ x + 1e-3 * np.eye(5)
        step = np.linalg.solve(bend, gradient)
        weights = weights + step * min(1.0, 2 / np.abs(step).max())
        if np.abs(step).max() < 1e-4:
            break
    return weights


def said(parts: Floats, weights: Floats) -> Floats:
    return parts[:, 5] / (1 + np.exp(-parts[:, :5] @ weights))


def quality(name: str, p: Floats, truth: Floats) -> str:
    place = np.clip((p * 10).astype(int), 0, 9)
    off = sum(abs((p - truth)[place == k].sum()) for k in range(10)) / len(p)
    return f"{name}: calibration error {off:.4f}, Brier {((p - truth) ** 2).mean():.4f}"


def main() -> int:
    options = knowing.arguments()
    missing = knowing.missing_parts(options)
    if missing:
        print(missing, file=sys.stderr)
        return 2
    vars(sys.modules[Follower.__module__])["Trust"] = confidence.Trust = Watched
    harness, found = knowing.harness_of(options), Evidence()
    pairs = options.pairs or harness.pairs()
    for k, pair in enumerate(pairs):
        score, piece = harness.score(pair), knowing.piece_of(pair)
        hard = pair in harness.pairs("hard")
        runs = [("clean", 0), *((c, s) for c in CASES for s in options.seeds if hard)]
        for case, seed in runs:
            heard, passes = harness.heard(pair, case, seed)
            gather(score, heard, passes, piece, found)
        for other in (pairs[(k + 1) % len(pairs)], pairs[(k + 7) % len(pairs)]):
            if knowing.piece_of(other) != piece:
                heard, _ = harness.heard(pair, "clean", 0)
                gather(harness.score(other), heard, None, piece, found)
    report(found)
    return 0


def report(found: Evidence) -> None:
    parts, truth = np.array(found.parts), np.array(found.truth, float)
    wrong, piece = np.array(found.wrong), np.array(found.piece)
    share = WRONG_SHARE * (~wrong).sum() / max(wrong.sum(), 1)
    weight = np.where(wrong, share, 1.0)
    now = np.array([getattr(confidence, name) for name in NAMES])
    best = fit(parts, truth, weight)
    print(f"{len(truth)} moments, {wrong.sum()} by wrong scores")
    for name, used, fitted in zip(NAMES, now, best, strict=True):
        print(f"{name}: in use {used:.2f}, fitted {fitted:.2f}")
    apart = np.zeros(len(truth))
    for each in np.unique(piece):
        left_out = piece == each
        weights = fit(parts[~left_out], truth[~left_out], weight[~left_out])
        apart[left_out] = said(parts[left_out], weights)
    maps = {"in use": said(parts, now), "fitted": said(parts, best), "each piece left out": apart}
    for title, rows in (("played", ~wrong), ("wrong score", wrong)):
        for name, p in maps.items():
            if rows.any():
                print(quality(f"{title}, {name}", p[rows], truth[rows]))


if __name__ == "__main__":
    sys.exit(main())
