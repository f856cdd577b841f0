"""How long what a cue does lasts, and what it brings when it is over, as written in the show."""

from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue, Show
from collavoce.show.running.under_way import UnderWay
from collavoce.show.state import ShowState
from collavoce.show.states.running import Running
from collavoce.show.triggers import AfterCue
from collavoce.units import Seconds


def group_of(cue: Cue) -> FireGroup | None:
    """The group that `cue` fires; a cue fires at most one."""
    return next((action for action in cue.actions if isinstance(action, FireGroup)), None)


def comes_after(group: FireGroup) -> dict[str, Seconds]:
    """When each member comes, seconds after the group; of a time line, else 0 for all."""
    if group.order is not Order.TIMELINE:
        return dict.fromkeys(group.cues, Seconds(0.0))
    # A member without a time of its own comes at once; the reader says so before.
    padded = (*group.times, *[Seconds(0.0)] * len(group.cues))
    return dict(zip(group.cues, padded, strict=False))


def brings_after(show: Show, number: str) -> tuple[tuple[Cue, Seconds], ...]:
    """The cues that hang on the end of a cue, each with its wait."""
    after = ((cue, cue.trigger) for cue in show.cues_after.get(number, ()))
    return tuple(
        (c, hangs.wait) for c, hangs in after if isinstance(hangs, AfterCue) and hangs.done
    )


def brings_at_once(show: Show, number: str) -> tuple[tuple[Cue, Seconds], ...]:
    """The cues that hang on the firing of a cue, each with its wait."""
    after = ((cue, cue.trigger) for cue in show.cues_after.get(number, ()))
    return tuple(
        (c, hangs.wait) for c, hangs in after if isinstance(hangs, AfterCue) and not hangs.done
    )


def running(show: Show, state: ShowState, cue: Cue, at: float) -> Running | None:
    """`cue` under way once it has fired at `at`; None where that is over and nobody asks.

    A hazard that something hangs on is over when its operator confirms it; a loop when somebody
    ends it.
    """
    group = group_of(cue)
    then = bool(brings_after(show, cue.number))
    loops = any(isinstance(action, PlaySound) and action.loop for action in cue.actions)
    asked = then or UnderWay(state).awaited(cue.number)
    if not (cue.seconds > 0 or loops or group is not None or asked):
        return None
    return Running(
        began=at,
        until=None if loops or (cue.hazard and asked) else at + cue.seconds,
        then=then,
        members=() if group is None else group.cues,
        left=group.cues if group is not None and group.order is Order.SEQUENCE else (),
    )
