"""A player's own word, and how long it stands.

The word holds the key to their takes. A word taken back takes the key with it, so whatever of a
take lay anywhere still is noise from then on.
"""

from enum import StrEnum

import msgspec

from collavoce.company.engagement import DAY, engagement_over
from collavoce.company.people import Person

WORD_KEPT = 365 * DAY
"""Seconds after which nobody is taken at an old word: it lapses, with all that was kept."""


class By(StrEnum):
    """Where a word was given."""

    PHONE = "phone"  # the player's own, paired
    KEYBOARD = "keyboard"  # of the laptop that runs the show


class Word(msgspec.Struct, frozen=True):
    """A yes or a no.

    id : drawn by lot; another yes is another word. key : seals the takes, b"" with a no.
    at : when it was given, UTC, s.
    """

    id: str
    yes: bool
    by: By
    at: float
    key: bytes = b""

    def stands(self, wall: float) -> bool:
        """Whether it still counts at `wall` (UTC, s)."""
        return wall - self.at <= WORD_KEPT


def may_be_remembered(person: Person, wall: float) -> bool:
    """Whether anything of `person` may be kept at `wall` (UTC, s), whatever they said.

    Nobody's under 18: a child's yes weighs too little for a convenience.
    """
    return not person.under_18 and not engagement_over(person, wall)
