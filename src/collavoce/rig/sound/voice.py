"""One sound under way: samples read ahead, a level on its way somewhere.

Two threads meet here and never wait for each other. The feeder puts blocks at one end, the card's
thread takes them from the other; what shall become of a voice is an order that the card's thread
carries out between two blocks.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from collavoce.rig.sound.reading import SoundFile
from collavoce.rig.sound.samples import Block, frames, silence

AHEAD = frames(2.0)
"""Frames kept ready: a disk that sleeps for a second is not heard."""

HEAD = frames(0.5)
"""Frames kept of a sound that waits for its cue: it begins from memory."""

PIECE = frames(0.25)
SOFT_S = 0.008
"""No sound is cut, stands still or goes on more quickly: a step in the wave is a click."""


class Ramp:
    """A factor on its way from `value` to a target, a little with each frame."""

    def __init__(self, value: float) -> None:
        self.value = value
        self._target = value
        self._left = 0

    @property
    def arrived(self) -> bool:
        """Whether it is where it was going."""
        return not self._left

    def go(self, target: float, within: float) -> None:
        """Be at `target` in `within` seconds."""
        self._target, self._left = target, max(frames(within), 1)

    def take(self, count: int) -> NDArray[np.float32]:
        """float32 [shape=(count,)]: its values of the next frames."""
        factors = np.full(count, self._target, np.float32)
        moving = min(self._left, count)
        if moving:
            step = (self._target - self.value) / self._left
            factors[:moving] = self.value + step * np.arange(1, moving + 1, dtype=np.float32)
            self._left -= moving
            self.value = self._target if not self._left else self.value + step * moving
        return factors


class Voice:
    """`file`, ready to sound. `feed` is the feeder's; everything else the card's thread's.

    began : its first frames were taken. over : it never sounds again. starved : frames that were
    due and not there.
    """

    def __init__(self, file: SoundFile) -> None:
        self.began = False
        self.over = False
        self.starved = 0
        self._file = file
        self._blocks: deque[Block] = deque()
        # Each is written by one thread alone.
        self._put = self._taken = 0
        self._read_out = False
        self._at = 0
        self._level = Ramp(1.0)
        self._ending = False
        self._moving = Ramp(1.0)
        self._stands = False
        self.feed(HEAD)

    def feed(self, ahead: int = AHEAD) -> None:
        """Read on, a piece at a time until `ahead` frames are ready."""
        while not self._read_out and self._put - self._taken < ahead:
            block = self._file.read(PIECE)
            if len(block):
                self._blocks.append(block)
                self._put += len(block)
            # Only after the last block is there: an empty deque is the end from then on.
            self._read_out = len(block) < PIECE

    def begin(self, level: float, fade: float) -> None:
        """Sound at `level` 0..1, risen to within `fade` seconds. Before the first `take`."""
        self._level = Ramp(0.0 if fade > 0.0 else level)
        self._level.go(level, fade)

    def end(self, within: float) -> None:
        """Be over in `within` seconds; at once if it stands still."""
        self.over = self._stands
        self._ending = True
        self._level.go(0.0, max(within, SOFT_S))

    def wait(self) -> None:
        """Stand still from the first frame on. Before the first `take`."""
        self._stands = True
        self._moving = Ramp(0.0)

    def stand(self) -> None:
        """Stand still; a fade stands still with it."""
        self._stands = True
        self._moving.go(0.0, SOFT_S)

    def go_on(self) -> None:
        """Go on where it stood."""
        self._stands = False
        self._moving.go(1.0, SOFT_S)

    def take(self, count: int) -> Block:
        """The next `count` frames as they are heard."""
        self.began = True
        if self.over or (self._stands and self._moving.arrived):
            return silence(count)
        factors = self._moving.take(count) * self._level.take(count)
        block = self._next(count)
        block *= factors[:, np.newaxis]
        self.over = self.over or (self._ending and self._level.arrived)
        return block

    def _next(self, count: int) -> Block:
        """As many frames as there are, the rest silent: at the end, or because none were ready."""
        block = silence(count)
        filled = 0
        while filled < count and self._blocks:
            first = self._blocks[0]
            piece = first[self._at : self._at + count - filled]
            block[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
            if self._at >= len(first):
                self._blocks.popleft()
                self._at = 0
        self._taken += filled
        if filled < count:
            self.over = self._read_out and not self._blocks
            self.starved += 0 if self.over else count - filled
        return block
