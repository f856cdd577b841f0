"""An answer's head leaves together with the first of its body: one write, one packet.

The server writes the one and then the other, each a call into the system and a packet of its own.
A head that nothing follows at once, as before a stream, leaves by itself with the loop's next turn.
"""

import asyncio
from typing import Any


class OneWrite(asyncio.Transport):
    """The connection `through`, as a protocol of HTTP writes to it."""

    def __init__(self, through: asyncio.Transport) -> None:
        super().__init__()
        self._through = through
        self._head = b""
        self._begins = True

    def next_answer(self) -> None:
        """What is written next is a head."""
        self._begins = True

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send `data`; the head of an answer with what is written after it in the same turn."""
        if self._begins:
            self._begins = False
            self._head = bytes(data)
            asyncio.get_running_loop().call_soon(self._flush)
        elif self._head:
            head, self._head = self._head, b""
            self._through.write(head + bytes(data))
        else:
            self._through.write(data)

    def close(self) -> None:
        """End it, once everything is sent."""
        self._flush()
        self._through.close()

    def abort(self) -> None:
        """End it now."""
        self._head = b""
        self._through.abort()

    def is_closing(self) -> bool:
        """Whether it has ended, or is about to."""
        return self._through.is_closing()

    def pause_reading(self) -> None:
        """Let what comes wait."""
        self._through.pause_reading()

    def resume_reading(self) -> None:
        """Hand on what comes."""
        self._through.resume_reading()

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  asyncio's own
        """What asyncio knows of the connection."""
        return self._through.get_extra_info(name, default)

    def _flush(self) -> None:
        head, self._head = self._head, b""
        if head and not self._through.is_closing():
            self._through.write(head)
