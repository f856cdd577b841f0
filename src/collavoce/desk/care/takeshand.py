"""What the phone pages ask about a player's takes; only the player ever asks."""

from collections.abc import Mapping
from typing import Protocol

from collavoce.care.outcome import Outcome


class TakesHand(Protocol):
    """A person's own word about their takes."""

    def takes_view(self, person: str) -> Mapping[str, object] | None:
        """{"on", "kept"}: whether takes are kept, how many there are; None if that is not asked.

        It is asked of performers who are grown up, in a house that has a place for takes.
        """
        ...

    def remember_takes(self, person: str, *, on: bool) -> Outcome:
        """Keep takes of `person` from now on, or none and erase those there are."""
        ...

    def forget_takes(self, person: str) -> Outcome:
        """Erase every take of `person`. Kept means that none is on this disk."""
        ...
