"""The name a request was sent to, looked at before anything else of it.

A foreign page can give its own name our address (DNS rebinding) and is then, to the browser, of
the same origin as we are. Such a request says the foreign name in its Host. So a name is taken
only if it is one of ours; an address may be any, for nobody can turn one into another.
"""

import ipaddress
import re

from starlette.types import ASGIApp, Receive, Scope, Send

from collavoce.desk.answers import refusal
from collavoce.words import say

_HOST = re.compile(
    r"(?P<host>[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?"
)
PORT_MAX = 65535


def host_of(header: str) -> str | None:
    """The host in a Host header (RFC 9110, 7.2), small letters and no dot at its end.

    None for what is none: a name and password before it, a port that is no number, an empty one.
    """
    found = _HOST.fullmatch(header)
    if found is None or int(found["port"] or 0) > PORT_MAX:
        return None
    return found["host"].lower().rstrip(".") or None


def is_address(host: str) -> bool:
    """Whether `host` is an IP address as a browser writes it."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


class KnownHosts:
    """Lets pass what was sent to an address or to one of `names`; refuses the rest in words."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...]) -> None:
        self.app = app
        self.names = frozenset(name.lower() for name in names) | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse before any page has seen it."""
        if scope["type"] == "http" and (why := self._refused(scope)) is not None:
            await why(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _refused(self, scope: Scope) -> ASGIApp | None:
        given = [value for name, value in scope["headers"] if name == b"host"]
        host = host_of(given[0].decode("latin-1")) if len(given) == 1 else None
        if host is None:
            return refusal(400, say("desk.page.no_host"))
        if host in self.names or is_address(host):
            return None
        # RFC 9110, 15.5.20: this server does not speak for that name.
        return refusal(421, say("desk.page.other_host"))
