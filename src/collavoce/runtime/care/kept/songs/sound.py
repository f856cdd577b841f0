"""A recording as it is kept: 16-bit samples and what is needed to read them, and nothing besides.

A sound file says who made it, when, where and with what, in tags of a dozen kinds. None of that is
carried over: what is kept is what was heard (`decoder.py`), and what is handed out is that behind
the 44 bytes of a WAV header (RIFF/WAVE, Microsoft, 1991).
"""

import struct
from dataclasses import dataclass

FILE_BYTES_MOST = 30 * 1024 * 1024
"""Of a file as it comes."""

SECONDS_MOST = 15 * 60
CHANNELS_MOST = 2
RATE_MOST = 48_000
SAMPLE_BYTES = 2
_PCM = 1


@dataclass(frozen=True, slots=True)
class Sound:
    """frames : samples of each channel. rate : Hz."""

    frames: int
    rate: int
    channels: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.frames / self.rate

    @property
    def data_bytes(self) -> int:
        """Of its samples."""
        return self.frames * self.channels * SAMPLE_BYTES

    @property
    def head(self) -> bytes:
        """What stands before the samples in a WAV file."""
        wide = self.channels * SAMPLE_BYTES
        form = struct.pack(
            "<HHIIHH", _PCM, self.channels, self.rate, self.rate * wide, wide, 8 * SAMPLE_BYTES
        )
        chunks = struct.pack("<4sI", b"fmt ", len(form)) + form
        chunks += struct.pack("<4sI", b"data", self.data_bytes)
        whole = 4 + len(chunks) + self.data_bytes
        return struct.pack("<4sI", b"RIFF", whole) + b"WAVE" + chunks
