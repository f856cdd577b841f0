"""Chance that comes out the same on every machine: all of it grows from one seed.

Only sums and comparisons of the Mersenne twister's own floats are used, whose sequence Python
guarantees for a seed; nothing here depends on a machine's mathematical library.
"""

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

PINK_ROWS = 5
"""Rows of held numbers in `pink`: slow drifts over up to 2**5 draws."""


class Dice:
    """A seeded source of chance, handed to whoever needs some."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a player's unevenness, not a secret

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number in [low, high)."""
        return low + (high - low) * self._random.random()

    def normal(self, deviation: float = 1.0) -> float:
        """About normal with mean 0: twelve uniforms summed (Irwin-Hall), within six deviations."""
        return deviation * (sum(self._random.random() for _ in range(12)) - 6.0)

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`."""
        return choices[int(self._random.random() * len(choices))]

    def pink(self, deviation: float = 1.0) -> Iterator[float]:
        """Numbers whose spectrum falls as 1/f, for ever.

        Voss's dice (told by Gardner, Scientific American 238(4), 1978): row k is thrown anew
        every 2**k draws, and each draw is the sum of the rows.
        """
        rows = [self.normal() for _ in range(PINK_ROWS)]
        scale = deviation / PINK_ROWS**0.5
        draw = 0
        while True:
            yield scale * sum(rows)
            draw += 1
            for k in range(PINK_ROWS):
                if draw % 2**k == 0:
                    rows[k] = self.normal()
