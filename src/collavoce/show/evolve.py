"""What each event makes of the state. Never refuses, never acts: replay and live are this fold."""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.folds import cues, exits, holding, line, music, numbers
from collavoce.show.folds.edits import FOLDS as EDITS
from collavoce.show.folds.restrictions import FOLDS as RESTRICTIONS
from collavoce.show.folds.running import FOLDS as RUNNING
from collavoce.show.folds.setlist import FOLDS as SETLIST
from collavoce.show.folds.standby import FOLDS as STANDBY
from collavoce.show.folds.timers import FOLDS as TIMERS
from collavoce.show.folds.tracking import FOLDS as TRACKING
from collavoce.show.state import ShowState
from collavoce.show.told.event import Event


def evolve(show: Show, state: ShowState, event: e.AnyEvent) -> ShowState:
    """The state after `event`."""
    return EVENTS[type(event)](show, state, event)


EVENTS: Mapping[type[Event], Callable[[Show, ShowState, Any], ShowState]] = {
    e.ShowOpened: numbers.show_opened,
    e.NumberStarted: numbers.number_started,
    e.CueFired: cues.cue_fired,
    e.CueSent: cues.cue_sent,
    e.CueOffered: cues.cue_offered,
    e.LeadUnmet: music.lead_unmet,
    e.CueDropped: cues.cue_dropped,
    e.MusicJumped: music.music_jumped,
    e.MusicPlaced: music.music_placed,
    e.MusicChanged: music.music_changed,
    e.MusicEnded: music.music_ended,
    e.PointerMoved: cues.pointer_moved,
    e.CuesArmed: cues.cues_armed,
    e.ShowHeld: holding.show_held,
    e.ShowResumed: holding.show_resumed,
    e.ShowStopped: holding.show_stopped,
    e.FollowSwitched: holding.follow_switched,
    e.ExitStandby: exits.exit_standby,
    e.ExitCorrected: exits.exit_corrected,
    e.ExitAcknowledged: exits.exit_acknowledged,
    e.ExitNotClear: exits.exit_not_clear,
    e.LightsOut: exits.lights_out,
    e.NoteMarked: line.unchanged,
    e.RiskRaised: line.risk_raised,
    e.RiskTaken: line.risk_taken,
    e.RiskCleared: line.risk_cleared,
    e.AvailabilitySaid: line.availability_said,
    e.StopAsked: line.stop_asked,
    e.ReportWritten: line.unchanged,
    e.ShowClosed: numbers.show_closed,
    **RESTRICTIONS,
    **RUNNING,
    **STANDBY,
    **EDITS,
    **SETLIST,
    **TIMERS,
    **TRACKING,
}
"""What each event makes of the state, one line each; a test holds it against `AnyEvent`."""
