"""What really happened in a performance, as the scorer reads it.

In: the JSON beside a performance. Out: a `Truth`. Never: what a follower believed.
"""

import msgspec


class TruthError(ValueError):
    """A truth file that cannot be read; the sentence says where."""


class Onset(msgspec.Struct, frozen=True, array_like=True):
    """One onset as played. quarter: from the start, repeats written out; seconds: its first key."""

    quarter: float
    bar: int
    beat: float
    seconds: float


class Happening(msgspec.Struct, frozen=True):
    """Something that is not in the music: "stop", "jump", "omission", "substitution", "addition".

    seconds : of a stop; to, to_bar : where a jump landed; written, played : MIDI numbers.
    """

    what: str
    at: float
    quarter: float
    bar: int
    beat: float
    to: float | None = None
    to_bar: int | None = None
    seconds: float | None = None
    written: int | None = None
    played: int | None = None


class Truth(msgspec.Struct, frozen=True):
    """passes : each runs forward through the score; a jump lies between two.

    last_onset, end : seconds; between them the last notes are held.
    """

    passes: tuple[tuple[Onset, ...], ...]
    last_onset: float
    end: float
    events: tuple[Happening, ...] = ()
    made_by: str = ""
    seed: int | None = None


def read_truth(data: bytes) -> Truth:
    """The truth in `data`; raises TruthError."""
    try:
        truth = msgspec.json.decode(data, type=Truth)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TruthError(str(error)) from error
    if not truth.passes or not all(truth.passes):
        raise TruthError("no passes, or an empty one")
    return truth
