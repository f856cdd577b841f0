"""What may be asked of cues under way, and what comes from outside the desk."""

from collavoce.show.asked.command import Command
from collavoce.show.person import PersonIs


class FireByInput(Command, frozen=True):
    """An input that `cue` lists came in. source: what and from where, as the log will say."""

    cue: str
    source: str


class ReadClock(Command, frozen=True):
    """The venue's time of day was read.

    now, before : seconds since the midnight with which the day of the performance began, now and
        when it was read last; above 86400 after the next midnight. Clock cues in (before, now] are
        due. A step back fires nothing; a step forward of more than a minute offers.
    """

    now: float
    before: float


class SayPerson(Command, frozen=True):
    """`person` is where `state` says: said by themself, by the caller, by a steward."""

    person: str
    state: PersonIs


class Audition(Command, frozen=True):
    """Show what `cue` would send on the virtual stage only; nothing leaves the house."""

    cue: str


class PauseCue(Command, frozen=True):
    """What `cue` has under way (wait, fade, sound) stands still."""

    cue: str


class ResumeCue(Command, frozen=True):
    """What `cue` has paused goes on."""

    cue: str


class HaltCue(Command, frozen=True):
    """What `cue` has under way ends, sound and light faded to nothing in `fade` seconds."""

    cue: str
    fade: float = 0.0


class HearAnswer(Command, frozen=True):
    """The other end answered what `cue` sent. ok: it took it. ms: from sending to answer."""

    cue: str
    to: str
    answer: str
    ok: bool
    ms: float
