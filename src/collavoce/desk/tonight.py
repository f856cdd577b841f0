"""The evening at this moment, for whoever reckons with the set list."""

from collavoce.desk.stagehand import Stagehand
from collavoce.show.setlist.evening import Evening, Lengths
from collavoce.units import Seconds


def evening_now(hand: Stagehand, lengths: Lengths) -> Evening:
    """What `hand` says of now. lengths: of the written music, worked out once."""
    return Evening(
        hand.show,
        hand.state(),
        hand.now(),
        Seconds(hand.day_seconds()),
        lengths,
        hand.usual(),
        hand.elsewhere(),
    )
