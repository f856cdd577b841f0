"""Where the rooms meet: rules that need more than one of them.

`show` and `care` never import each other; if one must ever hear of the other, it is written
here and nowhere else. Today nothing of care passes: a press leaves no trace in the show.
"""

from collections.abc import Mapping

from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Show
from collavoce.show.looks import Look
from collavoce.show.patch import Channel
from collavoce.show.state import ShowState
from collavoce.units import Instant, Seconds

AFTERGLOW = Seconds(3.0)
"""An unattended run stays open this long after its last fade, for whoever still listens."""


def first_number(show: Show) -> str | None:
    """The number that is current when the house opens."""
    return show.numbers[0].id if show.numbers else None


def followers(show: Show) -> Mapping[str, str]:
    """Stage -> the name of its follower, process and mailbox; of a stage without music none.

    The only stage of a show has one in any case. Numbered, because a mailbox's path must be short.
    """
    first = show.stage_ids[0]
    music = {number.stage or first for number in show.numbers if number.score is not None}
    stages = [stage for stage in show.stage_ids if stage in music or not stage]
    return {
        stage: "follower" if index == 1 else f"follower{index}"
        for index, stage in enumerate(stages, 1)
    }


def lit_channels(show: Show, stage: str) -> tuple[Channel, ...]:
    """The channels whose darkness ends a stage: all there are, or of several those of its cues."""
    patched = show.patch.channels
    if len(show.stage_ids) == 1:
        return tuple(patched.values())
    actions = (a for cue in show.on_stage(stage).cues_by_number.values() for a in cue.actions)
    named = {name for a in actions if isinstance(a, SetLevels) for name in a.levels}
    return tuple(channel for name, channel in patched.items() if name in named)


def may_close(state: ShowState, look: Look, now: Instant) -> bool:
    """Whether an unattended performance has nothing left to do.

    The music has ended, nothing waits, no light moves, and has not for `AFTERGLOW`.
    """
    if state.ended_at is None or state.waiting or look.moving_until > now:
        return False
    quiet_since = max(state.ended_at, look.moving_until)
    return now - quiet_since >= AFTERGLOW


def seats_needed(show: Show) -> tuple[str, ...]:
    """The seats that person cues call for, each once, in the order of the cues."""
    seats: dict[str, None] = {}
    for number in show.numbers:
        for cue in number.cues:
            for action in cue.actions:
                if isinstance(action, CallPerson):
                    seats[action.seat] = None
    return tuple(seats)


def empty_seats(show: Show) -> tuple[str, ...]:
    """The seats that are needed and held by nobody tonight."""
    return tuple(s for s in seats_needed(show) if show.seats[s].person is None)
