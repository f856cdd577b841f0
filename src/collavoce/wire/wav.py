"""Speech as a WAV file: 16 kHz, one channel, 16 bits, and nothing besides.

A file that somebody sends may carry more than sound: who recorded it, when, where, with what. So it
is never kept as it came. The samples are taken out and put behind a header of 44 bytes that says
only how they are to be read. Source: RIFF/WAVE (Microsoft, 1991).
"""

import struct
from enum import StrEnum

RATE = 16_000
BYTES_A_SECOND = 2 * RATE
HEAD_BYTES = 44

_PCM = 1
_CHUNK = struct.Struct("<4sI")
_FORM = struct.Struct("<HHIIHH")
_OURS = (_PCM, 1, RATE, BYTES_A_SECOND, 2, 16)


class NoSpeech(StrEnum):
    """Why bytes are not such a file."""

    NO_WAV = "no_wav"
    """not RIFF/WAVE, or cut off"""
    OTHER_FORM = "other_form"
    """another rate, number of channels or width"""
    NO_SOUND = "no_sound"
    """not one sample"""


def samples_in(data: bytes) -> bytes | NoSpeech:
    """The samples of a WAV file, little-endian int16; why not, if it is no such file."""
    if len(data) < HEAD_BYTES or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return NoSpeech.NO_WAV
    form: tuple[int, ...] | None = None
    at = 12
    while at + _CHUNK.size <= len(data):
        name, size = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        if at + size > len(data):
            return NoSpeech.NO_WAV
        if name == b"fmt ":
            form = _FORM.unpack_from(data, at) if size >= _FORM.size else ()
        if name == b"data":
            return _heard(form, data[at : at + size])
        at += size + size % 2  # chunks begin at even places
    return NoSpeech.NO_WAV


def speech(samples: bytes) -> bytes:
    """`samples` as a WAV file of `HEAD_BYTES` and themselves."""
    form = _CHUNK.pack(b"fmt ", _FORM.size) + _FORM.pack(*_OURS)
    sound = _CHUNK.pack(b"data", len(samples)) + samples
    return _CHUNK.pack(b"RIFF", 4 + len(form) + len(sound)) + b"WAVE" + form + sound


def seconds_of(samples: bytes) -> float:
    """How long they last."""
    return len(samples) / BYTES_A_SECOND


def _heard(form: tuple[int, ...] | None, samples: bytes) -> bytes | NoSpeech:
    if form is None:
        return NoSpeech.NO_WAV
    if form != _OURS:
        return NoSpeech.OTHER_FORM
    whole = samples[: len(samples) // 2 * 2]
    return whole or NoSpeech.NO_SOUND
