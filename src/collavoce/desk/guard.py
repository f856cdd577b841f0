"""What stands before every page of a process, whatever is asked for.

From outside in: what every answer carries, a note of what is refused, which name it was
sent to, which of its cookies concern us.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from collavoce.desk.denials import Denials
from collavoce.desk.hosts import KnownHosts

HSTS = "max-age=31536000"
"""One year (RFC 6797). Without includeSubDomains: other hosts are not ours to bind."""

LEAST = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-site",
    "Cache-Control": "no-store",
}


def guarded(
    app: ASGIApp,
    names: tuple[str, ...],
    cookies: frozenset[str],
    denials: Denials,
    *,
    hsts: bool = False,
) -> ASGIApp:
    """`app` behind its guard. names: the host's own; cookies: the names that `app` may see."""
    inner = denials.of(KnownHosts(OwnCookies(app, cookies), names))
    return LeastHeaders(inner, hsts=hsts)


class OwnCookies:
    """Takes away the cookies of other pages of this host before anybody here has seen them.

    Cookies know no port: a browser sends the care pages' cookie to the web desk as well.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is ours."""
        if scope["type"] == "http":
            scope = {**scope, "headers": [h for h in map(self._kept, scope["headers"]) if h]}
        await self.app(scope, receive, send)

    def _kept(self, header: tuple[bytes, bytes]) -> tuple[bytes, bytes] | None:
        name, value = header
        if name != b"cookie":
            return header
        parts = [part.strip() for part in value.decode("latin-1").split(";")]
        ours = [part for part in parts if part.partition("=")[0].strip() in self.names]
        return (name, "; ".join(ours).encode("latin-1")) if ours else None


class LeastHeaders:
    """What every answer carries, even one of a fault; a page's own headers say more."""

    def __init__(self, app: ASGIApp, *, hsts: bool) -> None:
        self.app = app
        self.hsts = hsts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding what the answer does not say itself."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in LEAST.items():
                    headers.setdefault(name, value)
                if self.hsts and scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = HSTS
            await send(message)

        await self.app(scope, receive, with_headers)
