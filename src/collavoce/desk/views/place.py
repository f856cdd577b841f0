"""The place in the music: small, sent often."""

from collavoce.desk.views.signs import View, music_sign
from collavoce.following.estimate import Estimate, Music
from collavoce.score.model import Score
from collavoce.score.places import where
from collavoce.show.cues import Cue, Show
from collavoce.show.order import cues_of
from collavoce.show.rules.ahead import time_to
from collavoce.show.rules.sure import FIRE_CONFIDENCE, why_unsure
from collavoce.show.state import ShowState
from collavoce.show.triggers import AtPlace
from collavoce.units import Quarters
from collavoce.words import say

SURE = ((0.97, "certain"), (0.9, "sure"), (FIRE_CONFIDENCE, "fairly"), (0.4, "doubts"))
"""Confidence at least this -> how sure that is in a word; below all of them "guesses". From
"fairly" on a cue fires by itself."""


def place_view(
    show: Show | None, state: ShowState, estimate: Estimate | None, score: Score | None
) -> View:
    """Where the music is, how fast, how sure; quarter None while nothing is known of it.

    next : the next cue whose place is foreseen, in seconds and give to a tenth; None without one.
    """
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
        "sure": None if estimate is None else sure_words(estimate),
        "remaining": remaining,
        "next": None if estimate is None or show is None else _next(show, state, estimate),
        "sign": music_sign(music, follow=state.follow, sure=sure),
    }


def sure_words(estimate: Estimate) -> str | None:
    """How sure the follower is, in words; None before it has heard anything."""
    if estimate.state is Music.WAITING:
        return None
    word = next((word for least, word in SURE if estimate.confidence >= least), "guesses")
    return say(f"desk.music.sureness.{word}")


def _next(show: Show, state: ShowState, estimate: Estimate) -> View | None:
    """Of the armed cues ahead the nearest, if it is foreseen: when it fires, its lead taken off."""
    if not estimate.foreseen:
        return None
    ahead: list[tuple[Quarters, Cue]] = [
        (cue.trigger.quarter, cue)
        for cue in cues_of(show, state.number)
        if isinstance(cue.trigger, AtPlace)
        and cue.trigger.quarter > estimate.quarter
        and cue.number in state.armed
    ]
    if not ahead:
        return None
    place, cue = min(ahead, key=lambda one: one[0])
    foreseen = time_to(estimate, place)
    if foreseen is None:
        return None
    after, give = foreseen
    return {"cue": cue.number, "in": round(max(after - cue.lead, 0.0), 1), "give": round(give, 1)}


def foreseen_at(state: ShowState, estimate: Estimate | None, cue: Cue) -> float | None:
    """When `cue` will fire by itself, on the show clock; None while nothing says it."""
    if cue.number in state.waiting:
        return None if state.held else state.waiting[cue.number]
    if estimate is None or not estimate.foreseen or cue.number not in state.armed:
        return None
    if not isinstance(cue.trigger, AtPlace):
        return None
    foreseen = time_to(estimate, cue.trigger.quarter)
    return None if foreseen is None else estimate.at + max(foreseen[0] - cue.lead, 0.0)
