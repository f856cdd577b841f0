"""Who may come in, from where, and with how much.

The desk's key is written on the desk machine's terminal and put into a page by its `#fragment`,
which no server log and no Referer ever carries. What the browser keeps is not the key but a token
made from it: the same after the web process was restarted, so that nobody is sent out in mid-show.

| role | opened by | may |
|---|---|---|
| caller | the desk's key | everything a desk can |
| assistant | a key made from it | see the desk; act only where a route says so |
"""

import hmac
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from collavoce.desk.stagehand import BADGE_COOKIE, Stagehand
from collavoce.runtime.tls.cookies import DESK as DESK_COOKIE
from collavoce.runtime.tls.cookies import cookie_name

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


class Role(StrEnum):
    """Whose desk it is."""

    CALLER = "caller"
    ASSISTANT = "assistant"


def desk_token(desk_key: str) -> str:
    """What the desk's cookie carries."""
    return hmac.new(desk_key.encode(), b"collavoce desk cookie", sha256).hexdigest()


def assistant_key(desk_key: str) -> str:
    """The key of the desks that look on; from it nobody comes back to `desk_key`."""
    return hmac.new(desk_key.encode(), b"collavoce assistant key", sha256).hexdigest()[:32]


def key_of(role: Role, desk_key: str) -> str:
    """The key that opens a desk of `role`."""
    return desk_key if role is Role.CALLER else assistant_key(desk_key)


def same_secret(given: str, wanted: str) -> bool:
    """Whether both are the same, told in a time that does not depend on where they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def desk_role(connection: HTTPConnection, stagehand: Stagehand) -> Role | None:
    """Whose opened desk sends the request, None if it is none."""
    given = connection.cookies.get(cookie_name(DESK_COOKIE, secure=is_secure(connection)), "")
    for role in Role:
        if same_secret(given, desk_token(key_of(role, stagehand.desk_key))):
            return role
    return None


def holds_desk_key(connection: HTTPConnection, stagehand: Stagehand) -> bool:
    """Whether the request comes from an opened desk."""
    return desk_role(connection, stagehand) is not None


def badge_holder(connection: HTTPConnection, stagehand: Stagehand) -> str | None:
    """The person whose paired phone sends the request."""
    cookie = connection.cookies.get(cookie_name(BADGE_COOKIE, secure=is_secure(connection)))
    return stagehand.badge(cookie) if cookie else None


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the request came over TLS."""
    return connection.scope.get("scheme") == "https"


def from_own_page(connection: HTTPConnection) -> bool:
    """Whether a page of this very desk sent the request: its Origin is ours, scheme and all.

    A browser sends Origin with every POST and lets no page choose it.
    """
    host = connection.headers.get("host", "")
    scheme = "https" if is_secure(connection) else "http"
    return bool(host) and connection.headers.get("origin", "") == f"{scheme}://{host}"


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
