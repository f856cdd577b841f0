"""What becomes of a cue whose place was reached: a table.

A place cue is *reached* when the music stands at its place or behind it.
"""

from collections.abc import Mapping
from enum import StrEnum

from collavoce.following.estimate import Estimate
from collavoce.show.cues import Cue
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.sure import why_unsure
from collavoce.words import say

SAME_PLACE = 1e-6
"""Quarters. Tuplets add up in thirds on both sides of the comparison."""


class Leave(StrEnum):
    """Whether a cue that was reached may fire by itself."""

    SURE = "sure"
    UNSURE = "unsure"
    NOT_CLEAR = "not clear"
    LEFT_TO_HAND = "its policy is `offer`"
    STOPPED = "held, or follow off"


class Meeting(StrEnum):
    """How the music met the place."""

    NOW = "reached now"
    NEAR = "reached before, still near"
    FAR = "reached before, far behind"


class Outcome(StrEnum):
    """What becomes of a cue that was reached."""

    FIRE = "fires"
    OFFER = "is offered"
    WAIT = "waits"


REACHED: Mapping[tuple[Leave, Meeting], Outcome] = {
    (Leave.SURE, Meeting.NOW): Outcome.FIRE,
    (Leave.SURE, Meeting.NEAR): Outcome.FIRE,
    (Leave.SURE, Meeting.FAR): Outcome.OFFER,
    (Leave.UNSURE, Meeting.NOW): Outcome.OFFER,
    (Leave.UNSURE, Meeting.NEAR): Outcome.OFFER,
    (Leave.UNSURE, Meeting.FAR): Outcome.OFFER,
    (Leave.NOT_CLEAR, Meeting.NOW): Outcome.OFFER,
    (Leave.NOT_CLEAR, Meeting.NEAR): Outcome.OFFER,
    (Leave.NOT_CLEAR, Meeting.FAR): Outcome.OFFER,
    (Leave.LEFT_TO_HAND, Meeting.NOW): Outcome.OFFER,
    (Leave.LEFT_TO_HAND, Meeting.NEAR): Outcome.OFFER,
    (Leave.LEFT_TO_HAND, Meeting.FAR): Outcome.OFFER,
    (Leave.STOPPED, Meeting.NOW): Outcome.WAIT,
    (Leave.STOPPED, Meeting.NEAR): Outcome.WAIT,
    (Leave.STOPPED, Meeting.FAR): Outcome.WAIT,
}
"""`is offered` is said once; `waits` says nothing and leaves the cue armed."""


def leave(draft: Draft, cue: Cue, estimate: Estimate) -> tuple[Leave, str]:
    """May `cue` fire by itself, and if not, why in words."""
    if draft.state.held or not draft.state.follow:
        return Leave.STOPPED, ""
    if cue.number in draft.state.left_to_hand:
        return Leave.LEFT_TO_HAND, say("show.offered.again")
    unsure = why_unsure(estimate)
    if unsure is not None:
        return Leave.UNSURE, unsure
    not_clear = draft.not_by_itself(cue)
    if not_clear is not None:
        return Leave.NOT_CLEAR, not_clear
    return Leave.SURE, say("show.offered.far")
