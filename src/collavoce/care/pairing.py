"""Which device speaks for whom.

A person is handed a code on paper or screen; a device that shows it in time is theirs. Only
hashes live here: neither code nor token can be read back out of the state or the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from collavoce.care.events import CodeOffered, DeviceForgotten, DevicePaired, PairingEvent
from collavoce.care.ladder import Moment

CODE_LIVES = 120.0
"""Seconds a code may be used."""

DEVICES_MAX = 6
"""Devices of one person; pairing one more forgets the oldest."""


def secret_hash(secret: str) -> str:
    """What is kept of a code or a token. Both are 128 random bits or more, so no salt is needed."""
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was handed out and not used yet."""

    person: str
    offered_at: float

    def good_at(self, now: Moment) -> bool:
        """Whether the code may still be used."""
        return 0.0 <= now - self.offered_at < CODE_LIVES


@dataclass(frozen=True, slots=True)
class Pairings:
    """codes: hash of the code -> Code; devices: hash of the token -> person, oldest first."""

    codes: Mapping[str, Code] = field(default_factory=dict[str, Code])
    devices: Mapping[str, str] = field(default_factory=dict[str, str])

    def devices_of(self, person: str) -> tuple[str, ...]:
        """The devices that speak for `person`, oldest first."""
        return tuple(device for device, owner in self.devices.items() if owner == person)

    def evolve(self, event: PairingEvent) -> "Pairings":
        """What is true after `event`."""
        match event:
            case CodeOffered():
                others = {h: c for h, c in self.codes.items() if c.person != event.person}
                return replace(self, codes=others | {event.code: Code(event.person, event.at)})
            case DevicePaired():
                unspent = {h: c for h, c in self.codes.items() if h != event.code}
                return Pairings(unspent, {**self.devices, event.device: event.person})
            case DeviceForgotten():
                left = {d: p for d, p in self.devices.items() if d != event.device}
                return replace(self, devices=left)

    def after_reboot(self) -> "Pairings":
        """A code's two minutes cannot be measured across a start of the machine: it is void."""
        return replace(self, codes={})
