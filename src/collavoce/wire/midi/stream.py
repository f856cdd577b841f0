"""A MIDI cable cut into messages (MIDI 1.0 Detailed Specification 4.2, "Data Format").

Running status is filled in, real-time bytes may stand anywhere, even inside another message, and
any other status byte ends an unfinished system exclusive.
"""

from dataclasses import dataclass, field

SYSEX_LIMIT = 65_536
"""Bytes of one system exclusive; a longer one is dropped whole. Bulk dumps are a few KiB."""

STATUS = 0x80
"""The lowest status byte; below it are data."""

_SYSEX, _SYSEX_END = 0xF0, 0xF7
_SYSTEM, _REALTIME = 0xF0, 0xF8

_CHANNEL_LENGTHS = (3, 3, 3, 3, 2, 2, 3)
"""Bytes of a channel message by the high nibble of its status, 0x8 first."""

_COMMON_LENGTHS = {0xF1: 2, 0xF2: 3, 0xF3: 2, 0xF6: 1}
"""Bytes of a system common message."""

_UNDEFINED = (0xF4, 0xF5, 0xF9, 0xFD)
"""Status bytes without a meaning; they carry nothing."""


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
            if byte >= _REALTIME:
                if byte not in _UNDEFINED:
                    messages.append(bytes((byte,)))
            elif byte >= STATUS:
                self._take_status(byte, messages)
            else:
                self._take_data(byte, messages)
        return messages

    def _take_status(self, byte: int, messages: list[bytes]) -> None:
        if byte == _SYSEX_END:
            if self._status == _SYSEX and len(self._unfinished) < SYSEX_LIMIT:
                messages.append(bytes((*self._unfinished, byte)))
            self._status = 0
        elif _COMMON_LENGTHS.get(byte) == 1:
            messages.append(bytes((byte,)))
            self._status = 0
        else:
            self._status = 0 if byte in _UNDEFINED else byte
        self._unfinished[:] = (self._status,) if self._status else b""

    def _take_data(self, byte: int, messages: list[bytes]) -> None:
        if not self._status:
            return
        if len(self._unfinished) < SYSEX_LIMIT:
            self._unfinished.append(byte)
        if self._status == _SYSEX or len(self._unfinished) < _length(self._status):
            return
        messages.append(bytes(self._unfinished))
        if self._status >= _SYSTEM:
            self._status = 0
            self._unfinished.clear()
        else:
            del self._unfinished[1:]


def _length(status: int) -> int:
    if status >= _SYSTEM:
        return _COMMON_LENGTHS[status]
    return _CHANNEL_LENGTHS[(status >> 4) - 8]
