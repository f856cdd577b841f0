"""The answer that does not end: the same number of bytes at the same pace, whatever happens.

Every frame is the whole view of the page, padded to a fixed size and sent on a fixed beat, so
that whoever counts packets on the venue's network learns neither that somebody was called nor by
whom. Because a frame is whole, a page that comes back needs no history: the next frame is all of
it. Last-Event-ID carries on the page's own count of frames, which says nothing about anybody else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.types import Receive, Scope, Send

from collavoce.desk.care.access import Device, known
from collavoce.desk.care.fitting import fitted
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.desk.care.view import View, phone_view, waiting_view

BEAT_S = 0.4
"""Between two frames; a call waits half of this on average, and nothing longer than half a second.
"""

FRAME_BYTES = 8192
"""A frame's size. A view that is longer gives way to it (`fitting.py`)."""

COUNT_MAX = 10**9

VIEW_BYTES = FRAME_BYTES - len(b"id: %d\ndata: \n\n:\n\n" % COUNT_MAX)
"""Of a view in a frame."""


class CareStream:
    """An ASGI application for one request of a device that is paired or waits to be."""

    def __init__(
        self,
        hand: CareStagehand,
        device: Device,
        token: str,
        last_id: str,
        cookies: tuple[str, ...],
    ) -> None:
        self.hand = hand
        self.device = device
        # It opens its person's things while this request lasts, and is kept nowhere else.
        self._token = token
        self._seen: tuple[int, Mapping[str, object]] = (-1, {})
        self.count = int(last_id) % COUNT_MAX if last_id.isascii() and last_id.isdigit() else 0
        self.cookies = cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the page leaves or its device is no more what it was."""
        assert scope["type"] == "http"
        # A phone that waits shows no call: nobody is reached by it.
        here = not self.device.waiting
        if here:
            self.hand.came(self.device.person)
        beats = asyncio.ensure_future(self._beat(send))
        left = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({beats, left}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if here:
                self.hand.went(self.device.person)
            left.cancel()
            beats.cancel()
        # A socket that went away is the ordinary end of a page; anything else is a fault.
        if beats.done() and not beats.cancelled() and (error := beats.exception()) is not None:
            if not isinstance(error, OSError):
                raise error
            return
        if beats.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _beat(self, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream; charset=utf-8"),
                    (b"x-accel-buffering", b"no"),
                    *((b"set-cookie", cookie.encode()) for cookie in self.cookies),
                ],
            }
        )
        clock = asyncio.get_running_loop().time
        await every(BEAT_S, clock, lambda: self._frame(send))

    async def _frame(self, send: Send) -> bool:
        """Send one frame; False once the device was forgotten, or waits no more."""
        if known(self.hand.state().pairings, self.device.hash, self.hand.moment()) != self.device:
            return False
        self.count += 1
        body = frame(self.count, fitted(self._view(), VIEW_BYTES))
        await send({"type": "http.response.body", "body": body, "more_body": True})
        return True

    def _view(self) -> View:
        if self.device.waiting:
            return waiting_view(self.device.number)
        return {**phone_view(self.hand, self.device.person), **self._own()}

    def _own(self) -> Mapping[str, object]:
        """What stands here that only this phone opens; looked at again when it may have changed."""
        changes = self.hand.changes
        if self._seen[0] != changes:
            self._seen = (changes, self.hand.seen(self._token))
        return self._seen[1]


def frame(count: int, view: bytes) -> bytes:
    """A server-sent event (WHATWG HTML, 9.2.6), filled up with a comment to whole `FRAME_BYTES`."""
    said = b"id: %d\ndata: %b\n\n" % (count, view)
    least = len(said) + len(b":\n\n")
    return said + b":" + bytes(-least % FRAME_BYTES).replace(b"\0", b" ") + b"\n\n"


async def every(
    beat_s: float, clock: Callable[[], float], work: Callable[[], Awaitable[bool]]
) -> None:
    """Do `work` on a fixed grid of time until it says False; a late one is not made up for."""
    start = clock()
    beats = 0
    while await work():
        beats = max(beats + 1, int((clock() - start) / beat_s))
        await asyncio.sleep(max(0.0, start + beats * beat_s - clock()))


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
