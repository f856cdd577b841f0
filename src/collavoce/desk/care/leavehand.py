"""What the phone pages ask about being away and the way back."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from collavoce.care.commands import LeaveCommand
from collavoce.care.outcome import Outcome

View = Mapping[str, object]


class LeaveHand(Protocol):
    """A person's leave, as far as their own phone may touch it."""

    def today(self) -> int:
        """The venue's day, as `date.toordinal` counts."""
        ...

    def say(self, command: LeaveCommand) -> Outcome:
        """Carry it out. The person in it comes from the device; Kept means on disk."""
        ...

    def write_away(
        self, token: str, words: str, shared: tuple[str, ...], *, dated: bool
    ) -> Outcome:
        """My words while I am away, for those named; whoever is left out is denied from now on.

        dated : they see my last day too.
        """
        ...

    def write_way(
        self, token: str, steps: tuple[str, ...], where: int, shared: tuple[str, ...]
    ) -> Outcome:
        """My steps, the place of the one where I stand (-1: not said), and who sees it."""
        ...

    def mine(self, token: str) -> View:
        """{"words", "dated", "readers", "way": {"steps", "where"}, "walkers"}, all of them mine."""
        ...

    def of(self, token: str, owner: str) -> View:
        """{"words", "until": a day or "", "way": {"steps", "where"} | None} that `owner` shares.

        Empty, whether there is nothing or it is not for me. Leaves a row in the log of `owner`.
        """
        ...

    def known(self, token: str) -> Sequence[View]:
        """[{"who", "office", "words"}] for the company manager; for anybody else nothing.

        Whatever is in it counts as read from then on.
        """
        ...
