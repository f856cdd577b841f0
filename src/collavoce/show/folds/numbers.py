"""What the beginning of the show and of its numbers makes of the state."""

from collections.abc import Iterable

from msgspec.structs import replace

from collavoce.following.estimate import Music
from collavoce.show import events as e
from collavoce.show.cues import Cue, Show
from collavoce.show.folds.clearing import nothing_waits, without_all
from collavoce.show.order import cues_of, next_standby
from collavoce.show.setlist.tonight import cues_tonight
from collavoce.show.state import Played, ShowState
from collavoce.show.triggers import AtClock, AtEnd, AtPlace, OnPerson

ARMED = (AtPlace, AtEnd, AtClock, OnPerson)
"""Triggers that are met once: such a cue is armed, and fires by itself only while it is. The others
hang on another cue, or on a hand."""

PLAYED_MOST = 1000
"""Starts that are remembered: many times any evening's."""


def armed_of(cues: Iterable[Cue]) -> tuple[str, ...]:
    """Those of `cues` that may fire by themselves."""
    return tuple(cue.number for cue in cues if isinstance(cue.trigger, ARMED))


def show_opened(_show: Show, _state: ShowState, _event: e.ShowOpened) -> ShowState:
    """A new performance."""
    return ShowState(opened=True)


def number_started(show: Show, state: ShowState, event: e.NumberStarted) -> ShowState:
    """A fresh pass: the number's own cues forget what they did; those of others go on.

    Where people are, and what is called for later, stands until somebody says otherwise.
    """
    cues = cues_tonight(show, state, event.number)
    own = {cue.number for cue in cues_of(show, event.number)}
    left = {cue.number for cue in cues_of(show, state.number)} - own
    return replace(
        nothing_waits(state, own),
        number=event.number,
        started_at=event.at,
        pointer=next_standby(cues, 0),
        armed=frozenset(armed_of(cues)),
        offered=frozenset[str](),
        dropped=frozenset[str](),
        left_to_hand=frozenset[str](),
        ahead={},
        arrival=None,
        fired=without_all(state.fired, own),
        standbys=without_all(state.standbys, left),
        confirmed=without_all(state.confirmed, own),
        exits={
            cue: way
            for cue, way in state.exits.items()
            if cue not in own and cue not in state.fired
        },
        music=Music.WAITING,
        music_at=event.at,
        quarter=0.0,
        ended_at=None,
        lights_out_at=None,
        rejoin=False,
        base=state.levels,
        played=(*state.played, Played(event.number, event.at))[-PLAYED_MOST:],
        astray=None,
        tracked=frozenset[str](),
    )


def show_closed(_show: Show, state: ShowState, _event: e.ShowClosed) -> ShowState:
    """Nothing more is asked of it."""
    return replace(state, closed=True)
