"""The place in the music: small, sent often."""

from bisect import bisect_right

from collavoce.desk.views.signs import View, music_sign
from collavoce.following.estimate import Estimate
from collavoce.score.model import Bar, Score
from collavoce.show.state import ShowState
from collavoce.units import Quarters

SURE = 0.5
"""Below this confidence the desk says "unsure"."""

_EDGE = 1e-6
"""Quarters. A place computed to lie a hair before its beat belongs to the beat."""


def place_view(state: ShowState, estimate: Estimate | None, score: Score | None) -> View:
    """Where the music is, how fast, how sure; quarter None while nothing is known of it."""
    if estimate is None:
        sure = True
        music = state.music
        quarter = state.quarter if state.number is not None else None
        tempo, confidence, remaining = None, None, None
    else:
        sure = estimate.confidence >= SURE
        music = estimate.state
        quarter = round(estimate.quarter, 3)
        tempo = round(estimate.tempo)
        confidence = round(estimate.confidence, 2)
        remaining = None if estimate.remaining is None else round(estimate.remaining)
    bar, beat = (None, None)
    if score is not None and quarter is not None:
        bar, beat = bar_and_beat(score, Quarters(quarter))
    return {
        "quarter": quarter,
        "bar": None if bar is None else bar.number,
        "turn": None if bar is None else bar.turn,
        "beat": beat,
        "tempo": tempo,
        "confidence": confidence,
        "remaining": remaining,
        "sign": music_sign(music, follow=state.follow, sure=sure),
    }


def bar_and_beat(score: Score, quarter: Quarters) -> tuple[Bar | None, int | None]:
    """The bar that sounds at `quarter` and the beat in it, from 1; Nones without bars."""
    if not score.bars:
        return None, None
    index = bisect_right(score.bars, quarter + _EDGE, key=lambda bar: bar.start) - 1
    bar = score.bars[max(index, 0)]
    beat_quarters = 4.0 / bar.beat_unit
    beat = 1 + int((quarter + _EDGE - bar.start) / beat_quarters)
    return bar, min(max(beat, 1), bar.beats)
