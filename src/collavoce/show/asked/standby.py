"""What may be asked about a standby. People answer with `Acknowledge` and `NotClear`."""

from collavoce.show.asked.command import Command


class CallStandby(Command, frozen=True):
    """Call `cue` to the people of its departments; None: the cue in standby."""

    cue: str | None = None


class ReleaseStandby(Command, frozen=True):
    """Take a standby back: nobody needs to be ready for `cue` any more."""

    cue: str


class ConfirmHazard(Command, frozen=True):
    """`person`, its operator, has fired the hazardous cue on their own certified system.

    done : False: they did not fire it.
    """

    cue: str
    person: str
    done: bool = True
