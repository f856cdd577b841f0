"""What happened to cues under way."""

from collavoce.show.person import PersonIs
from collavoce.show.told.event import Cause, Event


class CueBegun(Event, frozen=True):
    """The trigger of a cue with a pre-wait was met: it fires at `due`."""

    cue: str
    cause: Cause
    by: str
    due: float
    quarter: float | None = None
    heard_at: float | None = None


class CuePassed(Event, frozen=True):
    """It was this cue's turn, and it is disarmed: nothing was sent, the standby goes on."""

    cue: str
    cause: Cause
    by: str


class CuePaused(Event, frozen=True):
    """What the cue has under way stands still."""

    cue: str
    by: str


class CueResumed(Event, frozen=True):
    """It goes on."""

    cue: str
    by: str


class CueHalted(Event, frozen=True):
    """What the cue had under way ends; to nothing within `fade`.

    freeze : its lights stay where they are instead.
    """

    cue: str
    by: str
    fade: float = 0.0
    freeze: bool = False


class CueEnded(Event, frozen=True):
    """What the cue had under way is over; told only where something waits for that."""

    cue: str


class CueAuditioned(Event, frozen=True):
    """What the cue would send was shown on the virtual stage."""

    cue: str
    by: str


class CueAnswered(Event, frozen=True):
    """The other end answered what the cue sent."""

    cue: str
    to: str
    answer: str
    ok: bool
    ms: float


class PersonSaid(Event, frozen=True):
    """Where `person` is, as `by` says."""

    person: str
    state: PersonIs
    by: str
