"""Which device speaks for whom, and what every answer carries.

The device's cookie holds a random token of which only the hash is known here. Cookies know no
port, so another page on this host is "same site": every act must therefore come with our own
Origin and as JSON, which a browser lets no foreign page send unasked.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from collavoce.care.ladder import Moment
from collavoce.care.states.pairing import Pairings, secret_hash
from collavoce.desk.care.capabilities import WORKER
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.runtime.care.canary import CANARIES
from collavoce.runtime.tls.cookies import BADGE as BADGE_COOKIE
from collavoce.runtime.tls.cookies import PHONE as DEVICE_COOKIE
from collavoce.runtime.tls.cookies import cookie_name

DEVICE_LIVES = timedelta(days=400)
"""The longest a browser keeps a cookie; a phone stays paired until it is forgotten here."""

PATH = "/care"
RECORDS = f"{PATH}/ear"
"""The one page that may record: a line for its own person's ear, when they say so."""

BODY_LIMIT = 4096
"""Bytes of a request's body; the longest is a circle of five."""

BODY_WITHIN_S = 10.0
"""Seconds for the whole of it: a phone in the worst corner of the house needs one."""

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
    """The device that sends the request, None if it is none of ours.

    Its presence opens what its person sealed, and hands their key on to their other devices.
    """
    token = token_of(connection, hand)
    device = known(hand.state().pairings, secret_hash(token), hand.moment())
    # The watchdog's canary is none of the people: it presses and is called, and is seen by nobody.
    ours = device is not None and (device.person in hand.people or device.person in CANARIES)
    if not ours:
        return None
    hand.unlock(token)
    return device


def token_of(connection: HTTPConnection, hand: CareStagehand) -> str:
    """The token in the device's cookie, "" if there is none."""
    return connection.cookies.get(cookie_name(DEVICE_COOKIE, secure=hand.secure), "")


def known(pairings: Pairings, hashed: str, now: Moment) -> Device | None:
    """What the device of this token's hash is at `now`: paired, waiting, or nobody's."""
    if hashed in pairings.devices:
        return Device(hashed, pairings.devices[hashed])
    waiting = pairings.waits(hashed, now)
    return None if waiting is None else Device(hashed, waiting.person, waiting.number)


def person_of(device: Device | None, hand: CareStagehand) -> Device | None:
    """The device if a page can be drawn for it: the canary has a token, and no page."""
    return device if device is not None and device.person in hand.people else None


def device_cookie(token: str, *, secure: bool) -> str:
    """The Set-Cookie value that makes a device a person's; an empty token takes it away."""
    age = int(DEVICE_LIVES.total_seconds()) if token else 0
    # Over plain HTTP the path keeps it from the web desk; `__Host-` wants every path, and there
    # the desk's own guard takes it away.
    return _cookie(DEVICE_COOKIE, token, "/" if secure else PATH, age, secure=secure)


def badge_cookie(badge: str, *, secure: bool) -> str:
    """The Set-Cookie value by which the web desk knows the phone; an empty one takes it away."""
    age = int(timedelta(days=1).total_seconds()) if badge else 0
    return _cookie(BADGE_COOKIE, badge, "/", age, secure=secure)


def from_own_page(request: Request, wanted: str = "application/json") -> bool:
    """Whether a page of this very process sent the request, as JSON or whatever is `wanted`."""
    host = request.headers.get("host", "")
    origin = f"{request.scope['scheme']}://{host}"
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    ours = bool(host) and request.headers.get("origin", "") == origin
    return ours and kind == wanted


async def read_body(
    request: Request, limit: int = BODY_LIMIT, within_s: float = BODY_WITHIN_S
) -> bytes | None:
    """The body; None as soon as it is more than `limit` bytes, too slow, or cut off."""
    body = bytearray()
    try:
        async with asyncio.timeout(within_s):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    return None
    except (TimeoutError, ClientDisconnect):
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
                microphone = "self" if scope["path"] == RECORDS else ""
                headers["Permissions-Policy"] = (
                    f"camera=(), microphone=({microphone}), geolocation=()"
                )
                headers["Cache-Control"] = "no-store"
                if scope["path"] == WORKER:
                    # A worker governs its own folder only, unless it is allowed the pages above.
                    headers["Service-Worker-Allowed"] = f"{PATH}/"
            await send(message)

        await self.app(scope, receive, with_headers)


def _policy(web: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            # A demo is fetched whole and played from the page's own memory.
            "media-src blob:",
            f"connect-src 'self' {web}".rstrip(),
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _cookie(name: str, value: str, path: str, age_s: int, *, secure: bool) -> str:
    full = cookie_name(name, secure=secure)
    kept = f"{full}={value}; Path={path}; Max-Age={age_s}; HttpOnly; SameSite=Strict"
    return f"{kept}; Secure" if secure else kept
