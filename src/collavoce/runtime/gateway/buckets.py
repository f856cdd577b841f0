"""How much is looked at: a token bucket for each allowed source, one over all of them, and others.

A stranger's packet costs a look at its address and no more, so that a flood of them takes nothing
from the sources that are allowed. Whoever floods with the address of an allowed source drowns that
one; a controller with a key is drowned by neither.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

SOURCES_MAX = 1024
"""Sources remembered; the one heard longest ago is forgotten, its bucket full by then."""

SOURCE_RATE, SOURCE_BURST = 200.0, 100.0
"""Bare messages of one source: a fader moved fast sends 60 a second, a hand presses 10."""

ALL_RATE, ALL_BURST = 2000.0, 1000.0
"""Bare messages over all: more is nobody's hands."""

STRANGER_RATE, STRANGER_BURST = 20.0, 20.0
"""Messages of strangers that are read, only so that the operator can be told what was refused."""

PROOF_RATE, PROOF_BURST = 5000.0, 1000.0
"""Tags tried of packets that know this epoch: only who reads the network can forge as many."""

GREETING_RATE, GREETING_BURST = 200.0, 100.0
"""Tags tried of packets that do not: a controller needs one, when the gateway has started anew."""


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` a second, at most `burst` of them."""

    rate: float
    burst: float
    left: float = field(init=False)
    at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.left = self.burst

    def take(self, now: float) -> bool:
        """Whether there was a token at `now`, in seconds; it is gone then."""
        self.left = min(self.burst, self.left + max(0.0, now - self.at) * self.rate)
        self.at = now
        if self.left < 1.0:
            return False
        self.left -= 1.0
        return True


@dataclass(slots=True)
class Buckets:
    """The buckets of the gateway."""

    over_all: Bucket = field(default_factory=lambda: Bucket(ALL_RATE, ALL_BURST))
    strangers: Bucket = field(default_factory=lambda: Bucket(STRANGER_RATE, STRANGER_BURST))
    proofs: Bucket = field(default_factory=lambda: Bucket(PROOF_RATE, PROOF_BURST))
    greetings: Bucket = field(default_factory=lambda: Bucket(GREETING_RATE, GREETING_BURST))
    sources: OrderedDict[str, Bucket] = field(default_factory=OrderedDict[str, Bucket])

    def admits(self, source: str, now: float) -> bool:
        """Whether a bare message of the allowed `source` is looked at."""
        bucket = self.sources.get(source)
        if bucket is None:
            while len(self.sources) >= SOURCES_MAX:
                self.sources.popitem(last=False)
            bucket = self.sources[source] = Bucket(SOURCE_RATE, SOURCE_BURST)
        self.sources.move_to_end(source)
        return bucket.take(now) and self.over_all.take(now)

    def shows(self, now: float) -> bool:
        """Whether a stranger's message is read, to be shown."""
        return self.strangers.take(now)

    def tries(self, now: float, *, knows: bool) -> bool:
        """Whether the tag of a keyed message is looked at. knows: it names this epoch."""
        return (self.proofs if knows else self.greetings).take(now)
