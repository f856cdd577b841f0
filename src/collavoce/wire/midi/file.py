"""A Standard MIDI File turned into a performance (Standard MIDI Files 1.0).

The chunks are walked here, so that a fault can be told with its track; the events inside a track
are read by `mido`.
"""

import struct
from io import BytesIO
from typing import Any

from mido.midifiles import KeySignatureError, MidiFile

from collavoce.units import Seconds
from collavoce.wire.errors import WireError
from collavoce.words import say

FILE_LIMIT = 16 * 1024 * 1024
"""Bytes of a MIDI file. A three-hour opera as MIDI is below 2 MB."""

DEFAULT_TEMPO = 500_000
"""Microseconds a quarter until the file says otherwise (SMF 1.0: 120 bpm)."""

LONGEST_S = 24 * 3600.0
"""A performance is no longer: a day is for the longest piece there is, beyond it is a fault."""

_NOTE_ON = 0x90
"""Status of a key going down on the first channel; velocity 0 means it came up."""

_HEADER_SIZE = 6
"""Bytes of the header chunk that mean something (SMF 1.0); more may follow."""

_TRACK_END = b"\xff\x2f\x00"
"""The event that every track ends with (SMF 1.0, "Meta-Events")."""

_DROP_FRAME = 29
"""The frame rate that SMPTE calls 29 and that is 30000/1001."""


class MidiError(WireError):
    """A MIDI file that cannot be played; the sentence says what, where, and the remedy."""


def read_performance(data: bytes) -> tuple[tuple[Seconds, bytes], ...]:
    """Every channel message of a Standard MIDI File with its instant from the file's start.

    All tracks are merged; what falls on one tick keeps the order of tracks, then of the file. The
    tempo map is applied (format 0 and 1), or the frames of an SMPTE division. A file in a RIFF
    wrapper (RMID) is unwrapped. Raises MidiError.
    """
    division, tracks = _chunks(_unwrapped(data))
    events: list[tuple[int, Any]] = []
    for number, track in enumerate(tracks, start=1):
        tick = 0
        for message in _track(number, division, track):
            tick += message.time
            events.append((tick, message))
    events.sort(key=lambda event: event[0])
    performance = _timed(division, events)
    if not any(message[0] & 0xF0 == _NOTE_ON and message[2] for _, message in performance):
        raise MidiError(say("rig.midi_file.no_notes", tracks=len(tracks)))
    return performance


def _unwrapped(data: bytes) -> bytes:
    """The MIDI file inside a RIFF one of the kind RMID; `data` itself if it is none."""
    if data[:4] != b"RIFF" or data[8:12] != b"RMID":
        return data
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        if kind == b"data":
            return data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    raise MidiError(say("rig.midi_file.truncated", byte=len(data)))


def _chunks(data: bytes) -> tuple[int, list[bytes]]:
    """The time division and the bytes of every track; chunks of other kinds are passed over."""
    announced, division, at = _header(data)
    tracks: list[bytes] = []
    while at + 8 <= len(data):
        kind, size = struct.unpack_from(">4sI", data, at)
        at += 8
        if kind == b"MTrk":
            # Some writers leave a wrong length behind; a last track with its end event is whole.
            whole = data.endswith(_TRACK_END) and data.find(b"MTrk", at) < 0
            if at + size > len(data) and not whole:
                track = len(tracks) + 1
                raise MidiError(say("rig.midi_file.truncated_track", track=track, byte=len(data)))
            tracks.append(data[at : at + size])
        at += size
    if not tracks:
        raise MidiError(say("rig.midi_file.truncated", byte=len(data)))
    if len(tracks) < announced:
        # A file cut between two tracks would still play, with a hand missing.
        raise MidiError(say("rig.midi_file.missing_tracks", announced=announced, found=len(tracks)))
    return division, tracks


def _header(data: bytes) -> tuple[int, int, int]:
    """How many tracks are announced, the time division, and where the header ends."""
    if not data:
        raise MidiError(say("rig.midi_file.empty"))
    if len(data) > FILE_LIMIT:
        raise MidiError(say("rig.midi_file.too_long", bytes=len(data), limit=FILE_LIMIT))
    if data[:4] != b"MThd"[: len(data)]:
        raise MidiError(say("rig.midi_file.not_midi", found=data[:4].hex(" ")))
    if len(data) < 8 + _HEADER_SIZE:
        raise MidiError(say("rig.midi_file.truncated", byte=len(data)))
    size, kind, announced, division = struct.unpack_from(">IHHh", data, 4)
    # One pattern alone is a performance like any other.
    if kind > 1 and announced != 1:
        raise MidiError(say("rig.midi_file.format", format=kind))
    if division == 0 or (division < 0 and not division & 0xFF):
        raise MidiError(say("rig.midi_file.no_division"))
    return announced, division, 8 + size


def _track(number: int, division: int, body: bytes) -> list[Any]:
    """The events of one track, handed to mido as a file of its own: a fault stays in its track."""
    head = struct.pack(">4sIHHh4sI", b"MThd", 6, 0, 1, division, b"MTrk", len(body))
    try:
        return list(MidiFile(file=BytesIO(head + body)).tracks[0])
    except EOFError:
        raise MidiError(say("rig.midi_file.track_ends", track=number)) from None
    except (OSError, ValueError, LookupError, KeySignatureError) as error:
        raise MidiError(say("rig.midi_file.track_fault", track=number, fault=error)) from error


def _timed(division: int, events: list[tuple[int, Any]]) -> tuple[tuple[Seconds, bytes], ...]:
    """Channel messages in seconds. Counted from the last change of tempo, so nothing adds up."""
    performance: list[tuple[Seconds, bytes]] = []
    changed_at, changed_tick = 0.0, 0
    second = _tick_seconds(division, DEFAULT_TEMPO)
    for tick, message in events:
        at = changed_at + (tick - changed_tick) * second
        if message.type == "set_tempo":
            if not message.tempo:
                raise MidiError(say("rig.midi_file.no_tempo", tick=tick))
            changed_at, changed_tick = at, tick
            second = _tick_seconds(division, message.tempo)
        elif not message.is_meta and hasattr(message, "channel"):
            if at > LONGEST_S:
                hours = LONGEST_S / 3600
                raise MidiError(say("rig.midi_file.endless", tick=tick, hours=f"{hours:g}"))
            performance.append((Seconds(at), bytes(message.bytes())))
    return tuple(performance)


def _tick_seconds(division: int, tempo: int) -> float:
    """Seconds of one tick: `division` ticks a quarter, or, negative, SMPTE frames and their parts.

    SMF 1.0: the high byte of a negative division is minus the frames a second (29 meaning 29.97),
    the low byte the ticks in a frame; the tempo then has no say.
    """
    if division > 0:
        return tempo / 1e6 / division
    frames = -(division >> 8)
    return 1 / ((30000 / 1001 if frames == _DROP_FRAME else frames) * (division & 0xFF))
