"""A sound file, read piece by piece: WAV, FLAC, Ogg Vorbis, MP3.

miniaudio decodes, and brings every rate and number of channels to ours. A file is never held whole:
an hour of sound costs as much memory as a second of it.
"""

from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from collavoce.rig.errors import RigError
from collavoce.rig.sound.samples import CHANNELS, RATE, Block, frames
from collavoce.words import say

AT_ONCE = 16_384
"""Frames the decoder gives at most in one piece."""


def miniaudio() -> Any:  # noqa: ANN401  its own types are untyped
    """The library; raises RigError where it cannot be loaded."""
    try:
        return import_module("miniaudio")
    except (ImportError, OSError) as error:
        raise RigError(say("rig.sound.no_library", fault=error)) from error


class SoundFile:
    """`path`, open from `start` seconds on. Raises RigError for what cannot be played.

    loop : begins again from its beginning, for ever.
    """

    def __init__(self, path: Path, start: float = 0.0, *, loop: bool = False) -> None:
        self.path = path
        self.loop = loop
        self._pieces = _open(path, frames(start))
        self._empty_once = False

    def read(self, count: int) -> Block:
        """The next `count` frames, or fewer at the end; none after it."""
        pieces: list[Block] = []
        missing = count
        while missing > 0:
            piece = self._piece(min(missing, AT_ONCE))
            if piece is None:
                if not self.loop or self._empty_once:
                    break
                # A file without a single frame would be begun again for ever.
                self._empty_once = True
                self._pieces = _open(self.path, 0)
                continue
            self._empty_once = False
            pieces.append(piece)
            missing -= len(piece)
        return np.concatenate(pieces) if pieces else np.zeros((0, CHANNELS), np.float32)

    def _piece(self, count: int) -> Block | None:
        try:
            samples = self._pieces.send(count)
        except StopIteration:
            return None
        except miniaudio().MiniaudioError:
            # A file that breaks off in its middle is over there.
            return None
        block = np.frombuffer(samples, np.float32).reshape(-1, CHANNELS)
        return block if len(block) else None


def _open(path: Path, at: int) -> Generator[Any, int]:
    library = miniaudio()
    if not path.is_file():
        raise RigError(say("rig.sound.no_file", file=path.name))
    try:
        pieces = library.stream_file(
            str(path), library.SampleFormat.FLOAT32, CHANNELS, RATE, seek_frame=at
        )
    except (library.MiniaudioError, OSError) as error:
        raise RigError(say("rig.sound.unreadable", file=path.name, fault=error)) from error
    return pieces
