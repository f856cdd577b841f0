"""Standard MIDI Files read as performances, and every way in which a file can be broken."""

import contextlib
import struct
from io import BytesIO

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.wire.midi import MidiError, read_performance


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4) + body


def track(*events: str) -> bytes:
    """A track chunk of events in hex, each with its delta time; the end is added."""
    return chunk(b"MTrk", bytes.fromhex("".join(events) + "00 ff 2f 00"))


def header(tracks: int, division: int = 480, kind: int = 1) -> bytes:
    return chunk(b"MThd", struct.pack(">HHh", kind, tracks, division))


def delta(ticks: int) -> str:
    """`ticks` as a variable-length quantity of four bytes, in hex."""
    return bytes(0x80 * (place > 0) | ticks >> 7 * place & 0x7F for place in (3, 2, 1, 0)).hex()


NOTE = "00 90 3c 40"


def test_a_note_is_heard_at_its_second_at_120_bpm_without_a_tempo() -> None:
    data = header(1) + track("83 60 90 3c 40", "81 70 80 3c 00")
    assert read_performance(data) == ((0.5, b"\x90\x3c\x40"), (0.75, b"\x80\x3c\x00"))


def test_running_status_is_filled_in() -> None:
    data = header(1) + track(NOTE, "83 60 3e 41")
    assert read_performance(data) == ((0.0, b"\x90\x3c\x40"), (0.5, b"\x90\x3e\x41"))


def test_the_tempo_map_of_one_track_holds_for_all() -> None:
    # 60 bpm from the start, 240 bpm after the first quarter.
    tempi = track("00 ff 51 03 0f 42 40", "83 60 ff 51 03 03 d0 90")
    notes = track("83 60 90 3c 40", "83 60 90 40 40", "83 60 90 43 40")
    data = header(2) + tempi + notes
    assert [at for at, _ in read_performance(data)] == [1.0, 1.25, 1.5]


def test_tracks_are_merged_and_what_falls_together_keeps_their_order() -> None:
    right = track("00 90 43 40", "83 60 80 43 00")
    left = track("00 91 30 40", "83 60 81 30 00")
    heard = [message[:2] for _, message in read_performance(header(2) + right + left)]
    assert heard == [b"\x90\x43", b"\x91\x30", b"\x80\x43", b"\x81\x30"]


def test_format_0_is_read_too() -> None:
    assert len(read_performance(header(1, kind=0) + track(NOTE))) == 1


def test_only_channel_messages_are_handed_on() -> None:
    data = header(1) + track("00 f0 03 01 02 f7", "00 ff 03 02 48 69", NOTE, "00 b0 40 7f")
    assert [message for _, message in read_performance(data)] == [b"\x90\x3c\x40", b"\xb0\x40\x7f"]


def test_an_smpte_division_counts_frames_and_no_tempo() -> None:
    division = -(25 << 8) | 40  # 25 frames of 40 ticks: a tick is a millisecond
    data = header(1, division) + track("00 ff 51 03 0f 42 40", "87 68 90 3c 40")
    assert read_performance(data) == ((1.0, b"\x90\x3c\x40"),)


def test_drop_frame_is_29_97_frames_a_second() -> None:
    division = -(29 << 8) | 100
    ((at, _),) = read_performance(header(1, division) + track("97 38 90 3c 40"))
    assert at == pytest.approx(3000 * 1001 / 3_000_000)


def test_chunks_of_other_kinds_and_a_longer_header_are_passed_over() -> None:
    long_header = chunk(b"MThd", struct.pack(">HHh", 1, 1, 480) + b"more")
    data = long_header + chunk(b"XFIH", b"whatever") + track(NOTE) + b"tail"
    assert len(read_performance(data)) == 1


def test_an_hour_of_ticks_adds_up_to_no_error() -> None:
    quarters = 3600 * 2
    data = header(1, division=960) + track(NOTE, delta(quarters * 960) + "80 3c 00")
    (_, _), (end, _) = read_performance(data)
    assert end == pytest.approx(3600.0, abs=1e-9)


def test_one_pattern_alone_is_a_performance() -> None:
    assert len(read_performance(header(1, kind=2) + track(NOTE))) == 1


def test_a_file_in_a_riff_wrapper_is_unwrapped() -> None:
    midi = header(1) + track(NOTE)
    inner = b"RMID" + b"disp\x03\0\0\0abc\0" + b"data" + len(midi).to_bytes(4, "little") + midi
    riff = b"RIFF" + len(inner).to_bytes(4, "little") + inner
    assert read_performance(riff) == read_performance(midi)


def test_a_last_track_that_ends_in_order_is_whole_whatever_its_length_says() -> None:
    whole = track(NOTE)
    for length in (0x7FFF, 0xFFFFFFFF):
        data = header(1) + b"MTrk" + length.to_bytes(4) + whole[8:]
        assert read_performance(data) == read_performance(header(1) + whole)


def test_a_length_that_swallows_the_next_track_is_refused() -> None:
    first, second = track(NOTE), track("00 90 40 40")
    data = header(2) + b"MTrk" + (0x7FFF).to_bytes(4) + first[8:] + second
    with pytest.raises(MidiError, match="inside track 1"):
        read_performance(data)


TWO_HANDS = header(2) + track(NOTE, "83 60 3c 00") + track("00 91 30 40", "83 60 81 30 00")


@pytest.mark.parametrize("byte", range(len(TWO_HANDS)))
def test_a_file_cut_anywhere_is_refused_in_one_line_with_place_and_remedy(byte: int) -> None:
    with pytest.raises(MidiError) as refusal:
        read_performance(TWO_HANDS[:byte])
    words = str(refusal.value)
    assert "\n" not in words
    assert "again" in words or "export" in words


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"RIFF\0\0\0\0", "begins with 52 49 46 46"),
        (b"MT", "breaks off at byte 2"),
        (header(1)[:13], "breaks off at byte 13"),
        (header(1), "before its first track"),
        (header(1) + track(NOTE)[:-1], "breaks off at byte 29 inside track 1"),
        (header(2) + track(NOTE), "announces 2 tracks and holds 1"),
        (header(2, kind=2) + track(NOTE) + track(NOTE), "format 2"),
        (header(1, division=-(25 << 8)) + track(NOTE), "no time division"),
        (header(1) + track("00 ff 51 03 00 00 00", "83 60 90 3c 40"), "tempo of no length"),
        (header(1) + track("ff ff ff 7f 90 3c 40"), "more than 24 hours"),
        (b"RIFF\x20\0\0\0RMIDdata", "breaks off at byte 16"),
        (header(1, division=0) + track(NOTE), "no time division"),
        (header(1) + track(), "no note"),
        (header(1) + track("00 90 3c 00"), "no note"),
        (header(2) + track(NOTE) + chunk(b"MTrk", b"\0\x90\x3c"), "track 2 .* ends inside"),
        (header(1) + track("00 3c 40"), "track 1 .* cannot be read"),
        (header(1) + track("00 90 3c 90"), "track 1 .* cannot be read"),
        (header(1) + track("00 ff 59 02 55 55"), "track 1 .* cannot be read"),
    ],
)
def test_a_broken_file_is_refused_with_what_where_and_remedy(data: bytes, what: str) -> None:
    with pytest.raises(MidiError, match=what) as refusal:
        read_performance(data)
    assert any(remedy in str(refusal.value) for remedy in ("again", "export", "choose"))


def test_a_file_that_is_no_performance_by_its_size_is_refused() -> None:
    with pytest.raises(MidiError, match="more than"):
        read_performance(header(1) + bytes(16 * 1024 * 1024))


@given(st.binary(max_size=120))
def test_no_bytes_raise_anything_but_a_midi_error(tail: bytes) -> None:
    for data in (tail, header(1) + chunk(b"MTrk", tail), header(1) + tail):
        with contextlib.suppress(MidiError):
            read_performance(data)


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 127), st.integers(1, 127)),
        min_size=1,
        max_size=30,
    ),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(100_000, 2_000_000)), max_size=5),
)
@settings(max_examples=50)
def test_mido_plays_the_same_messages_at_the_same_times(
    notes: list[tuple[int, int, int]], tempi: list[tuple[int, int]]
) -> None:
    song = mido.MidiFile(ticks_per_beat=96)
    song.add_track().extend(mido.MetaMessage("set_tempo", tempo=t, time=d) for d, t in tempi)
    song.add_track().extend(
        mido.Message("note_on", note=pitch, velocity=v, time=d) for d, pitch, v in notes
    )
    file = BytesIO()
    song.save(file=file)
    at = 0.0
    wanted: list[tuple[float, bytes]] = []
    for message in song:
        at += message.time
        if not message.is_meta:
            wanted.append((at, bytes(message.bytes())))
    read = read_performance(file.getvalue())
    assert [message for _, message in read] == [message for _, message in wanted]
    assert [second for second, _ in read] == pytest.approx([second for second, _ in wanted])
