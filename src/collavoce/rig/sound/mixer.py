"""The voices of one card, added up."""

from collections import deque
from collections.abc import Callable

import numpy as np

from collavoce.rig.sound.samples import Block, silence
from collavoce.rig.sound.voice import Voice

VOICES_MOST = 64
"""Sounds at once; the oldest gives way."""

Order = Callable[[], None]


class Mixer:
    """Adds voices up. `render` belongs to the card's thread; the rest may be called anywhere.

    rendered : frames the card has taken, by which it is known to be alive.
    """

    def __init__(self) -> None:
        self.rendered = 0
        self._voices: list[Voice] = []
        self._orders: deque[Order] = deque()

    def add(self, voice: Voice) -> None:
        """Let `voice` sound from the next block on."""
        self.order(lambda: self._voices.append(voice))

    def order(self, what: Order) -> None:
        """Have `what` done between two blocks, by the card's thread."""
        self._orders.append(what)

    def render(self, count: int) -> Block:
        """The next `count` frames of everything, never beyond -1..1."""
        while self._orders:
            self._orders.popleft()()
        del self._voices[:-VOICES_MOST]
        block = silence(count)
        for voice in self._voices:
            block += voice.take(count)
        self._voices = [voice for voice in self._voices if not voice.over]
        self.rendered += count
        return np.clip(block, -1.0, 1.0, out=block)
