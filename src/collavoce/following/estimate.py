"""Where the music is believed to be."""

from enum import StrEnum

import msgspec

from collavoce.units import Bpm, Instant, Quarters, Seconds


class Music(StrEnum):
    """What the follower believes the player is doing."""

    WAITING = "waiting"  # nothing of the piece heard yet
    FOLLOWING = "following"
    HELD = "held"  # the next note is overdue: a stop, a fermata, a rest
    LOST = "lost"  # what is heard fits nowhere well
    ENDED = "ended"  # the last onset was heard and nothing more is expected


class Jump(msgspec.Struct, frozen=True):
    """The player went elsewhere; believed once, said once."""

    origin: Quarters
    target: Quarters


class Estimate(msgspec.Struct, frozen=True):
    """One answer of the follower.

    at : seconds heard when the estimate was ready.
    heard_at : instant of the last observation it rests on.
    quarter : position, quarter notes from the start, repeats written out. Never moves past an
        onset that has not been heard unless later ones were.
    tempo : quarter notes a minute at `quarter`, as played now.
    confidence : probability 0..1 that `quarter` is right within 300 ms.
    remaining : predicted seconds until the last onset, None before the tempo is known.
    jump : set on the one estimate that announces a jump.
    """

    at: Instant
    heard_at: Instant
    quarter: Quarters
    tempo: Bpm
    confidence: float
    state: Music
    remaining: Seconds | None = None
    jump: Jump | None = None
