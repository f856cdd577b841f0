"""How far some keys are this score at all, in this key or another: a question apart from where.

The follower asks where a player is and takes for granted that the score is right and the keyboard
in tune with it. This asks nothing but whether the keys come one after the other anywhere in the
written notes. It knows neither time nor tempo, so that it can be wrong only about what the filter
cannot notice, and it moves no position.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from collavoce.following.model import PITCHES

Keys = Sequence[tuple[float, int]]
"""Struck keys in order: instant, pitch."""

Written = npt.NDArray[np.int16]
"""int16 [shape=(128, N)]  1 where an event holds the pitch, 0 elsewhere."""

CHORD_S = 0.08
"""Keys struck within this are one chord: hands and rolled fingers."""

WHOLE, HALF = 4, 2
"""Credit for a key that is written next, or in the same chord; and for one that repeats a note of
the event it is at, at leisure: an ornament, but also what any stray key near a thick chord does."""

LEFT_OUT = 1
"""Credit lost for every event left out on the way."""

LONGEST_STEP = 3
"""Events that one key may lead on."""


def share_explained(written: Written, keys: Keys, transpose: int = 0) -> float:
    """Share 0..1 of `keys` that `written` explains, wherever it does so best.

    transpose : semitones added to every key. A key that fits nowhere is passed over. Needs
        len(keys) * N steps (dynamic programming over the events, a vector operation for each key).
    """
    credit = np.zeros(written.shape[1], np.int16)
    before = -np.inf
    for at, key in keys:
        pitch = key + transpose
        if 0 <= pitch < PITCHES:
            own = written[pitch]
            together = at - before < CHORD_S
            best = credit + own * (WHOLE if together or before == -np.inf else HALF)
            for step in range(1, min(LONGEST_STEP + 1, len(credit))):
                came = (credit[:-step] + (WHOLE - LEFT_OUT * (step - 1))) * own[step:]
                np.maximum(best[step:], came, out=best[step:])
            credit = best
        before = at
    return float(credit.max(initial=0)) / (WHOLE * len(keys)) if keys else 1.0
