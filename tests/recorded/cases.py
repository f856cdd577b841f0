"""What happens on stages, as cases over generated pieces and small pages; one row of figures each.

A case is a score and a way of playing it, both from a seed; `bounds` says what its figures must not
pass.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from tests.recorded.forms import any_way, page, way
from tests.recorded.measures import TOLERANCE_S, astray, delays, early, estimates, found, on_time
from tests.recorded.ornaments import Manner
from tests.recorded.pieces import piece
from tests.recorded.playing import Passage, Pianist, Played

from collavoce.following.estimate import Music
from collavoce.following.follower import Follower
from collavoce.score import Score, read_score

SCORES = Path(__file__).parents[1] / "scores"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is asked of a case. Shares in percent, over all its onsets.

    within : at least so many within 300 ms. early : at most so many too soon.
    found_s : seconds from landing until a jump is said.
    astray : onsets said on the way that was left, before the jump is found.
    ends : the last onset is believed to be the last.
    """

    within: float = 99.0
    early: float = 0.0
    found_s: float = 2.0
    astray: int = 2
    ends: bool = True


ASKED = Bounds()
ANYBODY = Pianist()


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that happens.

    score : from a seed. ways : passages of a score, none for all of it as written.
    """

    score: Callable[[int], Score]
    ways: Callable[[Score], Sequence[Passage]] = lambda _: ()
    pianist: Pianist = ANYBODY
    bounds: Bounds = ASKED

    def play(self, score: Score, seed: int) -> Played:
        """The performance."""
        return replace(self.pianist, seed=seed).play(score, *self.ways(score))


def _quarters(*ends: tuple[float, float], pause: float = 0.0) -> Callable[[Score], list[Passage]]:
    """Passages in quarters, all but the first after a `pause`; an end past the last is the end."""
    return lambda _: [Passage(a, b, pause if k else 0.0) for k, (a, b) in enumerate(ends)]


def _bars(*stretches: tuple[int, int]) -> Callable[[Score], Sequence[Passage]]:
    return lambda score: way(score, *stretches)


def _form(signs: str, *stretches: tuple[int, int], within: float = 90.0, **bounds: Any) -> Case:
    """A page in the short form of `forms`, and the bars played of it as written out."""
    return Case(
        lambda seed: page(signs, seed), _bars(*stretches), bounds=Bounds(within=within, **bounds)
    )


def _printed(name: str) -> Callable[[int], Score]:
    @cache
    def read() -> Score:
        return read_score((SCORES / name).read_bytes(), name)

    return lambda _: read()


def _sections(seed: int) -> Score:
    return piece("ABC", seed)


ALL = 1e6
JUMPED = Bounds(within=90.0)
ORNAMENTS, HANDS = _printed("ornaments.musicxml"), _printed("two_hands.musicxml")
PASSES = _printed("four_passes.musicxml")
MINUET = "A :| |: B fine :| |: C :| |: D dc :|"
CODA = "A segno B tocoda C ds coda D"
PAGES = (MINUET, CODA, "|: A 1[ a ] :| 2[ b ] |: B :|3 C", "|: A |: B :| c :| D")

CASES: dict[str, Case] = {
    # How it is played.
    "clean": Case(_sections),
    "rubato": Case(_sections, pianist=Pianist(sway=0.3)),
    "rubato45": Case(_sections, pianist=Pianist(sway=0.45), bounds=Bounds(within=98.0)),
    "slow0.6": Case(_sections, pianist=Pianist(pace=1 / 0.6)),
    "fast1.6": Case(_sections, pianist=Pianist(pace=1 / 1.6)),
    "wrong15": Case(_sections, pianist=Pianist(wrong=0.15), bounds=Bounds(within=98.0)),
    "stop8": Case(_sections, _quarters((0, 48), (48, ALL), pause=8.0)),
    # Where no sign leads.
    "skip": Case(_sections, _quarters((0, 32), (64, ALL)), bounds=JUMPED),
    "back": Case(_sections, _quarters((0, 64), (32, ALL)), bounds=JUMPED),
    "restart": Case(
        _sections, _quarters((0, 40), (0, ALL), pause=2.0), bounds=Bounds(90.0, astray=4)
    ),
    "in_the_middle": Case(_sections, _quarters((41, ALL)), bounds=JUMPED),
    # Where the page leaves it open.
    "as_written": _form(MINUET, (0, 40), within=99.0),
    "repeat_left_out": _form("|: A :| B", (0, 4), (8, 12)),
    "repeat_once_more": _form("|: A :| B", (0, 8), (4, 12)),
    "minuet_repeats_left_out": _form(MINUET, (0, 4), (8, 12), (16, 20), (24, 28), (32, 40)),
    "minuet_repeats_after_dc": _form(MINUET, (0, 36), (32, 40), (36, 40)),
    "volta_left_out": _form("|: A 1[ a ] :| 2[ b ] B", (0, 4), (9, 14)),
    "volta_once_more": _form("|: A 1[ a ] :| 2[ b ] B", (0, 9), (4, 14)),
    "voltas_1-3_left_out": _form("|: A 1-3[ a ] :| 4[ b ] B", (0, 4), (19, 24)),
    "dc_left_out": _form("A fine B dc", (0, 8), within=99.0, ends=False),
    "ds_left_out": _form(CODA, (0, 12), (16, 20)),
    "coda_too_soon": _form(CODA, (0, 8), (16, 20)),
    "coda_overlooked": _form(CODA, (0, 16), (8, 20)),
    "vamp_of_a_bar": _form("A |: b :| B", (0, 6), (5, 6), (5, 6), (5, 6), (5, 10), within=70.0),
    "vamp_of_two": _form("A |: b c :| B", (0, 8), (6, 8), (6, 8), (6, 12), within=80.0),
    "vamp_of_four": _form("A |: B :| C", (0, 12), (8, 12), (8, 12), (8, 16)),
    "vamp_cut_short": _form("A |: B :|9 C", (0, 12), (40, 44)),
    "end_once_more": _form("|: A :| B |: C :|", (0, 20), (16, 20)),
    "four_passes": Case(PASSES),
    "two_passes_of_four": Case(PASSES, _bars((0, 4), (8, 15), (23, 26), (28, 36)), bounds=JUMPED),
    "inner_repeat_left_out": _form("|: A |: B :| c :| D", (0, 8), (12, 21), (25, 30)),
    "any_way": Case(lambda seed: page(PAGES[seed % len(PAGES)], seed), any_way, bounds=JUMPED),
    # What is not written note by note.
    "ornaments": Case(ORNAMENTS),
    "ornaments_from_above": Case(
        ORNAMENTS, pianist=Pianist(manner=Manner(above=True, ending=True))
    ),
    "ornaments_on_the_beat": Case(
        ORNAMENTS, pianist=Pianist(manner=Manner(on_beat=True, trill_hz=14.0))
    ),
    "ornaments_left_out": Case(ORNAMENTS, pianist=Pianist(manner=Manner(trill_hz=0.0))),
    "rolled_fast": Case(ORNAMENTS, pianist=Pianist(manner=Manner(roll_s=0.1))),
    "rolled_1s": Case(ORNAMENTS, pianist=Pianist(manner=Manner(roll_s=1.0)), bounds=Bounds(96.0)),
    "rolled_1s_down": Case(
        ORNAMENTS, pianist=Pianist(manner=Manner(roll_s=1.0, down=True)), bounds=Bounds(96.0)
    ),
    "rolled_unwritten": Case(
        HANDS, pianist=Pianist(manner=Manner(roll_s=0.3, all_rolled=True)), bounds=Bounds(98.0)
    ),
    "ornaments_unwritten": Case(
        _sections, pianist=Pianist(manner=Manner(adds=0.15)), bounds=Bounds(98.0)
    ),
    "ornaments_wrong15": Case(ORNAMENTS, pianist=Pianist(wrong=0.15), bounds=Bounds(96.0)),
    "ornaments_rubato": Case(ORNAMENTS, pianist=Pianist(sway=0.3), bounds=Bounds(98.0)),
    "ornaments_slow": Case(ORNAMENTS, pianist=Pianist(pace=1 / 0.6), bounds=Bounds(98.0)),
    "ornaments_fast": Case(ORNAMENTS, pianist=Pianist(pace=1 / 1.6), bounds=Bounds(98.0)),
    # What two hands do.
    "hands": Case(HANDS),
    "hands_slow": Case(HANDS, pianist=Pianist(pace=1 / 0.6)),
    "hands_fast": Case(HANDS, pianist=Pianist(pace=1 / 1.6)),
    "hands_rubato": Case(HANDS, pianist=Pianist(sway=0.3), bounds=Bounds(98.0)),
    "hands_wrong15": Case(HANDS, pianist=Pianist(wrong=0.15), bounds=Bounds(96.0, early=0.5)),
}


def measure(case: str, seeds: Iterable[int]) -> dict[str, Any]:
    """Mean shares in percent, over one piece and performance a seed; seconds until found.

    early, never : share of onsets. astray : onsets, the worst. jumps : said, in all runs.
    """
    shares: list[tuple[float, float, float]] = []
    medians: list[float] = []
    seconds: list[float | None] = []
    past: list[int] = []
    said_jumps, ended, runs = 0, 0, 0
    for seed in seeds:
        score = CASES[case].score(seed)
        played = CASES[case].play(score, seed)
        said = estimates(Follower(score), played.notes)
        delay = delays(said, played)
        reached = [d for d in delay if d is not None]
        shares.append((on_time(delay), early(delay), 1 - len(reached) / len(delay)))
        medians.append(median(abs(d) for d in reached))
        onsets = sorted({note.onset for note in score.notes if not note.grace})
        seconds += found(said, played, onsets)
        past.append(astray(said, played, onsets))
        said_jumps += sum(e.jump is not None for e in said)
        ended += said[-1].state is Music.ENDED
        runs += 1
    within, too_early, never = (100 * sum(share) / runs for share in zip(*shares, strict=True))
    after = [second for second in seconds if second is not None]
    return {
        "case": case,
        "runs": runs,
        f"within_{TOLERANCE_S * 1000:.0f}": within,
        "early": too_early,
        "never": never,
        "median_ms": 1000 * median(medians),
        "found": f"{len(after)}/{len(seconds)}" if seconds else None,
        "found_after_s": median(after) if after else None,
        "found_after_s_most": max(after) if after else None,
        "jumps": said_jumps,
        "astray_onsets": max(past) if seconds else None,
        "ended": ended,
    }
