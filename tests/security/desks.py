"""Desks of every role, and the guarded application they speak to, without a server."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from starlette.types import ASGIApp
from tests.browser.fake_stagehand import KEY, FakeStagehand

from collavoce.desk.access import DESK_COOKIE, assistant_key, desk_token
from collavoce.desk.app import create_app
from collavoce.desk.denials import Denials
from collavoce.desk.guard import guarded
from collavoce.desk.stagehand import BADGE_COOKIE

HOST = "127.0.0.1:8080"
ORIGIN = f"http://{HOST}"
NAMES = ("show.example.org", "stage.local")

CALLER = {DESK_COOKIE: desk_token(KEY)}
ASSISTANT = {DESK_COOKIE: desk_token(assistant_key(KEY))}
ROLES: dict[str, dict[str, str]] = {
    "nobody": {},
    "a forged desk": {DESK_COOKIE: desk_token("another key")},
    "the key itself as a cookie": {DESK_COOKIE: KEY},
    "a phone": {BADGE_COOKIE: "badge-of-mina"},
    "a forged phone": {BADGE_COOKIE: "badge-of-nobody"},
    "a paired device's token": {"collavoce_phone": "a token of the care pages"},
    "assistant": ASSISTANT,
    "caller": CALLER,
}


@dataclass
class Lines:
    """What was noted of refusals, on a clock moved by hand."""

    written: list[str] = field(default_factory=list[str])
    at: datetime = datetime(2026, 11, 21, 20, 14, 3, tzinfo=UTC)

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def desk(
    hand: FakeStagehand | None = None, lines: Lines | None = None, *, hsts: bool = False
) -> ASGIApp:
    """The web process' application, guard and all."""
    noted = lines or Lines()
    denials = Denials("desk", lambda: noted.at, noted.written.append)
    cookies = frozenset({DESK_COOKIE, BADGE_COOKIE})
    return guarded(create_app(hand or FakeStagehand()), NAMES, cookies, denials, hsts=hsts)


def client(
    app: ASGIApp, cookies: dict[str, str] | None = None, host: str = HOST
) -> httpx.AsyncClient:
    """A browser of one role."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url=f"http://{host}",
        cookies=cookies,
        headers={"origin": f"http://{host}"},
    )
