"""A number that ends early tonight: what is heard of it is heard as if it were written so."""

import msgspec

from collavoce.following.estimate import Estimate, Music
from collavoce.show.cues import Finish, Show
from collavoce.show.setlist.tonight import SAME_PLACE, finish_of, number_called
from collavoce.show.state import ShowState
from collavoce.units import Quarters, Seconds

GOING_ON = frozenset({Music.FOLLOWING, Music.HELD, Music.ENDED})
"""States in which a place behind the last onset says that it was heard."""


def shortened(show: Show, state: ShowState, estimate: Estimate) -> Estimate:
    """`estimate` as it reads while the current number ends early; itself where it does not."""
    finish = finish_of(show, state)
    if finish is None:
        return estimate
    if estimate.quarter < finish.last - SAME_PLACE:
        return msgspec.structs.replace(
            estimate,
            remaining=_until(finish, estimate),
            foreseen=tuple(a for a in estimate.foreseen if a.quarter < finish.quarter),
        )
    over = estimate.state in GOING_ON
    return msgspec.structs.replace(
        estimate,
        quarter=Quarters(min(estimate.quarter, max(finish.last, finish.quarter - SAME_PLACE))),
        state=Music.ENDED if over else estimate.state,
        remaining=Seconds(0.0) if over else estimate.remaining,
        foreseen=(),
    )


def _until(finish: Finish, estimate: Estimate) -> Seconds | None:
    """As played now: the follower itself only knows how long it is to the end as written."""
    if estimate.remaining is None or estimate.tempo <= 0:
        return None
    return Seconds((finish.last - estimate.quarter) * 60 / estimate.tempo)


def last_hold(show: Show, state: ShowState) -> Quarters:
    """The written length of the last onset of the current number tonight."""
    finish = finish_of(show, state)
    if finish is not None:
        return finish.hold
    number = number_called(show, state.number)
    return Quarters(0.0) if number is None else number.last_hold
