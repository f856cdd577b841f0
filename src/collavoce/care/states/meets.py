"""Which cues people have let the caller know of. Why they did is nowhere: no effect stands here.

nothing --released--> released --taken back--> nothing
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collavoce.care.told.meets import CueReleased, MeetsEvent


@dataclass(frozen=True, slots=True)
class Meets:
    """by_person : whose -> cues, in the order in which they were released."""

    by_person: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def of(self, person: str) -> tuple[str, ...]:
        """The cues that `person` released."""
        return self.by_person.get(person, ())

    def cues(self) -> frozenset[str]:
        """The cues that anybody released: not whose, and not how many released one."""
        return frozenset(cue for cues in self.by_person.values() for cue in cues)

    def evolve(self, event: MeetsEvent) -> "Meets":
        """What is true after `event`."""
        left = tuple(cue for cue in self.of(event.person) if cue != event.cue)
        if isinstance(event, CueReleased):
            left = (*left, event.cue)
        others = {p: cues for p, cues in self.by_person.items() if p != event.person}
        return Meets({**others, event.person: left} if left else others)
