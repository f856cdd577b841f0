"""What the phone pages ask about the cues a person meets; only that person ever asks."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from collavoce.care.outcome import Outcome


class MeetsHand(Protocol):
    """A person and the show, as far as their own phone may bring them together."""

    def listed(self, token: str) -> Sequence[Mapping[str, object]]:
        """[{"cue", "says", "released"}]: what meets my card, and what I let the caller know of."""
        ...

    def release(self, person: str, cue: str) -> Outcome:
        """Let the caller know of a restriction at `cue`, and of nothing else."""
        ...

    def take_back(self, person: str, cue: str) -> Outcome:
        """Let the caller know of it no more."""
        ...
