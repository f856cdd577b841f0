"""Which device speaks for whom, and what every answer carries.

The device's cookie holds a random token of which only the hash is known here. Cookies know no
port, so another page on this host is "same site": every act must therefore come with our own
Origin and as JSON, which a browser lets no foreign page send unasked.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from collavoce.care.ladder import Moment
from collavoce.care.pairing import Pairings, secret_hash
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.runtime.care.canary import CANARIES

DEVICE_COOKIE = "collavoce_phone"
DEVICE_LIVES = timedelta(days=400)
"""The longest a browser keeps a cookie; a phone stays paired until it is forgotten here."""

BADGE_COOKIE = "collavoce_badge"
"""Read by the web desk, under the same name; its lifetime is inside it."""

PATH = "/care"
BODY_LIMIT = 4096
"""Bytes of a request's body; the longest is a circle of five."""

_HOST = re.compile(r"^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])$")


@dataclass(frozen=True, slots=True)
class Device:
    """A known device: the hash of its token, and whose it is.

    number: 0 for a paired one, which speaks for the person; else it waits to, and shows this.
    """

    hash: str
    person: str
    number: int = 0

    @property
    def waiting(self) -> bool:
        """Whether it may only press."""
        return self.number > 0


def device_of(connection: HTTPConnection, hand: CareStagehand) -> Device | None:
    """The device that sends the request, None if it is none of ours."""
    token = connection.cookies.get(DEVICE_COOKIE, "")
    device = known(hand.state().pairings, secret_hash(token), hand.moment())
    # The watchdog's canary is none of the people: it presses and is called, and is seen by nobody.
    ours = device is not None and (device.person in hand.people or device.person in CANARIES)
    return device if ours else None


def known(pairings: Pairings, hashed: str, now: Moment) -> Device | None:
    """What the device of this token's hash is at `now`: paired, waiting, or nobody's."""
    if hashed in pairings.devices:
        return Device(hashed, pairings.devices[hashed])
    waiting = pairings.waits(hashed, now)
    return None if waiting is None else Device(hashed, waiting.person, waiting.number)


def device_cookie(token: str, *, secure: bool) -> str:
    """The Set-Cookie value that makes a device a person's; an empty token takes it away."""
    age = int(DEVICE_LIVES.total_seconds()) if token else 0
    return _cookie(DEVICE_COOKIE, token, PATH, age, secure=secure)


def badge_cookie(badge: str, *, secure: bool) -> str:
    """The Set-Cookie value by which the web desk knows the phone; an empty one takes it away."""
    age = int(timedelta(days=1).total_seconds()) if badge else 0
    return _cookie(BADGE_COOKIE, badge, "/", age, secure=secure)


def from_own_page(request: Request) -> bool:
    """Whether a page of this very process sent the request, as JSON."""
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    return bool(host) and urlsplit(origin).netloc == host and kind == "application/json"


async def read_body(request: Request) -> bytes | None:
    """The body, None as soon as it is more than `BODY_LIMIT`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def web_origin(connection: HTTPConnection, hand: CareStagehand) -> str:
    """The web desk as this phone reaches it: same host, its own port; "" for none."""
    host = connection.headers.get("host", "").rpartition(":")[0] or connection.headers.get(
        "host", ""
    )
    if not hand.web_port or _HOST.match(host) is None:
        return ""
    return f"{'https' if hand.secure else 'http'}://{host}:{hand.web_port}"


class SafeHeaders:
    """Puts on every answer what keeps a page to itself and out of every cache."""

    def __init__(self, app: ASGIApp, hand: CareStagehand) -> None:
        self.app = app
        self.hand = hand

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = _policy(web_origin(HTTPConnection(scope), self.hand))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
                headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers)


def _policy(web: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            f"connect-src 'self' {web}".rstrip(),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _cookie(name: str, value: str, path: str, age_s: int, *, secure: bool) -> str:
    kept = f"{name}={value}; Path={path}; Max-Age={age_s}; HttpOnly; SameSite=Strict"
    return f"{kept}; Secure" if secure else kept
