"""What a phone's page is shown of cards: one's own, who shares theirs, and what they share.

Whoever shares nothing with the reader, and whoever is nobody at all, is answered alike.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from collavoce.desk.care.acts_shapes import PersonId
from collavoce.desk.care.cardhand import CardHand

CARD_BYTES: Final = 64 * 1024
"""Every answer about a card is as long, an empty one and a full one, and one that shows nothing."""


class ReadCard(msgspec.Struct, frozen=True, tag=True):
    """My own card, and who shares theirs with me."""


class ReadCardOf(msgspec.Struct, frozen=True, tag=True):
    """What this person shares of theirs with me."""

    owner: PersonId


OfCards = ReadCard | ReadCardOf


def card_shown(hand: CardHand, what: OfCards, token: str) -> Mapping[str, object]:
    """`what`, to the phone of `token`."""
    match what:
        case ReadCard():
            return {"card": hand.mine(token), "sharing": hand.sharing(token)}
        case ReadCardOf():
            return {"fields": hand.of(token, what.owner)}
