"""The one form of samples inside: 48,000 pairs a second, 32 bit floating point, -1..1."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 48_000
CHANNELS: Final = 2

Block = NDArray[np.float32]
"""float32 [shape=(frames, 2)]."""


def frames(seconds: float) -> int:
    """How many frames `seconds` last, at least 0."""
    return max(0, round(seconds * RATE))


def silence(count: int) -> Block:
    """`count` frames of nothing."""
    return np.zeros((count, CHANNELS), np.float32)
