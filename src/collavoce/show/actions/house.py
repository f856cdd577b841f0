"""What the actions of a cue may speak of: the names of the show, and the sounds of its folder."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from collavoce.company.people import Exit, Person, Seat
from collavoce.show.patch import Patch
from collavoce.show.written.table import Table
from collavoce.show.written.targets import Targets
from collavoce.units import Seconds


class Sounds(Protocol):
    """The sound files of the folder."""

    def length(self, table: Table, key: str, path: str) -> Seconds:
        """How long the file is that `key` names, 0 where nobody can tell; what is wrong is said."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """The names of the show.

    here : the cues of the same number. show : those of every number. sounding: cues with a sound.
    """

    patch: Patch
    seats: Mapping[str, Seat]
    exits: Mapping[str, Exit]
    sounds: Sounds
    timers: Collection[str] = ()
    people: Mapping[str, Person] = field(default_factory=dict[str, Person])
    here: Targets = field(default_factory=Targets)
    show: Targets = field(default_factory=Targets)
    sounding: Collection[str] = ()
