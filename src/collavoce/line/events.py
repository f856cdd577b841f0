"""What happened at the line: facts, past tense, kept in the line's own file.

`at` is UTC in seconds since 1970. `by` is a person's id, "" for a desk that could be that of
several. Where a helper may ask too (a clear way, a medic, a stop, a hold risk) there is no `by`.
"""

import msgspec


class Event(msgspec.Struct, frozen=True, tag=True):
    """The base of every event."""

    at: float


class LineRaised(Event, frozen=True):
    """The line was breached at `zone`. breach: the asker's key, names it from here on."""

    breach: str
    zone: str
    by: str


class LineAcknowledged(Event, frozen=True):
    """`by` of security is on the way."""

    breach: str
    by: str


class RadioLogged(Event, frozen=True):
    """The radio word was given."""

    breach: str
    by: str


class LineResolved(Event, frozen=True):
    """The line stands again."""

    breach: str
    by: str


class RecordWritten(Event, frozen=True):
    """What security wrote of a breach, in place of what stood there."""

    breach: str
    camera: str
    police: str
    text: str
    by: str


class ClearAsked(Event, frozen=True):
    """The way at `zone` is to be kept clear. desk: it was asked for at the caller's desk."""

    clear: str
    zone: str
    desk: bool


class ClearLifted(Event, frozen=True):
    """It need not be kept clear any more."""

    clear: str


class MedicAsked(Event, frozen=True):
    """A medic is asked for at `zone`. desk: it was asked for at the caller's desk."""

    medic: str
    zone: str
    desk: bool


class MedicComes(Event, frozen=True):
    """The medic `by` is on the way."""

    medic: str
    by: str


class MedicDone(Event, frozen=True):
    """The medic `by` says it is done."""

    medic: str
    by: str


class EarsSaid(Event, frozen=True):
    """`person` has their ears out, or in again."""

    person: str
    out: bool
    by: str


class SupportAsked(Event, frozen=True):
    """Every seat's device is asked. by: "" for the desk, and for the hour before the show."""

    round: str
    by: str


class SupportConfirmed(Event, frozen=True):
    """Whoever holds a seat tapped their device, awake and in place, after `took_s` seconds."""

    round: str
    person: str
    took_s: float
    trip_ms: float


class DrillTicked(Event, frozen=True):
    """The drill was done by voice, or by hand."""

    by_hand: bool
    by: str


class StopAsked(Event, frozen=True):
    """A stop was asked for: the show is told."""

    stop: str


class RiskAsked(Event, frozen=True):
    """A hold may come: the caller is told."""

    risk: str


class HandAsked(Event, frozen=True):
    """Somebody asked that `person` be handed to their friend, and nobody sees that they did."""

    hand: str
    person: str


class HazardRaised(Event, frozen=True):
    """There is a hazard of this kind at `zone` for `minutes` from `at`, or for that long anew."""

    zone: str
    kind: str
    minutes: int


class HazardLifted(Event, frozen=True):
    """It was said to be over before its time."""

    zone: str
    kind: str


class ClockStepped(Event, frozen=True):
    """The machine's clock was set by `seconds` while hazards stood: they last as long as before."""

    seconds: float


HazardEvent = HazardRaised | HazardLifted | ClockStepped
"""What says how long a hazard lasts: read whole at an opening, since an end looks far ahead."""

BreachEvent = LineRaised | LineAcknowledged | RadioLogged | LineResolved | RecordWritten
"""What is kept under one breach, and goes with it when its time is over."""

AnyEvent = (
    BreachEvent
    | ClearAsked
    | ClearLifted
    | MedicAsked
    | MedicComes
    | MedicDone
    | EarsSaid
    | SupportAsked
    | SupportConfirmed
    | DrillTicked
    | StopAsked
    | RiskAsked
    | HandAsked
    | HazardEvent
)


class Refused(msgspec.Struct, frozen=True):
    """Why a command was not carried out: a value, in words for the person who asked."""

    why: str


Decision = tuple[AnyEvent, ...] | Refused


class Kept(msgspec.Struct, frozen=True):
    """It is so, and it is on disk."""


class NotRecorded(msgspec.Struct, frozen=True):
    """The disk did not take it. done: it was told all the same (a breach, a medic)."""

    done: bool


Outcome = Kept | NotRecorded | Refused
