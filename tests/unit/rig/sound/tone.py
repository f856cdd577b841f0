"""Sound files of the tests' own."""

import wave
from pathlib import Path

import numpy as np

from collavoce.rig.sound.samples import RATE


def ramp(path: Path, seconds: float, rate: int = RATE, channels: int = 2) -> Path:
    """A file whose samples rise evenly from 0 to nearly 1: every place in it is known by ear."""
    count = round(seconds * rate)
    rising = (np.arange(count) / count * 32_000).astype("<i2")
    return written(path, np.repeat(rising[:, np.newaxis], channels, axis=1), rate)


def constant(path: Path, seconds: float, level: float = 0.5) -> Path:
    """A file that is `level` throughout."""
    count = round(seconds * RATE)
    return written(path, np.full((count, 2), round(level * 32_768), "<i2"), RATE)


def written(
    path: Path, samples: np.ndarray[tuple[int, int], np.dtype[np.int16]], rate: int
) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path
