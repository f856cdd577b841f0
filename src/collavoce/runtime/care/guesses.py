"""How often an address may show a pairing code.

128 bits in 120 seconds are not guessed; this keeps a flood of guesses from costing anything. It
stands before pairing and before nothing else: a press is never throttled.
"""

from collections import OrderedDict
from dataclasses import dataclass

from collavoce.care.ladder import Moment

TRIES = 10
"""At once from one address."""

TRY_EVERY = 6.0
"""Seconds until one more is allowed."""

ADDRESSES_MAX = 1000


@dataclass(slots=True)
class _Bucket:
    tries: float
    at: Moment


class Guesses:
    """A bucket of tries for each address."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, address: str, now: Moment) -> bool:
        """Whether `address` may try once now; counts the try."""
        bucket = self._buckets.pop(address, None) or _Bucket(TRIES, now)
        bucket.tries = min(TRIES, bucket.tries + (now - bucket.at) / TRY_EVERY)
        bucket.at = now
        self._buckets[address] = bucket
        while len(self._buckets) > ADDRESSES_MAX:
            self._buckets.popitem(last=False)
        if bucket.tries < 1.0:
            return False
        bucket.tries -= 1.0
        return True
