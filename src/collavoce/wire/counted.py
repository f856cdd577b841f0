"""OSC 1.0 on a stream: every packet stands behind its length, an int32 (OSC 1.0, "OSC Packets").

The older way through TCP; the newer is SLIP (`slip.py`). The first byte tells one from the other: a
length that fits a packet begins with a zero, and nothing framed by SLIP does.
"""

from collavoce.wire.errors import WireError
from collavoce.words import say

LENGTH_BYTES = 4
PACKET_LIMIT = 65_507
"""What fits a UDP datagram, so that both ways of OSC carry the same."""

FIRST = b"\0"
"""The first byte of every stream of this kind, for `PACKET_LIMIT` is below 2**24."""


class CountedError(WireError):
    """A length that no packet has; the stream is good for nothing more."""


def counted(packet: bytes) -> bytes:
    """`packet` as it goes into the stream."""
    return len(packet).to_bytes(LENGTH_BYTES) + packet


class CountedStream:
    """Cuts what comes in at the other end of a stream, whatever pieces it arrives in."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The packets that `data` completes; raises CountedError."""
        self._begun += data
        whole: list[bytes] = []
        while len(self._begun) >= LENGTH_BYTES:
            size = int.from_bytes(self._begun[:LENGTH_BYTES])
            if not 0 < size <= PACKET_LIMIT or size % 4:
                raise CountedError(say("rig.counted.length", bytes=size, limit=PACKET_LIMIT), 0)
            end = LENGTH_BYTES + size
            if len(self._begun) < end:
                break
            whole.append(bytes(self._begun[LENGTH_BYTES:end]))
            del self._begun[:end]
        return whole
