"""What each event makes of the state. Never refuses, never acts: replay and live are this fold."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from collavoce.following.estimate import Music
from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.edits.fold import FOLDS as EDITS
from collavoce.show.event import Cause, Event
from collavoce.show.folds import line, music
from collavoce.show.folds.music import now_for_waits
from collavoce.show.order import cues_of, end_cues, followers, places
from collavoce.show.running.fold import FOLDS as RUNNING
from collavoce.show.setlist.fold import FOLDS as SETLIST
from collavoce.show.standby.fold import FOLDS as STANDBY
from collavoce.show.state import ExitState, Fired, ShowState
from collavoce.show.timers.fold import FOLDS as TIMERS
from collavoce.show.tracking.fold import FOLDS as TRACKING


def evolve(show: Show, state: ShowState, event: e.AnyEvent) -> ShowState:
    """The state after `event`."""
    return EVENTS[type(event)](show, state, event)


def _show_opened(_show: Show, _state: ShowState, _event: e.ShowOpened) -> ShowState:
    return ShowState(opened=True)


def _number_started(show: Show, state: ShowState, event: e.NumberStarted) -> ShowState:
    """A fresh pass: the number's own cues forget what they did; those of others go on."""
    cues = cues_of(show, event.number)
    own = {cue.number for cue in cues}
    return replace(
        state,
        number=event.number,
        started_at=event.at,
        pointer=cues[0].number if cues else None,
        armed=frozenset(cue.number for _, cue in (*places(cues), *end_cues(cues))),
        offered=frozenset[str](),
        dropped=frozenset[str](),
        left_to_hand=frozenset[str](),
        ahead={},
        arrival=None,
        fired={cue: fired for cue, fired in state.fired.items() if cue not in own},
        waiting={cue: due for cue, due in state.waiting.items() if cue not in own},
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
    )


def _without(table: Mapping[str, float], cue: str) -> dict[str, float]:
    return {other: due for other, due in table.items() if other != cue}


def _cue_fired(show: Show, state: ShowState, event: e.CueFired) -> ShowState:
    """Disarmed, counted, and whatever follows it by itself is under way.

    An after-cue follows each firing of its cue once: one that a hand fired ahead of its cue does
    not come a second time, one whose cue is fired by hand again does.
    """
    before = state.fired.get(event.cue)
    times = before.times + 1 if before else 1
    by_hand = event.cause is Cause.HAND
    start = now_for_waits(state, event.at)
    waiting = _without(state.waiting, event.cue)
    for cue, wait in followers(show, event.cue):
        done = state.fired.get(cue.number)
        if by_hand or done is None or done.times < times:
            waiting[cue.number] = start + wait
    return replace(
        state,
        armed=state.armed - {event.cue},
        offered=state.offered - {event.cue} - waiting.keys(),
        dropped=state.dropped - {event.cue},
        left_to_hand=state.left_to_hand - {event.cue},
        ahead=_ahead(state, event),
        fired={**state.fired, event.cue: Fired(times, event.at, event.by)},
        last_fired=event.cue,
        last_go_at=event.at if by_hand else state.last_go_at,
        waiting=waiting,
        quarter=state.quarter if event.quarter is None else event.quarter,
    )


def _ahead(state: ShowState, event: e.CueFired) -> dict[str, bool]:
    others = {cue: said for cue, said in state.ahead.items() if cue != event.cue}
    return {**others, event.cue: False} if event.cause is Cause.AHEAD else others


def _cue_sent(_show: Show, state: ShowState, event: e.CueSent) -> ShowState:
    fired = state.fired.get(event.cue)
    if fired is None:
        return state
    return replace(state, fired={**state.fired, event.cue: replace(fired, ms=event.ms)})


def _cue_offered(_show: Show, state: ShowState, event: e.CueOffered) -> ShowState:
    """An offered cue waits for nothing but a hand, or for the music to be sure of its place."""
    return replace(
        state,
        offered=state.offered | {event.cue},
        left_to_hand=state.left_to_hand | {event.cue} if event.stays else state.left_to_hand,
        waiting=_without(state.waiting, event.cue),
    )


def _cue_dropped(_show: Show, state: ShowState, event: e.CueDropped) -> ShowState:
    return replace(
        state,
        armed=state.armed - {event.cue},
        offered=state.offered - {event.cue},
        left_to_hand=state.left_to_hand - {event.cue},
        dropped=state.dropped | {event.cue},
        waiting=_without(state.waiting, event.cue),
    )


def _pointer_moved(_show: Show, state: ShowState, event: e.PointerMoved) -> ShowState:
    return replace(state, pointer=event.cue)


def _cues_armed(show: Show, state: ShowState, event: e.CuesArmed) -> ShowState:
    """Nothing of the number is under way any more; the follower joins in where the music is."""
    own = {cue.number for cue in cues_of(show, state.number)}
    return replace(
        state,
        armed=frozenset(event.cues),
        offered=frozenset[str](),
        dropped=frozenset[str](),
        left_to_hand=frozenset[str](),
        ahead={cue: said for cue, said in state.ahead.items() if cue not in event.cues},
        waiting={cue: due for cue, due in state.waiting.items() if cue not in own},
        rejoin=True,
    )


def _show_held(_show: Show, state: ShowState, event: e.ShowHeld) -> ShowState:
    return replace(state, held=True, held_at=state.held_at if state.held else event.at)


def _show_resumed(_show: Show, state: ShowState, event: e.ShowResumed) -> ShowState:
    """Whatever was waiting has as long to wait as when the hold began."""
    stood = event.at - now_for_waits(state, event.at)
    return replace(
        state,
        held=False,
        held_at=None,
        stop_asked=None,
        waiting={cue: due + stood for cue, due in state.waiting.items()},
        rejoin=True,
    )


def _show_stopped(_show: Show, state: ShowState, event: e.ShowStopped) -> ShowState:
    return replace(state, held=True, held_at=event.at, waiting={})


def _follow_switched(_show: Show, state: ShowState, event: e.FollowSwitched) -> ShowState:
    return replace(state, follow=event.on, rejoin=state.rejoin or event.on)


def _exit_standby(_show: Show, state: ShowState, event: e.ExitStandby) -> ShowState:
    way = ExitState(
        seat=event.seat,
        person=event.person,
        exit=event.exit,
        standby_at=event.at,
        off_at=event.off_at,
    )
    return replace(state, exits={**state.exits, event.cue: way})


def _exit_corrected(_show: Show, state: ShowState, event: e.ExitCorrected) -> ShowState:
    return _exit(
        state, event.cue, lambda way: replace(way, off_at=event.off_at, corrected_at=event.at)
    )


def _exit_acknowledged(_show: Show, state: ShowState, event: e.ExitAcknowledged) -> ShowState:
    return _exit(
        state,
        event.cue,
        lambda way: replace(way, acknowledged_by=event.person, not_clear=None),
    )


def _exit_not_clear(_show: Show, state: ShowState, event: e.ExitNotClear) -> ShowState:
    return _exit(
        state,
        event.cue,
        lambda way: replace(way, acknowledged_by=None, not_clear=event.reason),
    )


def _exit(state: ShowState, cue: str, change: Callable[[ExitState], ExitState]) -> ShowState:
    way = state.exits.get(cue)
    if way is None:
        return state
    return replace(state, exits={**state.exits, cue: change(way)})


def _lights_out(_show: Show, state: ShowState, event: e.LightsOut) -> ShowState:
    return replace(state, lights_out_at=event.at)


def _note_marked(_show: Show, state: ShowState, _event: e.NoteMarked) -> ShowState:
    return state


def _show_closed(_show: Show, state: ShowState, _event: e.ShowClosed) -> ShowState:
    return replace(state, closed=True)


EVENTS: Mapping[type[Event], Callable[[Show, ShowState, Any], ShowState]] = {
    e.ShowOpened: _show_opened,
    e.NumberStarted: _number_started,
    e.CueFired: _cue_fired,
    e.CueSent: _cue_sent,
    e.CueOffered: _cue_offered,
    e.LeadUnmet: music.lead_unmet,
    e.CueDropped: _cue_dropped,
    e.MusicJumped: music.music_jumped,
    e.MusicPlaced: music.music_placed,
    e.MusicChanged: music.music_changed,
    e.MusicEnded: music.music_ended,
    e.PointerMoved: _pointer_moved,
    e.CuesArmed: _cues_armed,
    e.ShowHeld: _show_held,
    e.ShowResumed: _show_resumed,
    e.ShowStopped: _show_stopped,
    e.FollowSwitched: _follow_switched,
    e.ExitStandby: _exit_standby,
    e.ExitCorrected: _exit_corrected,
    e.ExitAcknowledged: _exit_acknowledged,
    e.ExitNotClear: _exit_not_clear,
    e.LightsOut: _lights_out,
    e.NoteMarked: _note_marked,
    e.RiskRaised: line.risk_raised,
    e.RiskTaken: line.risk_taken,
    e.RiskCleared: line.risk_cleared,
    e.AvailabilitySaid: line.availability_said,
    e.StopAsked: line.stop_asked,
    e.ReportWritten: line.unchanged,
    e.ShowClosed: _show_closed,
    **RUNNING,
    **STANDBY,
    **EDITS,
    **SETLIST,
    **TIMERS,
    **TRACKING,
}
"""What each event makes of the state, one line each; a test holds it against `AnyEvent`."""
