"""The place in the music: small, sent often."""

from collavoce.desk.views.signs import View, music_sign
from collavoce.following.estimate import Estimate
from collavoce.score.model import Score
from collavoce.score.places import where
from collavoce.show.state import ShowState
from collavoce.show.sure import why_unsure
from collavoce.units import Quarters


def place_view(state: ShowState, estimate: Estimate | None, score: Score | None) -> View:
    """Where the music is, how fast, how sure; quarter None while nothing is known of it."""
    if estimate is None:
        sure = True
        music = state.music
        quarter = state.quarter if state.number is not None else None
        tempo, confidence, remaining = None, None, None
    else:
        sure = why_unsure(estimate) is None
        music = estimate.state
        quarter = round(estimate.quarter, 3)
        tempo = round(estimate.tempo)
        confidence = round(estimate.confidence, 2)
        remaining = None if estimate.remaining is None else round(estimate.remaining)
    at = None
    if score is not None and quarter is not None and score.bars:
        at = where(score, Quarters(quarter))
    return {
        "quarter": quarter,
        "bar": None if at is None else at.bar,
        "turn": None if at is None else at.turn,
        "beat": None if at is None else int(at.beat),
        "tempo": tempo,
        "confidence": confidence,
        "remaining": remaining,
        "sign": music_sign(music, follow=state.follow, sure=sure),
    }
