"""Which device speaks for whom, and which waits to.

A person is handed a code on paper or screen. Their first device that shows it in time is theirs;
a further one only waits, until one of theirs says yes or their recovery code is shown. Only hashes
live here: no code and no token can be read back out of the state or the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from collavoce.care.events import (
    CodeOffered,
    DeviceForgotten,
    DevicePaired,
    DeviceWaits,
    PairingEvent,
    RecoverySet,
    RecoverySpent,
    WaitEnded,
)
from collavoce.care.ladder import Moment

CODE_LIVES = 120.0
"""Seconds a code may be used."""

WAIT_LIVES = 600.0
"""Seconds a device waits for a yes."""

DEVICES_MAX = 6
"""Devices of one person; pairing one more forgets the oldest."""

WAITING_MAX = 2
"""Devices that wait for one person; one more ends the oldest's wait, so none blocks another."""


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
class Waiting:
    """A device that showed the code of `person` and has had no answer. number: 10..99."""

    person: str
    code: str
    number: int
    since: float

    def good_at(self, now: Moment) -> bool:
        """Whether it may still be answered."""
        return 0.0 <= now - self.since < WAIT_LIVES


@dataclass(frozen=True, slots=True)
class Pairings:
    """What is paired, and what asks to be; all by hash.

    codes: code -> Code; devices: token -> person, oldest first; waiting: token -> Waiting, oldest
    first, also those whose time is over; recoveries: person -> recovery code.
    """

    codes: Mapping[str, Code] = field(default_factory=dict[str, Code])
    devices: Mapping[str, str] = field(default_factory=dict[str, str])
    waiting: Mapping[str, Waiting] = field(default_factory=dict[str, Waiting])
    recoveries: Mapping[str, str] = field(default_factory=dict[str, str])

    def devices_of(self, person: str) -> tuple[str, ...]:
        """The devices that speak for `person`, oldest first."""
        return tuple(device for device, owner in self.devices.items() if owner == person)

    def waits(self, device: str, now: Moment) -> Waiting | None:
        """What `device` waits for at `now`, None if for nothing."""
        waiting = self.waiting.get(device)
        return waiting if waiting is not None and waiting.good_at(now) else None

    def waiting_for(self, person: str, now: Moment) -> Mapping[str, Waiting]:
        """The devices that wait for `person` at `now`, oldest first."""
        return {
            device: waiting
            for device, waiting in self.waiting.items()
            if waiting.person == person and waiting.good_at(now)
        }

    def guarded(self, person: str) -> bool:
        """Whether there is anybody, or a code written down, to say yes to a further device."""
        return person in self.recoveries or person in self.devices.values()

    def evolve(self, event: PairingEvent) -> "Pairings":
        """What is true after `event`."""
        match event:
            case CodeOffered():
                others = {h: c for h, c in self.codes.items() if c.person != event.person}
                return replace(self, codes=others | {event.code: Code(event.person, event.at)})
            case DevicePaired():
                devices = {**self.devices, event.device: event.person}
                return replace(self._without(event.code, event.device), devices=devices)
            case DeviceWaits():
                waiting = Waiting(event.person, event.code, event.number, event.at)
                left = self._without(event.code, event.device)
                return replace(left, waiting={**left.waiting, event.device: waiting})
            case WaitEnded():
                return self._without("", event.device)
            case RecoverySet():
                return replace(self, recoveries={**self.recoveries, event.person: event.recovery})
            case RecoverySpent():
                unspent = {p: r for p, r in self.recoveries.items() if p != event.person}
                return replace(self, recoveries=unspent)
            case DeviceForgotten():
                left = {d: p for d, p in self.devices.items() if d != event.device}
                return replace(self, devices=left)

    def _without(self, code: str, device: str) -> "Pairings":
        """The code is spent, the device waits no more."""
        return replace(
            self,
            codes={h: c for h, c in self.codes.items() if h != code},
            waiting={d: w for d, w in self.waiting.items() if d != device},
        )

    def after_reboot(self) -> "Pairings":
        """Minutes cannot be measured across a start of the machine: what hangs on them is void."""
        return replace(self, codes={}, waiting={})
