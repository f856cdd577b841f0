"""What happened to the show: facts, past tense, kept for ever in the show ledger.

`at` is the show clock (Instant) at which the fact was decided. A body is never rewritten; a new
version of an event is a new class and a pure function lifts the old one.
"""

import msgspec

from collavoce.following.estimate import Music
from collavoce.show.told.edits import CuesSwitched, EditRedone, EditUndone, ShowLocked
from collavoce.show.told.event import Cause, Event, Sending
from collavoce.show.told.restrictions import RestrictionLifted, RestrictionNoted
from collavoce.show.told.running import (
    CueAnswered,
    CueAuditioned,
    CueBegun,
    CueEnded,
    CueHalted,
    CuePassed,
    CuePaused,
    CueResumed,
    PersonSaid,
)
from collavoce.show.told.setlist import NumberProposed, ProposalWithdrawn, SetListChanged
from collavoce.show.told.standby import (
    HazardConfirmed,
    StandbyAnswered,
    StandbyCalled,
    StandbyOverridden,
    StandbyReleased,
)
from collavoce.show.told.timers import TimerPaused, TimerReset, TimerSet, TimerStarted
from collavoce.show.told.tracking import StageTracked


class ShowOpened(Event, frozen=True):
    """A performance began. plan: hash of the show as read."""

    title: str
    plan: str


class NumberStarted(Event, frozen=True):
    """`number` is the current one; its cues are armed."""

    number: str


class CueFired(Event, frozen=True):
    """A cue fired. quarter/heard_at: what the follower believed, None by hand without music.

    lands : seconds until what it sends has arrived everywhere, by the latency book: whatever is
    quicker than the slowest destination of what fired together waits for it. 0: nothing waits.
    """

    cue: str
    cause: Cause
    by: str
    quarter: float | None = None
    heard_at: float | None = None
    lands: float = 0.0


class CueSent(Event, frozen=True):
    """The datagrams of a firing left. ms: from the trigger (heard or pressed) to the wire.

    sent : what went where, in the order in which it left.
    """

    cue: str
    datagrams: int
    ms: float
    problem: str = ""
    sent: tuple[Sending, ...] = ()

    @property
    def late_ms(self) -> float:
        """`ms` without what the latency book kept back: the latest of what it sent."""
        if not any(one.waited for one in self.sent):
            return self.ms
        return max(one.late_ms for one in self.sent)


class CueOffered(Event, frozen=True):
    """The caller is offered the cue; by itself it does not fire now.

    stays : its policy says so. The follower being sure again does not fire it then.
    """

    cue: str
    why: str
    stays: bool = False


class LeadUnmet(Event, frozen=True):
    """The cue fired ahead of its place, and the music did not go on to it. It is not taken back."""

    cue: str
    why: str


class CueDropped(Event, frozen=True):
    """A cue was disarmed without firing (jumped over)."""

    cue: str
    why: str


class MusicJumped(Event, frozen=True):
    """The player went elsewhere."""

    origin: float
    target: float


class MusicPlaced(Event, frozen=True):
    """A person said where the music is, and is believed."""

    origin: float
    target: float
    by: str


class MusicChanged(Event, frozen=True):
    """The follower's state changed."""

    state: Music
    quarter: float


class MusicEnded(Event, frozen=True):
    """The last onset was heard; the true end is `held` seconds later, held as written."""

    quarter: float
    held: float = 0.0


class PointerMoved(Event, frozen=True):
    """The standby pointer stands at `cue` (None: past the last)."""

    cue: str | None
    by: str


class CuesArmed(Event, frozen=True):
    """Exactly `cues` of the current number are armed now (go to)."""

    cues: tuple[str, ...]
    by: str


class ShowHeld(Event, frozen=True):
    """Nothing fires by itself."""

    by: str


class ShowResumed(Event, frozen=True):
    """The hold is over."""

    by: str


class ShowStopped(Event, frozen=True):
    """Everything fades, or with `hard` is cut; held."""

    by: str
    fade: float
    hard: bool = False


class FollowSwitched(Event, frozen=True):
    """The follower may fire, or may not."""

    on: bool
    by: str


class ExitStandby(Event, frozen=True):
    """Somebody is asked into position. off_at: predicted instant of the performer's coming off."""

    cue: str
    seat: str
    person: str | None
    exit: str
    off_at: float


class ExitCorrected(Event, frozen=True):
    """The prediction moved by more than a second; None: the music stands, length unknown."""

    cue: str
    off_at: float | None


class ExitAcknowledged(Event, frozen=True):
    """The person is in position."""

    cue: str
    person: str


class ExitNotClear(Event, frozen=True):
    """The person is not in position, and says why."""

    cue: str
    person: str
    reason: str


class LightsOut(Event, frozen=True):
    """The lights' network carried zero on every patched channel after the end."""


class NoteMarked(Event, frozen=True):
    """The caller's note."""

    text: str
    by: str


class RiskRaised(Event, frozen=True):
    """It may come to a hold. place: a zone's id, "" for none; line: it follows from a breach.

    holder : whose decision it is, "" where the show names no caller.
    """

    risk: str
    place: str
    line: bool
    holder: str


class RiskTaken(Event, frozen=True):
    """The decision about a risk is `holder`'s now."""

    risk: str
    holder: str
    by: str


class RiskCleared(Event, frozen=True):
    """Whoever held the decision says that the risk is over."""

    risk: str
    by: str


class AvailabilitySaid(Event, frozen=True):
    """`person` is available again, or is not. There is no reason to it and nobody's name.

    rehearses, until : as in `SetAvailable`; only what they let be shown.
    """

    person: str
    available: bool
    rehearses: bool | None = None
    until: str = ""


class StopAsked(Event, frozen=True):
    """A stop was asked for from beside the stage. holder: whose decision the rest is."""

    ask: str
    holder: str


class ReportWritten(Event, frozen=True):
    """A line of the show report."""

    text: str
    by: str


class ShowClosed(Event, frozen=True):
    """The performance was closed in order."""


AnyEvent = (
    ShowOpened
    | NumberStarted
    | CueFired
    | CueSent
    | CueOffered
    | LeadUnmet
    | CueDropped
    | MusicJumped
    | MusicPlaced
    | MusicChanged
    | MusicEnded
    | PointerMoved
    | CuesArmed
    | ShowHeld
    | ShowResumed
    | ShowStopped
    | FollowSwitched
    | ExitStandby
    | ExitCorrected
    | ExitAcknowledged
    | ExitNotClear
    | LightsOut
    | NoteMarked
    | RiskRaised
    | RiskTaken
    | RiskCleared
    | AvailabilitySaid
    | RestrictionNoted
    | RestrictionLifted
    | StopAsked
    | ReportWritten
    | ShowClosed
    | StandbyCalled
    | StandbyAnswered
    | StandbyOverridden
    | StandbyReleased
    | HazardConfirmed
    | CueBegun
    | CuePassed
    | CuePaused
    | CueResumed
    | CueHalted
    | CueEnded
    | CueAuditioned
    | CueAnswered
    | PersonSaid
    | CuesSwitched
    | ShowLocked
    | EditUndone
    | EditRedone
    | SetListChanged
    | NumberProposed
    | ProposalWithdrawn
    | TimerStarted
    | TimerPaused
    | TimerReset
    | TimerSet
    | StageTracked
)


class Refused(msgspec.Struct, frozen=True):
    """Why a command was not carried out: a value, in words for the person who asked."""

    why: str


Decision = tuple[AnyEvent, ...] | Refused
