"""When the owner of a card last looked it over, and after how many days they want to again.

Nobody else is told that it is time, and nothing happens when it is.
"""

from datetime import date
from typing import NamedTuple

from collavoce.care.card import NEVER, REVIEW_USUAL
from collavoce.runtime.care.kept.keep import Keep, Reader

META = "card"


class Review(NamedTuple):
    """looked: a day (`date.toordinal`), None for never yet; every: days, `NEVER` for never."""

    looked: int | None = None
    every: int = REVIEW_USUAL

    def is_due(self, today: int) -> bool:
        """Whether the owner wanted to look again by now."""
        looked, every = self
        return looked is not None and every != NEVER and today >= looked + every


def review_of(keep: Keep, owner: Reader) -> Review:
    """As the owner of the card settled it."""
    words = keep.own(META, owner)
    if not words:
        return Review()
    looked, every = words
    return Review(int(looked), int(every))


def sealed_review(keep: Keep, owner: Reader, looked: int, every: int) -> bytes:
    """The body of the paper that says so."""
    return keep.sealed(META, owner.person, (str(looked), str(every)), {})


def written(day: int | None) -> str:
    """The day as in 2026-12-31, or nothing for none."""
    return "" if day is None else date.fromordinal(day).isoformat()


def in_words(day: int) -> str:
    """The day as people say it: 31 December 2026."""
    at = date.fromordinal(day)
    return f"{at.day} {at:%B %Y}"
