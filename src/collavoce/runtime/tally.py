"""What a performance came to, counted from its events alone."""

from collections.abc import Collection, Iterable, Sequence

import msgspec

from collavoce.show.cues import Show
from collavoce.show.events import (
    AnyEvent,
    CueDropped,
    CueFired,
    CueOffered,
    CuePassed,
    CuesArmed,
    ExitAcknowledged,
    ExitStandby,
    LightsOut,
    MusicEnded,
    MusicJumped,
    MusicPlaced,
    NumberStarted,
    StageTracked,
)
from collavoce.show.order import find
from collavoce.show.told.event import Cause
from collavoce.show.tracking.brought import with_those_they_bring
from collavoce.show.triggers import ByHand


class Firing(msgspec.Struct, frozen=True):
    """One firing: which cue, at which instant, by what, where the music was believed to be."""

    cue: str
    at: float
    cause: str
    quarter: float | None


class Tally(msgspec.Struct, frozen=True):
    """The counts of one performance.

    planned : cues that fire by themselves in the numbers that were played. came : how many of
    them fired, each counted once. fired : firings of any cue, one that came again counted again.
    passed : planned, never fired, and for a reason that the log says: jumped over, put right behind
    a jump, disarmed; or it would only have come with one of these.
    missed : planned, never fired, and neither passed nor left to the caller by its policy.
    started_at : when the first number became current; its player began `players.LEAD_IN` later.
    doubled : fired again by themselves without a jump, a go-to or a new start in between.
    exit_standby_s : how long before the true end (the last onset, held as written) the first exit
    standby came, and when; None without one.
    """

    planned: int
    fired: int
    came: int
    passed: int
    missed: int
    doubled: int
    offered: int
    firings: tuple[Firing, ...]
    started_at: float
    exit_standby_s: float | None
    exit_standby_at: float | None
    acknowledged: bool
    ended_at: float | None
    lights_out_at: float | None
    events: int


def tally(show: Show, events: Sequence[AnyEvent]) -> Tally:
    """Count what `events` of one performance say about `show`."""
    played = {e.number for e in events if isinstance(e, NumberStarted)}
    planned = {
        cue.number
        for number in show.numbers
        if number.id in played
        for cue in number.cues
        if not isinstance(cue.trigger, ByHand)
    }
    fired = [e for e in events if isinstance(e, CueFired)]
    came = planned & {e.cue for e in fired}
    passed = planned & _passed(show, events, came) - came
    # Left to the caller by its own policy: nothing failed to fire it.
    left = {e.cue for e in events if isinstance(e, CueOffered) and e.stays}
    standby = next((e for e in events if isinstance(e, ExitStandby)), None)
    ended = next((e for e in events if isinstance(e, MusicEnded)), None)
    lights_out = next((e for e in events if isinstance(e, LightsOut)), None)
    return Tally(
        planned=len(planned),
        fired=len(fired),
        came=len(came),
        passed=len(passed),
        missed=len(planned - came - passed - left),
        doubled=_doubled(events),
        offered=sum(isinstance(e, CueOffered) for e in events),
        started_at=next((e.at for e in events if isinstance(e, NumberStarted)), 0.0),
        firings=tuple(Firing(e.cue, e.at, e.cause.value, e.quarter) for e in fired),
        exit_standby_s=None if standby is None or ended is None else ended.at - standby.at,
        exit_standby_at=None if standby is None else standby.at,
        acknowledged=any(isinstance(e, ExitAcknowledged) for e in events),
        ended_at=None if ended is None else ended.at,
        lights_out_at=None if lights_out is None else lights_out.at,
        events=len(events),
    )


def _passed(show: Show, events: Iterable[AnyEvent], came: Collection[str]) -> set[str]:
    """What the music passed without firing it, with what only that would have brought."""
    passed: set[str] = set()
    disarmed: set[str] = set()
    for event in events:
        match event:
            case StageTracked(cues=cues):
                passed.update(cues)
            case CueDropped(cue=cue):
                passed.add(cue)
            case CuePassed(cue=cue):
                disarmed.add(cue)
            case _:
                pass
    # One that fired on another pass has brought what it brings, or failed to.
    bringing = [cue for number in passed - set(came) if (cue := find(show, number)) is not None]
    return disarmed | {cue.number for cue in with_those_they_bring(show, bringing)}


def _doubled(events: Iterable[AnyEvent]) -> int:
    """Firings by themselves of a cue that had fired and was not armed anew since."""
    spent: set[str] = set()
    doubled = 0
    for event in events:
        match event:
            case NumberStarted():
                spent.clear()
            case CuesArmed(cues=cues):
                spent -= set(cues)
            case MusicJumped() | MusicPlaced() if event.target < event.origin:
                spent.clear()
            case CueFired(cue=cue, cause=cause):
                if cue in spent and cause is not Cause.HAND:
                    doubled += 1
                spent.add(cue)
            case _:
                pass
    return doubled
