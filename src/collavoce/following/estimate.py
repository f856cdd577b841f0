"""Where the music is believed to be."""

from enum import StrEnum

import msgspec

from collavoce.units import Bpm, Instant, Quarters, Seconds


class Music(StrEnum):
    """What the follower believes the player is doing."""

    WAITING = "waiting"  # nothing of the piece heard yet
    FOLLOWING = "following"
    HELD = "held"  # the next note is overdue: a stop, a fermata, a rest
    JUMPED = "jumped"  # found again elsewhere, and nothing but the landing heard there yet
    LOST = "lost"  # what is heard fits nowhere well
    ENDED = "ended"  # the last onset was heard and nothing more is expected


class Jump(msgspec.Struct, frozen=True):
    """The player went elsewhere; believed once, said once.

    target : where he landed; he may have played on from there by the time it is believed.
    placed_by : the person who said so, "" where the follower found it out.
    """

    origin: Quarters
    target: Quarters
    placed_by: str = ""


class Ahead(msgspec.Struct, frozen=True):
    """A place that the music is foreseen to reach.

    after : seconds from the estimate's `at` until it is reached. give : one standard deviation of
        that, seconds; what was foreseen so exactly comes within it two times of three.
    """

    quarter: Quarters
    after: Seconds
    give: Seconds


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
    foreseen : places ahead in order, four seconds or more where the piece goes on; between two of
        them time runs evenly. Empty while nothing can be foreseen: waiting, held, lost, jumped,
        ended, or before the tempo is known.
    """

    at: Instant
    heard_at: Instant
    quarter: Quarters
    tempo: Bpm
    confidence: float
    state: Music
    remaining: Seconds | None = None
    jump: Jump | None = None
    foreseen: tuple[Ahead, ...] = ()
