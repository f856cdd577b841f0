"""How often an address may show a pairing code that is none.

128 bits in 120 seconds are not guessed; this keeps a flood of guesses from costing anything. It
stands before pairing and before nothing else: a press is never throttled.
"""

from collections import OrderedDict
from dataclasses import dataclass

from collavoce.care.ladder import Moment

TRIES = 10
"""Wrong ones at once from one address."""

TRY_EVERY = 6.0
"""Seconds until one more is allowed."""

ADDRESSES_MAX = 1000


@dataclass(slots=True)
class _Bucket:
    tries: float
    at: Moment


class Guesses:
    """A bucket of wrong guesses for each address."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, address: str, now: Moment) -> bool:
        """Whether `address` may show a code now."""
        return self._filled(address, now).tries >= 1.0

    def wrong(self, address: str, now: Moment) -> None:
        """`address` showed a code that was none: it has one try less."""
        bucket = self._filled(address, now)
        bucket.tries = max(0.0, bucket.tries - 1.0)
        self._buckets[address] = bucket
        while len(self._buckets) > ADDRESSES_MAX:
            self._buckets.popitem(last=False)

    def _filled(self, address: str, now: Moment) -> _Bucket:
        bucket = self._buckets.get(address) or _Bucket(TRIES, now)
        bucket.tries = min(TRIES, bucket.tries + (now - bucket.at) / TRY_EVERY)
        bucket.at = now
        return bucket
