"""MIDI: a live stream cut into messages, and a Standard MIDI File turned into a performance.

The stream follows MIDI 1.0 Detailed Specification 4.2 (running status, real-time bytes anywhere,
a status byte ends an unfinished system exclusive). The file follows Standard MIDI Files 1.0: its
chunks are walked here, so that a fault can be told with its track and byte; the events inside a
track are read by `mido`.
"""

import struct
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from mido.midifiles import MidiFile

from collavoce.units import Seconds
from collavoce.words import say

SYSEX_LIMIT = 65_536
"""Bytes of one system exclusive; a longer one is dropped whole. Bulk dumps are a few KiB."""

FILE_LIMIT = 16 * 1024 * 1024
"""Bytes of a MIDI file. A three-hour opera as MIDI is below 2 MB."""

DEFAULT_TEMPO = 500_000
"""Microseconds a quarter until the file says otherwise (SMF 1.0: 120 bpm)."""

_LENGTHS = (3, 3, 3, 3, 2, 2, 3)
"""Bytes of a channel message by the high nibble of its status, 0x8 first."""

_COMMON_LENGTHS = {0xF1: 2, 0xF2: 3, 0xF3: 2, 0xF6: 1}
"""Bytes of a system common message; F4 and F5 are undefined and carry nothing."""

_UNDEFINED_REALTIME = (0xF9, 0xFD)


class MidiError(Exception):
    """A MIDI file that cannot be played; the sentence says what, where, and the remedy."""


@dataclass(slots=True)
class MidiStream:
    """Bytes of a MIDI cable in, whole messages out; keeps what is unfinished until the next feed.

    Every message comes with its status byte, whether or not the cable carried it again.
    """

    _unfinished: bytearray = field(default_factory=bytearray)
    _status: int = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that `data` completes, in the order in which their last bytes came."""
        messages: list[bytes] = []
        for byte in data:
            if byte >= 0xF8:
                if byte not in _UNDEFINED_REALTIME:
                    messages.append(bytes((byte,)))
            elif byte >= 0x80:
                self._take_status(byte, messages)
            else:
                self._take_data(byte, messages)
        return messages

    def _take_status(self, byte: int, messages: list[bytes]) -> None:
        if byte == 0xF7:
            if self._status == 0xF0 and len(self._unfinished) < SYSEX_LIMIT:
                messages.append(bytes((*self._unfinished, byte)))
            self._status = 0
        elif _COMMON_LENGTHS.get(byte) == 1:
            messages.append(bytes((byte,)))
            self._status = 0
        else:
            self._status = 0 if byte in {0xF4, 0xF5} else byte
        self._unfinished[:] = (self._status,) if self._status else b""

    def _take_data(self, byte: int, messages: list[bytes]) -> None:
        if not self._status:
            return
        if self._status == 0xF0:
            # One byte past the limit is kept as the sign that this one is too long.
            if len(self._unfinished) < SYSEX_LIMIT:
                self._unfinished.append(byte)
            return
        self._unfinished.append(byte)
        if len(self._unfinished) < _length(self._status):
            return
        messages.append(bytes(self._unfinished))
        if self._status >= 0xF0:
            self._status = 0
            self._unfinished.clear()
        else:
            del self._unfinished[1:]


def _length(status: int) -> int:
    return _COMMON_LENGTHS[status] if status >= 0xF0 else _LENGTHS[(status >> 4) - 8]


def read_performance(data: bytes) -> tuple[tuple[Seconds, bytes], ...]:
    """Every channel message of a Standard MIDI File with its instant from the file's start.

    All tracks are merged; what falls on one tick keeps the order of tracks, then of the file. The
    tempo map is applied (format 0 and 1), or the frames of an SMPTE division. Raises MidiError.
    """
    division, tracks = _chunks(data)
    events: list[tuple[int, Any]] = []
    for number, track in enumerate(tracks, start=1):
        tick = 0
        for message in _track(number, division, track):
            tick += message.time
            events.append((tick, message))
    events.sort(key=lambda event: event[0])
    performance = _timed(division, events)
    if not any(message[0] & 0xF0 == 0x90 and message[2] for _, message in performance):
        raise MidiError(say("rig.midi_file.no_notes", tracks=len(tracks)))
    return performance


def _chunks(data: bytes) -> tuple[int, list[bytes]]:
    """The time division and the bytes of every track; chunks of other kinds are passed over."""
    if not data:
        raise MidiError(say("rig.midi_file.empty"))
    if len(data) > FILE_LIMIT:
        raise MidiError(say("rig.midi_file.too_long", bytes=len(data), limit=FILE_LIMIT))
    if data[:4] != b"MThd"[: len(data)]:
        raise MidiError(say("rig.midi_file.not_midi", found=data[:4].hex(" ")))
    at = 0
    division = 0
    tracks: list[bytes] = []
    while at + 8 <= len(data):
        kind, size = struct.unpack_from(">4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        if at == 0:
            if size < 6 or len(body) < 6:
                raise MidiError(say("rig.midi_file.truncated", byte=len(data)))
            kind_of_file, _, division = struct.unpack_from(">HHh", body)
            if kind_of_file > 1:
                raise MidiError(say("rig.midi_file.format", format=kind_of_file))
            if division == 0:
                raise MidiError(say("rig.midi_file.no_division"))
        elif kind == b"MTrk":
            if len(body) < size:
                raise MidiError(
                    say("rig.midi_file.truncated_track", track=len(tracks) + 1, byte=len(data))
                )
            tracks.append(body)
        at += 8 + size
    if not tracks:
        raise MidiError(say("rig.midi_file.truncated", byte=len(data)))
    return division, tracks


def _track(number: int, division: int, body: bytes) -> list[Any]:
    """The events of one track, handed to mido as a file of its own: a fault stays in its track."""
    head = struct.pack(">4sIHHh4sI", b"MThd", 6, 0, 1, division, b"MTrk", len(body))
    try:
        return list(MidiFile(file=BytesIO(head + body)).tracks[0])
    except EOFError:
        raise MidiError(say("rig.midi_file.track_ends", track=number)) from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise MidiError(say("rig.midi_file.track_fault", track=number, fault=error)) from error


def _timed(division: int, events: list[tuple[int, Any]]) -> tuple[tuple[Seconds, bytes], ...]:
    """Channel messages in seconds. Counted from the last change of tempo, so nothing adds up."""
    performance: list[tuple[Seconds, bytes]] = []
    changed_at, changed_tick = 0.0, 0
    second = _tick_seconds(division, DEFAULT_TEMPO)
    for tick, message in events:
        at = changed_at + (tick - changed_tick) * second
        if message.type == "set_tempo":
            changed_at, changed_tick = at, tick
            second = _tick_seconds(division, message.tempo)
        elif not message.is_meta and hasattr(message, "channel"):
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
    return 1 / ((30000 / 1001 if frames == 29 else frames) * max(1, division & 0xFF))
