"""What happens on stages, as cases over generated pieces; figures in one row a case."""

from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

from tests.recorded.measures import TOLERANCE_S, delays, early, estimates, on_time
from tests.recorded.pieces import piece
from tests.recorded.playing import Passage, Pianist, Played

from collavoce.following import Follower
from collavoce.score.model import Score

FOUND_WITHIN_S = 8.0

Case = Callable[[Score, int], Played]


def _clean(score: Score, seed: int) -> Played:
    return Pianist(seed).play(score)


def _rubato(score: Score, seed: int) -> Played:
    return Pianist(seed, sway=0.3).play(score)


def _wrong(score: Score, seed: int) -> Played:
    return Pianist(seed, wrong=0.15).play(score)


def _stop(score: Score, seed: int) -> Played:
    return Pianist(seed).play(score, Passage(0.0, 48.0), Passage(48.0, score.end, 8.0))


def _skip(score: Score, seed: int) -> Played:
    return Pianist(seed).play(score, Passage(0.0, 32.0), Passage(64.0, score.end))


def _back(score: Score, seed: int) -> Played:
    return Pianist(seed).play(score, Passage(0.0, 64.0), Passage(32.0, score.end))


def _restart(score: Score, seed: int) -> Played:
    return Pianist(seed).play(score, Passage(0.0, 40.0), Passage(0.0, score.end, 2.0))


CASES: dict[str, Case] = {
    "clean": _clean,
    "rubato": _rubato,
    "wrong15": _wrong,
    "stop8": _stop,
    "skip": _skip,
    "back": _back,
    "restart": _restart,
}


def measure(case: str, seeds: Iterable[int]) -> dict[str, Any]:
    """Mean shares in percent, over one piece and performance a seed; seconds until found."""
    shares: list[tuple[float, float, float]] = []
    medians: list[float] = []
    found: list[float] = []
    for seed in seeds:
        score = piece("ABC", seed)
        played = CASES[case](score, seed)
        said = estimates(Follower(score), played.notes)
        delay = delays(said, played)
        reached = [d for d in delay if d is not None]
        never = 1 - len(reached) / len(delay)
        shares.append((on_time(delay), early(delay), never))
        medians.append(median(abs(d) for d in reached))
        if len(played.truth) > 1:
            landed = played.truth[1][0][0]
            jumps = [e.at - landed for e in said if e.jump is not None and e.at >= landed]
            found += [after for after in jumps[:1] if after < FOUND_WITHIN_S]
    runs = len(shares)
    within, too_early, never = (100 * sum(share) / runs for share in zip(*shares, strict=True))
    jumped = case in {"skip", "back", "restart"}
    return {
        "case": case,
        "runs": runs,
        f"within_{TOLERANCE_S * 1000:.0f}": within,
        "early": too_early,
        "never": never,
        "median_ms": 1000 * median(medians),
        "found": f"{len(found)}/{runs}" if jumped else None,
        "found_after_s": median(found) if found else None,
    }
