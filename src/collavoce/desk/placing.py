"""Where a person may say that the music is: within the score, or back where it was."""

from collavoce.following.estimate import Estimate
from collavoce.score.model import Score
from collavoce.show.state import Came, ShowState
from collavoce.units import Instant, Quarters, Seconds

BACK_S = Seconds(60.0)
"""A jump this long ago is not taken back by one key: the caller has lived with it since."""


def within(score: Score | None, quarter: float) -> Quarters:
    """`quarter`, held within the score."""
    return Quarters(max(0.0, quarter if score is None else min(quarter, score.end)))


def back_where_it_was(state: ShowState, estimate: Estimate | None, now: Instant) -> Quarters | None:
    """Where the music would be without its last jump or placing; None if there is none to undo.

    What was played since was played there instead: the way back is as much farther on.
    """
    arrival = state.arrival
    if arrival is None or arrival.how not in (Came.JUMPED, Came.PLACED):
        return None
    if now - arrival.at > BACK_S:
        return None
    played = 0.0 if estimate is None else max(estimate.quarter - arrival.target, 0.0)
    return Quarters(arrival.origin + played)
