"""The decoder's own process: a sound file comes in, its samples go out.

`python -I -m collavoce.runtime.care.kept.songs.decoder` reads the file from standard input and
writes `HEAD` (rate, channels), then 16-bit samples. It decodes what a stranger's file makes of
native code, so it holds no key and no open file, and the system takes memory, time and disk from it
beyond what a sound needs. How it ends says what the file was.
"""

import resource
import struct
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from collavoce.runtime.care.kept.songs.sound import (
    CHANNELS_MOST,
    FILE_BYTES_MOST,
    RATE_MOST,
    SECONDS_MOST,
)

HEAD = struct.Struct("<II")
NO_SOUND, TOO_LONG, TOO_BIG = 3, 4, 5
"""Exit codes; any other but 0 is a decoder that did not survive the file."""

MEMORY_BYTES = 768 << 20
CPU_S = 60
FRAMES_AT_ONCE = 65_536
LIMITS = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_S),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 32),
    (resource.RLIMIT_CORE, 0),
)


def main() -> int:
    """Decode standard input; the exit code."""
    library: Any = import_module("miniaudio")
    for what, most in LIMITS:
        # Not every system knows each of them; the time that the parent gives is the last one.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    data = sys.stdin.buffer.read(FILE_BYTES_MOST + 1)
    if len(data) > FILE_BYTES_MOST:
        return TOO_BIG
    try:
        rate, channels = _form(library, data)
        pieces = library.stream_memory(
            data, library.SampleFormat.SIGNED16, channels, rate, FRAMES_AT_ONCE
        )
        return _written(pieces, rate, channels)
    except (library.MiniaudioError, ValueError):
        return NO_SOUND


def _form(library: Any, data: bytes) -> tuple[int, int]:  # noqa: ANN401  its own types are untyped
    """Rate and channels to decode to: the file's own, up to the most that is kept."""
    ways = {
        b"RIFF": library.wav_get_info,
        b"fLaC": library.flac_get_info,
        b"OggS": library.vorbis_get_info,
    }
    info = ways.get(data[:4], library.mp3_get_info)(data)
    if info.nchannels < 1 or info.sample_rate < 1:
        raise ValueError("no channel or no rate")
    return min(info.sample_rate, RATE_MOST), min(info.nchannels, CHANNELS_MOST)


def _written(pieces: Any, rate: int, channels: int) -> int:  # noqa: ANN401  as above
    out = sys.stdout.buffer
    frames = 0
    for piece in pieces:
        if not piece:
            break
        if not frames:
            out.write(HEAD.pack(rate, channels))
        frames += len(piece) // channels
        if frames > SECONDS_MOST * rate:
            return TOO_LONG
        out.write(piece.tobytes())
    out.flush()
    return 0 if frames else NO_SOUND


if __name__ == "__main__":
    sys.exit(main())
