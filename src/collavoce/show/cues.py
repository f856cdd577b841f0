"""What a show is made of, once its folder has been read: numbers, cues, who and what they need."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.company.people import Exit, Person, Seat, Zone
from collavoce.show.actions.action import Action
from collavoce.show.inputs import Input
from collavoce.show.patch import Patch
from collavoce.show.triggers import AfterCue, OnPerson, Trigger
from collavoce.units import Quarters, Seconds


class Department(StrEnum):
    """The departments with a colour of their own; a show may name others in letters of its own.

    Always shown as letters, the colour only doubles them.
    """

    LX = "LX"
    SND = "SND"
    VID = "VID"
    PEO = "PEO"
    FX = "FX"
    FLY = "FLY"
    AUTO = "AUTO"
    SPOT = "SPOT"
    DECK = "DECK"
    MUSIC = "MUSIC"


class AfterJump(StrEnum):
    """What a cue does when the music jumps over it, or comes back to it after it has fired."""

    FIRE = "fire"
    OFFER = "offer"
    DROP = "drop"
    TRACK = "track"  # its look, its looped sound, its arming hold there; nothing fires


@dataclass(frozen=True, slots=True)
class Cue:
    """number: free ("2.1", "LFX34-5", "24-ON"), unique within the show.

    lead : of a place cue: it fires when its place is foreseen to be so many seconds away, so that
        what it begins is over, or has arrived, when the music is there. 0: at the place.
    """

    number: str
    name: str
    department: str
    trigger: Trigger
    actions: tuple[Action, ...]
    again: AfterJump = AfterJump.DROP
    """met again after a jump back"""
    skipped: AfterJump = AfterJump.DROP
    """jumped over"""
    lead: Seconds = Seconds(0.0)
    pre: Seconds = Seconds(0.0)
    """between its trigger and what it does"""
    inputs: tuple[Input, ...] = ()
    """from outside, besides its trigger"""
    hazard: str = ""
    """"pyro", "flying", "rigging": has no wire action; its operator fires and confirms it"""
    needs: tuple[OnPerson, ...] = ()
    """fires by itself only while all of these are so"""
    crew: tuple[str, ...] = ()
    """letters of the departments called to its standby; its own where none are written"""
    brings: tuple[str, ...] = ()
    """what it brings onto the stage, of `company.effects.EFFECTS`"""
    meets: tuple[str, ...] = ()
    """ids of whom that meets; whoever is on stage in its number where none are written"""

    @property
    def seconds(self) -> Seconds:
        """How long what it does takes, of its own actions; its group's members not counted."""
        return Seconds(max((action.seconds for action in self.actions), default=0.0))


@dataclass(frozen=True, slots=True)
class Finish:
    """A place where a number may end early: what stands there is not played any more.

    words : the place as written ("mark C"). quarter : where it is. last : the last onset before
    it. hold : how long that one is held, at most up to the place.
    """

    words: str
    quarter: Quarters
    last: Quarters
    hold: Quarters


@dataclass(frozen=True, slots=True)
class Number:
    """One item of the set list.

    score : path relative to the folder, None without one.
    last_hold : written length of the last onset, 0 without a score.
    transpose : semitones added to every key that is heard, for a keyboard set to another key.
    stage : where it is played, "" where the show has one stage.
    minutes : planned length, None where only the score says it. change : minutes until the next.
    ends : places as written where it may end early; finishes : the same in the music.
    covers : ids of who may play it instead.
    interval : a break; it has no cues of the music.
    reference : path of a recording of it relative to the folder, "" without one.
    players : ids of who plays it besides `performer`.
    """

    id: str
    title: str
    score: str | None
    performer: str | None
    cues: tuple[Cue, ...]
    last_hold: Quarters = Quarters(0.0)
    transpose: int = 0
    stage: str = ""
    minutes: float | None = None
    change: float = 0.0
    ends: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    interval: bool = False
    finishes: tuple[Finish, ...] = ()
    reference: str = ""
    players: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crew:
    """A department of the show: its letters, its name, and who answers its standbys.

    people : ids. operator : which of them fires its hazardous cues on their own system and is
        asked first whether they did, "" for the first.
    """

    letters: str
    name: str = ""
    people: tuple[str, ...] = ()
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One of several stages, each with its own standby, clock of waits and follower.

    midi : the MIDI input its follower hears, "" for the one chosen when the show is opened.
    """

    id: str
    name: str
    midi: str = ""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A timer as written. counts: "up", "down" or "to"; seconds: its length when down.

    until : of "to": seconds since the performance day's midnight in the venue's zone.
    warn : seconds before its end from which it is shown as nearly over.
    """

    id: str
    name: str
    counts: str = "down"
    seconds: Seconds = Seconds(0.0)
    until: Seconds | None = None
    warn: Seconds = Seconds(60.0)


@dataclass(frozen=True, slots=True)
class QuickChange:
    """What a person needs between two numbers: costume, hair, instrument, the way round.

    start, to : ids of the number they come off from and of the one they go on for.
    least : seconds from the end of the first to the beginning of the other.
    """

    person: str
    start: str
    to: str
    least: Seconds


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
    house_rules: tuple[str, ...] = ()
    """what holds for everybody behind the stage, shown to all alike and from nobody's name"""
    zones: Mapping[str, Zone] = field(default_factory=dict[str, Zone])
    """every zone of the house, exits among them"""
    starts: str = ""
    """when the performance begins, "19:30" in the venue's time zone; "" where it is not said"""
    line_days: int = 365
    """how long the security record is kept, in days: the law of the place says it"""
    crews: Mapping[str, Crew] = field(default_factory=dict[str, Crew])
    """departments by their letters, as far as the show names them"""
    stages: Mapping[str, Stage] = field(default_factory=dict[str, Stage])
    timers: Mapping[str, Countdown] = field(default_factory=dict[str, Countdown])
    curfew: Seconds | None = None
    """seconds since the performance day's midnight, in the venue's zone; None without one"""
    changes: tuple[QuickChange, ...] = ()
    numbers_by_cue: Mapping[str, Number] = field(init=False, repr=False, compare=False)
    cues_after: Mapping[str, tuple[Cue, ...]] = field(init=False, repr=False, compare=False)
    cues_by_number: Mapping[str, Cue] = field(init=False, repr=False, compare=False)
    places_by_cue: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """all derived, once: a GO late in a long show is as quick as the first"""

    def __post_init__(self) -> None:
        by_cue: dict[str, Number] = {}
        cues: dict[str, Cue] = {}
        places: dict[str, int] = {}
        after: dict[str, tuple[Cue, ...]] = {}
        for number in self.numbers:
            for place, cue in enumerate(number.cues):
                places.setdefault(cue.number, place)
                by_cue.setdefault(cue.number, number)
                cues.setdefault(cue.number, cue)
                if isinstance(cue.trigger, AfterCue):
                    after[cue.trigger.cue] = (*after.get(cue.trigger.cue, ()), cue)
        object.__setattr__(self, "numbers_by_cue", by_cue)
        object.__setattr__(self, "cues_after", after)
        object.__setattr__(self, "cues_by_number", cues)
        object.__setattr__(self, "places_by_cue", places)

    def number(self, number_id: str) -> Number:
        """The number called `number_id`; raises KeyError."""
        for number in self.numbers:
            if number.id == number_id:
                return number
        raise KeyError(number_id)

    @property
    def stage_ids(self) -> tuple[str, ...]:
        """The stages in order; the one stage of a show that names none is called ""."""
        return tuple(self.stages) or ("",)

    def on_stage(self, stage: str) -> "Show":
        """The show as it is played on `stage`; a number that names no stage is the first one's."""
        if not self.stages:
            return self
        first = self.stage_ids[0]
        numbers = tuple(n for n in self.numbers if (n.stage or first) == stage)
        return replace(self, numbers=numbers)

    def cue(self, cue_number: str) -> Cue:
        """The cue called `cue_number`; raises KeyError."""
        return self.cues_by_number[cue_number]
