"""Where each song stands between the one whose wish it is and the one whose demo it is.

`TURNS` says what each act makes of it; what is not in it changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.care.told.song import (
    SongAgreed,
    SongEvent,
    SongOffered,
    SongProposed,
    SongRecalled,
    SongSettled,
    SongWithdrawn,
)


class Stands(StrEnum):
    """How a song stands."""

    OFFERED = "offered"  # nobody has agreed: offering is no consent
    WISHED = "wished"  # whose wish it is has agreed
    LENT = "lent"  # whose demo it is has agreed
    AGREED = "agreed"
    PROPOSED = "proposed"  # the show knows of it
    RECALLED = "recalled"  # asked back, the show has not answered
    TAKEN = "taken"  # the show had taken it into the set list already
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What happens to a song."""

    WISH = "wish"
    LEND = "lend"
    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    GIVEN_BACK = "given back"
    KEPT = "kept"


TURNS: Mapping[tuple[Stands, Act], Stands] = {
    (Stands.OFFERED, Act.WISH): Stands.WISHED,
    (Stands.OFFERED, Act.LEND): Stands.LENT,
    (Stands.LENT, Act.WISH): Stands.AGREED,
    (Stands.WISHED, Act.LEND): Stands.AGREED,
    (Stands.AGREED, Act.PROPOSE): Stands.PROPOSED,
    (Stands.OFFERED, Act.WITHDRAW): Stands.WITHDRAWN,
    (Stands.WISHED, Act.WITHDRAW): Stands.WITHDRAWN,
    (Stands.LENT, Act.WITHDRAW): Stands.WITHDRAWN,
    (Stands.AGREED, Act.WITHDRAW): Stands.WITHDRAWN,
    (Stands.PROPOSED, Act.WITHDRAW): Stands.RECALLED,
    # The caller may have taken it out again since.
    (Stands.TAKEN, Act.WITHDRAW): Stands.RECALLED,
    (Stands.RECALLED, Act.GIVEN_BACK): Stands.WITHDRAWN,
    (Stands.RECALLED, Act.KEPT): Stands.TAKEN,
}

KNOWN_TO_THE_SHOW = frozenset({Stands.PROPOSED, Stands.RECALLED, Stands.TAKEN})


@dataclass(frozen=True, slots=True)
class Joined:
    """A song. person: whose demo it is; wisher: whose wish, who may be the same."""

    song: str
    person: str
    wisher: str
    stands: Stands = Stands.OFFERED

    def after(self, act: Act) -> "Joined":
        """It, once `act` was done; itself where the table knows no such turn."""
        return replace(self, stands=TURNS.get((self.stands, act), self.stands))

    def can(self, act: Act) -> bool:
        """Whether `act` would change anything."""
        return (self.stands, act) in TURNS


@dataclass(frozen=True, slots=True)
class Songs:
    """Every song by its id, those that are over too, as long as their facts are kept."""

    by_id: Mapping[str, Joined] = field(default_factory=dict[str, Joined])

    def of(self, person: str) -> tuple[Joined, ...]:
        """The songs of `person`, by their demo or their wish, in their order."""
        return tuple(one for one in self.by_id.values() if person in (one.person, one.wisher))

    def evolve(self, event: SongEvent) -> "Songs":
        """What is true after `event`; a fact of a song that is erased says nothing."""
        if isinstance(event, SongOffered):
            return self._with(Joined(event.song, event.person, event.wisher))
        joined = self.by_id.get(event.song)
        if joined is None or joined.person != event.person:
            return self
        return self._with(joined.after(act_of(event)))

    def _with(self, joined: Joined) -> "Songs":
        return Songs({**self.by_id, joined.song: joined})


def act_of(
    event: SongAgreed | SongProposed | SongRecalled | SongSettled | SongWithdrawn,
) -> Act:
    """Which act a fact is of."""
    match event:
        case SongAgreed(wish=wish):
            return Act.WISH if wish else Act.LEND
        case SongProposed():
            return Act.PROPOSE
        case SongSettled(taken=taken):
            return Act.KEPT if taken else Act.GIVEN_BACK
        case SongRecalled() | SongWithdrawn():
            return Act.WITHDRAW
