"""What the phone pages ask about cards: a person's own, and what others share of theirs."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from collavoce.care.card import Effect, Field
from collavoce.care.outcome import Outcome


class CardHand(Protocol):
    """The cards of the show, as far as the phone of a token may touch them."""

    def mine(self, token: str) -> Mapping[str, object]:
        """My card; {} for a phone that opens nothing."""
        ...

    def keep_field(
        self,
        token: str,
        field: Field,
        words: str | None,
        share: Mapping[str, int | None] | None = None,
        stop: Iterable[str] = (),
    ) -> Outcome:
        """Write a field; None leaves its words, "" takes it away and whom it was shared with.

        share : person -> the last day (`date.toordinal`), None for no end. stop: who no more.
        """
        ...

    def keep_avoids(self, token: str, effects: Iterable[Effect]) -> Outcome:
        """Of which kinds of effect I would be told first."""
        ...

    def share(self, token: str, person: str, fields: Iterable[Field], until: int | None) -> Outcome:
        """Let one person read several fields."""
        ...

    def stop(self, token: str, field: Field, person: str) -> Outcome:
        """Take one field back from one person."""
        ...

    def stop_with(self, token: str, person: str) -> Outcome:
        """Take everything back from one person."""
        ...

    def take_back(self, token: str) -> Outcome:
        """Take everything back from everybody."""
        ...

    def looked_over(self, token: str) -> Outcome:
        """It is still so."""
        ...

    def review_every(self, token: str, days: int) -> Outcome:
        """After how many days I want to look it over again, `care.card.NEVER` for never."""
        ...

    def sharing(self, token: str) -> tuple[str, ...]:
        """Who shares something of their card with me."""
        ...

    def of(self, token: str, owner: str) -> Mapping[Field, str]:
        """What they share with me; each field leaves its row in their log."""
        ...

    def for_call(self, token: str, owner: str) -> Mapping[Field, str]:
        """What of it stands beside their two lines when I am called."""
        ...
