"""What a show is made of, once its folder has been read: numbers, cues, where they go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from collavoce.company.people import Exit, Person, Seat, Zone
from collavoce.units import Quarters, Seconds


class Department(StrEnum):
    """Who a cue belongs to; always shown as letters, the colour only doubles them."""

    LX = "LX"
    SND = "SND"
    VID = "VID"
    PEO = "PEO"


class AfterJump(StrEnum):
    """What a cue does when the music jumps over it, or comes back to it after it has fired."""

    FIRE = "fire"
    OFFER = "offer"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Fires when the music reaches `quarter`. words: the place as written in the folder."""

    quarter: Quarters
    words: str


@dataclass(frozen=True, slots=True)
class AfterCue:
    """Fires `wait` after another cue of the same number fired."""

    cue: str
    wait: Seconds


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Fires `wait` after the music's true end: the last onset, held as written."""

    wait: Seconds


@dataclass(frozen=True, slots=True)
class ByHand:
    """Fires on GO only."""


Trigger = AtPlace | AfterCue | AtEnd | ByHand


@dataclass(frozen=True, slots=True)
class SendOsc:
    """One OSC message to a named destination of the patch."""

    to: str
    address: str
    args: tuple[int | float | str | bool, ...] = ()


@dataclass(frozen=True, slots=True)
class SetLevels:
    """Channels of the patch (by name) fade to levels 0..1 within `fade`."""

    levels: Mapping[str, float]
    fade: Seconds


@dataclass(frozen=True, slots=True)
class CallPerson:
    """The cue is a person: whoever holds `seat` is in position at `exit`.

    Standby goes out `lead` before the predicted end of the number.
    """

    seat: str
    exit: str
    lead: Seconds


Action = SendOsc | SetLevels | CallPerson


@dataclass(frozen=True, slots=True)
class Cue:
    """number: free ("2.1", "LFX34-5", "24-ON"), unique within the show.

    lead : of a place cue: it fires when its place is foreseen to be so many seconds away, so that
        what it begins is over, or has arrived, when the music is there. 0: at the place.
    """

    number: str
    name: str
    department: Department
    trigger: Trigger
    actions: tuple[Action, ...]
    again: AfterJump = AfterJump.DROP
    """met again after a jump back"""
    skipped: AfterJump = AfterJump.DROP
    """jumped over"""
    lead: Seconds = Seconds(0.0)


@dataclass(frozen=True, slots=True)
class Number:
    """One item of the set list.

    score : path relative to the folder, None without one.
    last_hold : written length of the last onset, 0 without a score.
    transpose : semitones added to every key that is heard, for a keyboard set to another key.
    """

    id: str
    title: str
    score: str | None
    performer: str | None
    cues: tuple[Cue, ...]
    last_hold: Quarters = Quarters(0.0)
    transpose: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """One dimmer: sACN universe 1..63999, address 1..512."""

    name: str
    universe: int
    address: int


@dataclass(frozen=True, slots=True)
class Patch:
    """Where things go. osc: name -> (host, port); sacn: destinations of the light data."""

    osc: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    sacn: tuple[tuple[str, int], ...] = ()
    sacn_priority: int = 100
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])


@dataclass(frozen=True, slots=True)
class Show:
    """Everything `show.toml` says, places resolved."""

    title: str
    timezone: str
    numbers: tuple[Number, ...]
    people: Mapping[str, Person]
    exits: Mapping[str, Exit]
    seats: Mapping[str, Seat]
    patch: Patch
    guard: Seconds = Seconds(0.5)
    """GO is deaf this long after a GO"""
    emergency: str = "112"
    """the local emergency number, on every press page"""
    zones: Mapping[str, Zone] = field(default_factory=dict[str, Zone])
    """every zone of the house, exits among them"""
    starts: str = ""
    """when the performance begins, "19:30" in the venue's time zone; "" where it is not said"""
    line_days: int = 365
    """how long the security record is kept, in days: the law of the place says it"""
    numbers_by_cue: Mapping[str, Number] = field(init=False, repr=False, compare=False)
    cues_after: Mapping[str, tuple[Cue, ...]] = field(init=False, repr=False, compare=False)
    """both derived, once: a GO late in a long show is as quick as the first"""

    def __post_init__(self) -> None:
        by_cue: dict[str, Number] = {}
        after: dict[str, tuple[Cue, ...]] = {}
        for number in self.numbers:
            for cue in number.cues:
                by_cue.setdefault(cue.number, number)
                if isinstance(cue.trigger, AfterCue):
                    after[cue.trigger.cue] = (*after.get(cue.trigger.cue, ()), cue)
        object.__setattr__(self, "numbers_by_cue", by_cue)
        object.__setattr__(self, "cues_after", after)

    def number(self, number_id: str) -> Number:
        """The number called `number_id`; raises KeyError."""
        for number in self.numbers:
            if number.id == number_id:
                return number
        raise KeyError(number_id)

    def cue(self, cue_number: str) -> Cue:
        """The cue called `cue_number`; raises KeyError."""
        for cue in self.numbers_by_cue[cue_number].cues:
            if cue.number == cue_number:
                return cue
        raise KeyError(cue_number)
