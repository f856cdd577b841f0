"""What the follower believes the player is doing, as a table."""

from enum import StrEnum
from types import MappingProxyType

from collavoce.following.estimate import Music


class Sign(StrEnum):
    """What can change that belief."""

    ONSET = "onset"  # the next onset was heard
    LAST = "last"  # the last onset of the piece was heard
    OVERDUE = "overdue"  # the next onset should have come long ago
    TRIED = "tried"  # the first onset was a key or a chord being tried, not the beginning
    MISFIT = "misfit"  # most of what was heard of late fits nowhere
    FIT = "fit"  # it fits again
    LEAP = "leap"  # the player is believed elsewhere
    PLACED = "placed"  # a person said where the music is


TRANSITIONS = MappingProxyType(
    {
        (Music.WAITING, Sign.ONSET): Music.FOLLOWING,
        (Music.WAITING, Sign.LAST): Music.ENDED,
        (Music.WAITING, Sign.LEAP): Music.JUMPED,
        (Music.FOLLOWING, Sign.OVERDUE): Music.HELD,
        (Music.FOLLOWING, Sign.MISFIT): Music.LOST,
        (Music.FOLLOWING, Sign.LAST): Music.ENDED,
        (Music.FOLLOWING, Sign.LEAP): Music.JUMPED,
        (Music.FOLLOWING, Sign.PLACED): Music.HELD,
        (Music.HELD, Sign.ONSET): Music.FOLLOWING,
        (Music.HELD, Sign.TRIED): Music.WAITING,
        (Music.HELD, Sign.MISFIT): Music.LOST,
        (Music.HELD, Sign.LAST): Music.ENDED,
        (Music.HELD, Sign.LEAP): Music.JUMPED,
        (Music.JUMPED, Sign.ONSET): Music.FOLLOWING,
        (Music.JUMPED, Sign.OVERDUE): Music.HELD,
        (Music.JUMPED, Sign.MISFIT): Music.LOST,
        (Music.JUMPED, Sign.LAST): Music.ENDED,
        (Music.JUMPED, Sign.PLACED): Music.HELD,
        (Music.LOST, Sign.TRIED): Music.WAITING,
        (Music.LOST, Sign.FIT): Music.FOLLOWING,
        (Music.LOST, Sign.LAST): Music.ENDED,
        (Music.LOST, Sign.LEAP): Music.JUMPED,
        (Music.LOST, Sign.PLACED): Music.HELD,
        (Music.ENDED, Sign.LEAP): Music.JUMPED,
        (Music.ENDED, Sign.PLACED): Music.HELD,
    }
)
"""(state, sign) -> state; a pair that is not here changes nothing."""


def after(state: Music, sign: Sign) -> Music:
    """The state that follows."""
    return TRANSITIONS.get((state, sign), state)
