"""Who may let whom back in, and who keeps their circle to their own phones: facts, no key.

The keys themselves stand nowhere in the events: what is replaced and taken away is no history.
Here is only what the rules need, so that a restart knows it too.

    holders    persons of a circle; any two of them together restore what one person sealed
    vouches    a phone that waits -> the holders who have compared its number
    declined   owners whose circle is sealed to their own phones
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.care.events import (
    DeviceForgotten,
    DevicePaired,
    KeyEvent,
    PairingEvent,
    RecoveryVouched,
    RoutingSet,
    SharesGiven,
    WaitEnded,
)

HOLDERS_NEEDED = 2
"""Holders who together let a phone in. One alone learns nothing and can do nothing."""

LINES_MAX = 2
LINE_CHARACTERS_MAX = 200
AFTERCARE_CHARACTERS_MAX = 2000


class Sight(StrEnum):
    """What a phone can open of what its person sealed."""

    OPEN = "open"
    ELSEWHERE = "elsewhere"  # another phone of theirs opens it; that one hands it on by itself
    GONE = "gone"  # nothing is left that opens it


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A phone that speaks for `person`."""

    person: str
    sight: Sight


@dataclass(frozen=True, slots=True)
class LogRow:
    """Somebody else's phone was shown something of mine. at: UTC, ISO 8601; who: person."""

    at: str
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class RecoveryAsked:
    """A phone waits to be that of `owner`, and a holder may say yes. number: 10..99."""

    owner: str
    device: str
    number: int
    said: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """What the rules know of keys."""

    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    vouches: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    declined: frozenset[str] = frozenset()

    def evolve(self, event: KeyEvent) -> "Keys":
        """What is true after `event`."""
        match event:
            case RoutingSet():
                left = self.declined - {event.owner}
                return replace(self, declined=left if event.on else left | {event.owner})
            case SharesGiven():
                others = {p: h for p, h in self.holders.items() if p != event.person}
                given = {event.person: event.holders} if event.holders else {}
                return replace(self, holders=others | given)
            case RecoveryVouched():
                said = self.vouches.get(event.device, frozenset[str]()) | {event.by}
                return replace(self, vouches={**self.vouches, event.device: said})

    def after_pairing(self, event: PairingEvent) -> "Keys":
        """What is true after `event`: who waits no more has no more vouches."""
        if not isinstance(event, DevicePaired | DeviceForgotten | WaitEnded):
            return self
        left = {d: said for d, said in self.vouches.items() if d != event.device}
        return replace(self, vouches=left)
