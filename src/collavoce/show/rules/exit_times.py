"""When a person is asked into position, and how often they are told anew."""

from collavoce.show.state import ExitState, ShowState
from collavoce.units import Instant, Seconds

CORRECTION_S = Seconds(1.0)
"""A prediction that moved by less is not worth a look at the phone; nor is one so soon again."""

HELD_UNKNOWN_S = Seconds(3.0)
"""Music that stood this long is no longer a fermata: when it ends is anybody's guess."""

UNSURE_LEAD = 0.5
"""A prediction nobody would fire a cue on does not call anyone at the full lead, but at this share
of it: early costs the person some standing about, late costs the performer their exit."""


def told_at(way: ExitState) -> float:
    """When the person was last told a time, or that there is none."""
    return way.standby_at if way.corrected_at is None else way.corrected_at


def unknown_at(state: ShowState, way: ExitState) -> Instant:
    """When music that stands now will have stood too long for the time that was told."""
    return Instant(max(state.music_at + HELD_UNKNOWN_S, told_at(way) + CORRECTION_S))
