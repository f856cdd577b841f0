"""The answer that does not end: a listener's frames, until it goes or is cut."""

import asyncio
from collections.abc import Callable

from starlette.types import Receive, Scope, Send

from collavoce.desk.hub import Hub
from collavoce.desk.listener import Listener

RETRY_MS = 500
"""A browser that lost the stream tries again after this long."""


STILL_S = 0.5
"""Between two looks whether a phone may still listen."""


class EventStream:
    """An ASGI application for one request; headers: added to the answer's own.

    still : whether the page may still listen; it is cut as soon as it may not.
    looks_on : a desk that is not the caller's.
    """

    def __init__(
        self,
        hub: Hub,
        person: str | None,
        last_id: str,
        headers: tuple[tuple[bytes, bytes], ...] = (),
        still: Callable[[], bool] | None = None,
        *,
        looks_on: bool = False,
    ) -> None:
        self.hub = hub
        self.person = person
        self.last_id = last_id
        self.headers = headers
        self.still = still
        self.looks_on = looks_on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the page leaves, or is cut because it does not read.

        A cut page gets no proper end: its socket is full, so nothing more can be said on it.
        Returning makes the server close the connection; a page that wakes up comes back by itself.
        """
        assert scope["type"] == "http"
        listener = self.hub.join(self.person, self.last_id, looks_on=self.looks_on)
        ends = {
            asyncio.ensure_future(self._send(listener, send)),
            asyncio.ensure_future(_left(receive)),
            asyncio.ensure_future(listener.cut.wait()),
        }
        if self.still is not None:
            ends.add(asyncio.ensure_future(_until_not(self.still)))
        try:
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.leave(listener)
            for end in ends:
                end.cancel()
        for end in done:
            # An OSError of a socket that went away is the ordinary end of a page.
            if (error := end.exception()) is not None and not isinstance(error, OSError):
                raise error

    async def _send(self, listener: Listener, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream; charset=utf-8"),
                    (b"x-accel-buffering", b"no"),
                    *self.headers,
                ],
            }
        )
        await _send_part(send, f"retry: {RETRY_MS}\n\n".encode())
        while True:
            await _send_part(send, await listener.take())
            listener.read()


async def _send_part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_not(still: Callable[[], bool]) -> None:
    while still():  # noqa: ASYNC110  what is asked is a file of another process
        await asyncio.sleep(STILL_S)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
