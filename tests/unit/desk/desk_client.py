"""A desk to ask without a server: requests through ASGI, streams read frame by frame."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.types import ASGIApp, Message
from tests.browser.fake_stagehand import KEY, FakeStagehand

from collavoce.desk.access import DESK_COOKIE, desk_token
from collavoce.desk.app import create_app
from collavoce.desk.stagehand import BADGE_COOKIE

HOST = "desk.test:8080"
ORIGIN = f"http://{HOST}"
CARE = "http://127.0.0.1:9999"
PATIENCE_S = 5.0

CALLER = {DESK_COOKIE: desk_token(KEY)}
MINA = {BADGE_COOKIE: "badge-of-mina"}


def client(hand: FakeStagehand, cookies: dict[str, str] | None = None) -> httpx.AsyncClient:
    """A client of a desk over `hand`."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(hand)), base_url=ORIGIN, cookies=cookies
    )


@dataclass(slots=True)
class Stream:
    """An open event stream. blocked: the page reads nothing while it is set."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict[str, str])
    sent: int = 0
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    frames: "asyncio.Queue[dict[str, Any]]" = field(default_factory=asyncio.Queue[dict[str, Any]])
    unasked: Counter[str] = field(default_factory=Counter[str])
    reads: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self, event: str) -> dict[str, Any]:
        """The data of the next `event` frame; the frame's id is under "id"."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame = await self.frames.get()
                self.unasked[frame["event"]] -= 1
                if frame["event"] == event:
                    return frame

    def waiting(self, event: str) -> int:
        """How many frames of `event` have come and were not asked for."""
        return self.unasked[event]

    def came(self, frame: dict[str, Any]) -> None:
        """One more frame."""
        self.unasked[frame["event"]] += 1
        self.frames.put_nowait(frame)


@asynccontextmanager
async def stream(
    app: ASGIApp, path: str, cookies: dict[str, str], headers: dict[str, str] | None = None
) -> AsyncGenerator[Stream]:
    """An open stream of `app`; leaving closes it, as a browser does."""
    opened = Stream()
    opened.reads.set()
    gone = asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            opened.status = message["status"]
            opened.headers = {k.decode(): v.decode() for k, v in message["headers"]}
            return
        opened.sent += len(message.get("body", b""))
        for frame in message.get("body", b"").decode().split("\n\n"):
            if "event: " in frame:
                opened.came(_parsed(frame))
        await opened.reads.wait()

    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    told = {"host": HOST, "cookie": cookie, **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in told.items()],
    }
    running = asyncio.ensure_future(app(scope, receive, send))
    running.add_done_callback(lambda _: opened.ended.set())
    try:
        yield opened
    finally:
        opened.reads.set()
        gone.set()
        await asyncio.wait_for(running, PATIENCE_S)


def _parsed(frame: str) -> dict[str, Any]:
    fields = dict(line.split(": ", 1) for line in frame.splitlines())
    return {"event": fields["event"], "id": fields.get("id", ""), **json.loads(fields["data"])}
