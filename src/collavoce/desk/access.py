"""Who may come in, from where, and with how much.

The desk's key is written on the desk machine's terminal and put into a page by its `#fragment`,
which no server log and no Referer ever carries. What the browser keeps is not the key but a token
made from it: the same after the web process was restarted, so that nobody is sent out in mid-show.
"""

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from collavoce.desk.stagehand import BADGE_COOKIE, Stagehand

DESK_COOKIE = "collavoce_desk"

BODY_LIMIT = 64 * 1024
"""Bytes of a request's body. The longest command is a note of 400 characters."""

POLICY = "; ".join(  # noqa: FLY002  one directive a line reads better than one long string
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def desk_token(desk_key: str) -> str:
    """What the desk's cookie carries."""
    return hmac.new(desk_key.encode(), b"collavoce desk cookie", sha256).hexdigest()


def same_secret(given: str, wanted: str) -> bool:
    """Whether both are the same, told in a time that does not depend on where they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def holds_desk_key(connection: HTTPConnection, stagehand: Stagehand) -> bool:
    """Whether the request comes from an opened desk."""
    given = connection.cookies.get(DESK_COOKIE, "")
    return same_secret(given, desk_token(stagehand.desk_key))


def badge_holder(connection: HTTPConnection, stagehand: Stagehand) -> str | None:
    """The person whose paired phone sends the request."""
    cookie = connection.cookies.get(BADGE_COOKIE)
    return stagehand.badge(cookie) if cookie else None


def from_own_page(connection: HTTPConnection) -> bool:
    """Whether a page of this very desk sent the request: its Origin names our Host.

    A browser sends Origin with every POST and lets no page choose it.
    """
    origin = connection.headers.get("origin", "")
    host = connection.headers.get("host", "")
    return bool(host) and urlsplit(origin).netloc == host


def from_care_page(connection: HTTPConnection, care_origin: str) -> bool:
    """Whether a page of the care process on this machine sent the request.

    It is `care_origin` itself, or its scheme and port under the name by which the phone reached
    us: a machine with two networks has two addresses, and the care process answers on both.
    """
    origin = connection.headers.get("origin", "")
    if not origin:
        return False
    if origin == care_origin:
        return True
    try:
        given, care = urlsplit(origin), urlsplit(care_origin)
        ours = urlsplit(f"//{connection.headers.get('host', '')}")
        same_door = (given.scheme, given.port) == (care.scheme, care.port)
    except ValueError:  # a port that is no number
        return False
    return same_door and given.hostname is not None and given.hostname == ours.hostname


async def read_body(request: Request) -> bytes | None:
    """The body, None as soon as it is more than `BODY_LIMIT`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


class SafeHeaders:
    """Puts on every answer what keeps a page to itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)
