"""When the follower is believed."""

from collavoce.following.estimate import Estimate, Music
from collavoce.words import say

FIRE_CONFIDENCE = 0.8
"""Confidence is the probability of being right within 300 ms, as counted. A cue that fires wrongly
does more harm than one that is offered: of five fired just here at most one may be wrong. Playing
as written is nearly always above it, so that callers do not learn to ignore the offer."""

BELIEVED = frozenset({Music.FOLLOWING, Music.JUMPED, Music.ENDED})
"""Held music has reached nothing new, lost music is anywhere, waiting music nowhere."""


def why_unsure(estimate: Estimate) -> str | None:
    """Why nothing may fire on `estimate`, in words; None when it is believed."""
    if estimate.state not in BELIEVED:
        return say(f"show.offered.{estimate.state}")
    if not estimate.confidence >= FIRE_CONFIDENCE:
        return say("show.offered.unsure", percent=round(100 * max(0.0, estimate.confidence)))
    return None
