"""Speech as bytes: samples and a bare header, and nothing of whatever else a file carried."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.wire.wav import HEAD_BYTES, RATE, NoSpeech, samples_in, seconds_of, speech

CANARY = b"recorded by Yuna Park at 48.2082 N"


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def form(rate: int = RATE, channels: int = 1, bits: int = 16, coding: int = 1) -> bytes:
    frame = channels * bits // 8
    return chunk(b"fmt ", struct.pack("<HHIIHH", coding, channels, rate, rate * frame, frame, bits))


def riff(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def recorded(seconds: float = 1.0, rate: int = RATE, channels: int = 1) -> bytes:
    """A WAV file as a recorder writes it: a quiet tone, with who, when and where beside it."""
    frames = int(seconds * rate)
    wave = [int(3000 * ((at * 440 * 2 // rate) % 2 * 2 - 1)) for at in range(frames)]
    data = b"".join(struct.pack("<h", sample) * channels for sample in wave)
    about = chunk(b"LIST", b"INFO" + chunk(b"IART", CANARY))
    return riff(about, form(rate, channels), chunk(b"bext", CANARY), chunk(b"data", data), about)


def test_the_samples_are_taken_out_and_nothing_else_survives() -> None:
    samples = samples_in(recorded())
    assert isinstance(samples, bytes)
    assert seconds_of(samples) == 1.0
    kept = speech(samples)
    assert len(kept) == HEAD_BYTES + len(samples)
    assert CANARY not in kept
    assert kept == riff(form(), chunk(b"data", samples))


@given(st.binary(min_size=2, max_size=64).filter(lambda data: len(data) % 2 == 0))
def test_what_is_kept_reads_as_itself(samples: bytes) -> None:
    assert samples_in(speech(samples)) == samples


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", NoSpeech.NO_WAV),
        (b"ID3\x04" + bytes(60), NoSpeech.NO_WAV),
        (recorded()[:-4000], NoSpeech.NO_WAV),
        (riff(chunk(b"data", b"\1\0")) + bytes(40), NoSpeech.NO_WAV),
        (riff(form(), chunk(b"cue ", bytes(20))), NoSpeech.NO_WAV),
        (recorded(0.01, rate=48_000), NoSpeech.OTHER_FORM),
        (recorded(0.01, channels=2), NoSpeech.OTHER_FORM),
        (riff(form(bits=8), chunk(b"data", bytes(40))), NoSpeech.OTHER_FORM),
        (riff(form(coding=3), chunk(b"data", bytes(40))), NoSpeech.OTHER_FORM),
        (riff(chunk(b"fmt ", b"\1\0"), chunk(b"data", bytes(40))), NoSpeech.OTHER_FORM),
        (riff(form(), chunk(b"data", b"")), NoSpeech.NO_SOUND),
    ],
)
def test_whatever_is_no_such_file_is_refused_with_why(data: bytes, why: NoSpeech) -> None:
    assert samples_in(data) is why


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_bytes_do_worse_than_be_refused(noise: bytes, at: int) -> None:
    damaged = bytearray(recorded(0.01))
    damaged[at : at + len(noise)] = noise
    assert isinstance(samples_in(bytes(damaged)), bytes | NoSpeech)
