"""When the follower is believed."""

from collavoce.following.estimate import Estimate, Music
from collavoce.words import say

FIRE_CONFIDENCE = 0.5
"""Confidence is the probability of being right within 300 ms. At one half a cue fired by itself is
as likely right as wrong; below, the caller, who has eyes, is the better judge. Higher would offer
cues through every free passage and teach callers to ignore the offer."""

BELIEVED = frozenset({Music.FOLLOWING, Music.JUMPED, Music.ENDED})
"""Held music has reached nothing new, lost music is anywhere, waiting music nowhere."""


def why_unsure(estimate: Estimate) -> str | None:
    """Why nothing may fire on `estimate`, in words; None when it is believed."""
    if estimate.state not in BELIEVED:
        return say(f"show.offered.{estimate.state}")
    if not estimate.confidence >= FIRE_CONFIDENCE:
        return say("show.offered.unsure", percent=round(100 * max(0.0, estimate.confidence)))
    return None
