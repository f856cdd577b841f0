"""What happened to standbys."""

from collavoce.show.told.event import Event


class StandbyCalled(Event, frozen=True):
    """`cue` is called. people: who is asked to answer; none where nobody is named."""

    cue: str
    by: str
    people: tuple[str, ...] = ()


class StandbyAnswered(Event, frozen=True):
    """`person` is ready, or is not and says why. by: whoever entered it."""

    cue: str
    person: str
    clear: bool
    by: str
    reason: str = ""


class StandbyOverridden(Event, frozen=True):
    """`by` fires `cue` although somebody is not clear. why: what was overridden."""

    cue: str
    by: str
    why: str


class StandbyReleased(Event, frozen=True):
    """The standby was taken back."""

    cue: str
    by: str


class HazardConfirmed(Event, frozen=True):
    """The operator of a hazardous cue says that they fired it on their own system, or did not."""

    cue: str
    person: str
    done: bool
    by: str
