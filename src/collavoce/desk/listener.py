"""One open page, and what it has not read yet.

Every message is the whole of its kind, so a newer one replaces an older one that a slow page has
not read: nobody's backlog grows with time. What grows is only the count of bytes that went past a
page that does not read, and at `UNREAD_LIMIT` it is cut.
"""

import asyncio
from dataclasses import dataclass, field

UNREAD_LIMIT = 256 * 1024
"""Bytes replaced unread since the page last took anything."""

SEND_BUFFER = 128 * 1024
"""Bytes the kernel may keep for one connection (Linux doubles it for its own bookkeeping)."""


@dataclass(slots=True, eq=False)
class Listener:
    """One open page. person: whose phone it is, None for a desk; looks_on: not the caller's."""

    person: str | None
    looks_on: bool = False
    has: str = ""
    """id of the state it was last offered"""
    waiting: dict[str, bytes] = field(default_factory=dict[str, bytes])
    due: dict[str, object] = field(default_factory=lambda: {"cue": None, "due_at": None})
    """what it was last told of its next cue"""
    unread: int = 0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    cut: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, kind: str, frame: bytes) -> None:
        """Let `frame` be the next of its kind to be sent."""
        replaced = self.waiting.get(kind, b"")
        self.waiting[kind] = frame
        self.unread += len(replaced)
        self.wake.set()
        if self.unread > UNREAD_LIMIT:
            self.cut.set()

    async def take(self) -> bytes:
        """Everything that waits, as soon as anything does; call `read` once it is sent."""
        await self.wake.wait()
        self.wake.clear()
        frames = b"".join(self.waiting.values())
        self.waiting.clear()
        return frames

    def read(self) -> None:
        """The page's side took what was sent."""
        self.unread = 0
