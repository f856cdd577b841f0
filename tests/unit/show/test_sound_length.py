"""How long a sound is stands in its first and last bytes."""

import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.show.reading.sound_length import HEAD, Peek, sound_length

from .sounds import flac, mp3, ogg, wav


def length(data: bytes) -> float | None:
    return sound_length(Peek.of(data))


@pytest.mark.parametrize("make", [wav, flac, ogg])
def test_the_length_is_what_the_header_says(make: Callable[[float], bytes]) -> None:
    assert length(make(2.5)) == pytest.approx(2.5, abs=1e-3)


def test_a_wave_file_with_chunks_between_and_a_size_nobody_wrote() -> None:
    plain = wav(3.0)
    noted = plain[:36] + b"LIST" + struct.pack("<I", 3) + b"abc\0" + plain[36:]
    assert length(noted) == pytest.approx(3.0)
    for size in (0, 0xFFFF_FFFF):
        unwritten = plain[:40] + struct.pack("<I", size) + plain[44:]
        assert length(unwritten) == pytest.approx(3.0)


def test_a_long_wave_file_is_read_from_its_head_alone() -> None:
    peek = Peek(wav(3.0)[:HEAD][:2000], b"", len(wav(3.0)))
    assert sound_length(peek) == pytest.approx(3.0)


def test_rf64_says_its_length_in_a_chunk_of_its_own() -> None:
    plain = wav(3.0)
    sizes = b"ds64" + struct.pack("<IQQQI", 28, len(plain), 24_000, 24_000, 0)
    file = b"RF64" + b"\xff" * 4 + b"WAVE" + sizes + plain[12:40] + b"\xff" * 4 + plain[44:]
    assert length(file) == pytest.approx(3.0)


def test_an_mp3_of_one_bit_rate_is_as_long_as_its_bytes() -> None:
    assert length(mp3(100)) == pytest.approx(100 * 417 * 8 / 128_000)
    assert length(mp3(100, tag=300)) == pytest.approx(100 * 417 * 8 / 128_000)
    tagged = mp3(100) + b"TAG" + bytes(125)
    assert length(tagged) == pytest.approx(100 * 417 * 8 / 128_000)


def test_an_mp3_whose_encoder_counted_its_frames_is_as_long_as_those() -> None:
    assert length(mp3(10, xing=1000)) == pytest.approx(1000 * 1152 / 44_100)


@pytest.mark.parametrize(
    "data", [b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"fLaC", b"OggS", b"hello there", b"\xff" * 5000]
)
def test_what_is_no_sound_has_no_length(data: bytes) -> None:
    assert length(data) is None


@given(st.sampled_from([wav(0.2), flac(0.2), ogg(0.2), mp3(3)]), st.data())
def test_a_broken_file_is_never_an_error_of_ours(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(len(broken) - 1, 0)), max_size=20)):
        if broken:
            broken[at] = data.draw(st.integers(0, 255))
    seconds = length(bytes(broken))
    assert seconds is None or seconds >= 0.0
