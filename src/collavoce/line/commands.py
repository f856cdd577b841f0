"""What may be asked of the line. Who asks comes from their device, never from the command.

A `key` is the asker's own random id: the same one asks only once, and names what came of it.
"""

from typing import Annotated

import msgspec

from collavoce.line.hazards import MINUTES_LEAST, MINUTES_MOST, Kind

Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Command(msgspec.Struct, frozen=True, tag=True):
    """The base of every command."""


class RaiseLine(Command, frozen=True):
    """Somebody of the audience is through, at `zone`. One press."""

    key: Key
    zone: Id


class ComeToLine(Command, frozen=True):
    """Security is on the way to the breach."""

    breach: Key


class LogRadio(Command, frozen=True):
    """The radio word for the breach was given now."""

    breach: Key


class ResolveLine(Command, frozen=True):
    """The line stands again."""

    breach: Key


class WriteRecord(Command, frozen=True):
    """What security writes of a breach; written again it replaces what stood there."""

    breach: Key
    camera: Annotated[str, msgspec.Meta(max_length=60)] = ""
    police: Annotated[str, msgspec.Meta(max_length=60)] = ""
    text: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class KeepClear(Command, frozen=True):
    """The way at `zone` is to be kept clear. No name, no reason."""

    key: Key
    zone: Id


class LiftClear(Command, frozen=True):
    """That way need not be kept clear any more."""

    clear: Key


class AskMedic(Command, frozen=True):
    """A medic, please, at `zone`, "" where nobody knows. No name, no reason."""

    key: Key
    zone: Annotated[str, msgspec.Meta(max_length=100)]


class TakeMedic(Command, frozen=True):
    """The medic who says it is on the way."""

    medic: Key


class EndMedic(Command, frozen=True):
    """The medic says it is done."""

    medic: Key


class SayEars(Command, frozen=True):
    """`person` has their ears out, or in again: a fact about equipment."""

    person: Id
    out: bool


class AskSupport(Command, frozen=True):
    """Ask every seat's device whether it is awake and in place."""

    key: Key


class ConfirmSupport(Command, frozen=True):
    """The device of a seat was tapped, awake and in place. trip_ms: as the page measured it."""

    round: Key
    trip_ms: Annotated[float, msgspec.Meta(ge=0.0, le=60_000.0)] = 0.0


class TickDrill(Command, frozen=True):
    """The drill was done: by voice, or by hand."""

    by_hand: bool


class StopShow(Command, frozen=True):
    """Stop the show: it holds at once. No name."""

    key: Key


class RaiseRisk(Command, frozen=True):
    """A hold may come. No name, no reason, no length."""

    key: Key


class HandToFriend(Command, frozen=True):
    """Hand `person`, who cannot press, to their friend.

    The answer is the same whatever `person` has written and whoever is called, or is not.
    """

    key: Key
    person: Id


class RaiseHazard(Command, frozen=True):
    """There is a hazard of this kind at `zone`, for so many minutes from now. No name.

    Said again it lasts from then on; it never ends sooner for it.
    """

    zone: Id
    kind: Kind
    minutes: Annotated[int, msgspec.Meta(ge=MINUTES_LEAST, le=MINUTES_MOST)]


class LiftHazard(Command, frozen=True):
    """It is over."""

    zone: Id
    kind: Kind


AnyCommand = (
    RaiseLine
    | ComeToLine
    | LogRadio
    | ResolveLine
    | WriteRecord
    | KeepClear
    | LiftClear
    | AskMedic
    | TakeMedic
    | EndMedic
    | SayEars
    | AskSupport
    | ConfirmSupport
    | TickDrill
    | StopShow
    | RaiseRisk
    | HandToFriend
    | RaiseHazard
    | LiftHazard
)
