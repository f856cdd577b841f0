"""Places that are written alike: how the music went there is how it will go here.

A theme that comes again, a repeat written out, a sequence of the same bars: the player did
something with them the first time, and mostly does it again.
"""

from collections.abc import Sequence

import numpy as np

from collavoce.following.arrays import Flags, Floats, Ints
from collavoce.following.model import PITCHES

ALIKE = ((32, 16, 8, 4), 4.0)
"""Onsets in a row, chord for chord and length for length, that make two places alike; and how many
of them are half a proof that they will be played alike."""

KINDRED = ((32, 16, 8), 16.0)
"""The same where only the lengths agree, and whether the upper voice rises or falls: a tune in
another key, over other chords."""

GRID = 1e4
"""Parts of a quarter in which lengths are compared: readers round odd tuplets."""


def parallels(chords: Flags, quarters: Floats) -> tuple[Ints, Floats]:
    """For each of N onsets the latest earlier one that is alike, itself for none; and the share.

    chords : bool [shape=(128, N)]. quarters : float64 [shape=(N,)]. The share, 0..1, is how much of
    what was played after the one is expected after the other; 0 where there is none.
    """
    lengths = np.rint(np.diff(quarters, append=0.0) * GRID)
    upper = np.where(chords.any(axis=0), PITCHES - 1 - chords[::-1].argmax(axis=0), 0)
    shape = np.sign(np.diff(upper, append=0))
    like, share = np.arange(len(quarters)), np.zeros(len(quarters))
    _find(np.vstack([_chord_names(chords), lengths]), *ALIKE, like, share)
    _find(np.vstack([shape, lengths]), *KINDRED, like, share)
    return like, share


def _find(
    onsets: Floats | Ints, runs: Sequence[int], likely: float, like: Ints, share: Floats
) -> None:
    """Write down the like of every onset (a column) that has none yet, the longest runs first."""
    names = {1: _named(onsets)}
    for half in (1, 2, 4, 8, 16):
        if 2 * half <= len(like):
            short = names[half]
            names[2 * half] = _named(np.vstack([short[: len(short) - half], short[half:]]))
    for run in runs:
        if run in names:
            starts, before = _again(names[run])
            for k in range(run):
                new = starts + k
                free = share[new] == 0.0
                like[new[free]] = before[free] + k
                share[new[free]] = run / (run + likely)


def _chord_names(chords: Flags) -> Ints:
    """A number for each column, the same for the same chord."""
    packed = np.ascontiguousarray(np.packbits(chords, axis=0).T)
    return np.unique(packed, axis=0, return_inverse=True)[1].reshape(-1)


def _named(columns: Floats | Ints) -> Ints:
    """A number for each column, the same for the same column."""
    return np.unique(columns, axis=1, return_inverse=True)[1].reshape(-1)


def _again(names: Ints) -> tuple[Ints, Ints]:
    """Where a name comes again, and where it came last before."""
    order = np.argsort(names, kind="stable")
    again = names[order[1:]] == names[order[:-1]]
    return order[1:][again], order[:-1][again]
