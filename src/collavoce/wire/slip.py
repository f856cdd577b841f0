"""SLIP: datagrams on a stream, as OSC 1.1 sends them through TCP (RFC 1055).

Every datagram stands between two END bytes; the first one flushes whatever noise came before it.
"""

from collavoce.wire.errors import WireError
from collavoce.words import say

END, ESC, ESC_END, ESC_ESC = 0xC0, 0xDB, 0xDC, 0xDD

DATAGRAM_LIMIT = 65_507
"""What fits a UDP datagram, so that both ways of OSC carry the same."""


class SlipError(WireError):
    """A stream that cannot be cut into datagrams."""


def frame(datagram: bytes) -> bytes:
    """`datagram` as it goes into the stream."""
    escaped = datagram.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc")
    return b"\xc0" + escaped + b"\xc0"


class SlipStream:
    """Cuts what comes in at the other end of a stream, whatever pieces it arrives in."""

    def __init__(self) -> None:
        self._begun = bytearray()
        self._escaped = False

    def feed(self, data: bytes) -> list[bytes]:
        """The datagrams that `data` completes; empty ones are flushes and are left out.

        Raises SlipError on an escape that means nothing, and on a datagram without end. The
        stream is then good for nothing more: what is a byte and what a mark is anybody's guess.
        """
        whole: list[bytes] = []
        for at, byte in enumerate(data):
            if byte == END and not self._escaped:
                if self._begun:
                    whole.append(bytes(self._begun))
                    self._begun.clear()
                continue
            self._take(byte, at)
        return whole

    def _take(self, byte: int, at: int) -> None:
        if self._escaped:
            if byte not in {ESC_END, ESC_ESC}:
                raise SlipError(say("rig.slip.escape", byte=f"{byte:02x}"), at)
            byte = END if byte == ESC_END else ESC
            self._escaped = False
        elif byte == ESC:
            self._escaped = True
            return
        if len(self._begun) == DATAGRAM_LIMIT:
            raise SlipError(say("rig.slip.endless", limit=DATAGRAM_LIMIT), at)
        self._begun.append(byte)
