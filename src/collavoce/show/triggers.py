"""What may fire a cue: sources of equal standing. A hand may fire any of them besides."""

from dataclasses import dataclass

from collavoce.show.person import PersonIs
from collavoce.units import Quarters, Seconds


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Fires when the music reaches `quarter`. words: the place as written in the folder."""

    quarter: Quarters
    words: str


@dataclass(frozen=True, slots=True)
class AfterCue:
    """Fires `wait` after another cue of the same number fired, or with `done` after it is over."""

    cue: str
    wait: Seconds
    done: bool = False


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Fires `wait` after the music's true end: the last onset, held as written."""

    wait: Seconds


@dataclass(frozen=True, slots=True)
class ByHand:
    """Fires on GO only."""


@dataclass(frozen=True, slots=True)
class AtClock:
    """Fires at a time of day in the venue's zone, while its number is the current one.

    time : seconds since the midnight with which the day of the performance began; more than 86400
        after midnight. words: as written ("clock 19:30").
    """

    time: Seconds
    words: str


@dataclass(frozen=True, slots=True)
class OnPerson:
    """Fires when somebody says that a person is so. who: a seat, or a person's id."""

    who: str
    state: PersonIs


@dataclass(frozen=True, slots=True)
class InGroup:
    """Fires as a member of a group of the same number, or on GO."""


Trigger = AtPlace | AfterCue | AtEnd | ByHand | AtClock | OnPerson | InGroup
