"""One server as a person's terminal reaches it: its cookies, its requests, its stream.

It speaks as a browser would: same cookies, same Origin, and nothing else opens anything.
"""

import contextlib
import json
import ssl
import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from collavoce.runtime.clock import sleep
from collavoce.words import say

TIMEOUT_S = 10.0
"""A stream sends something every second; a server mute for so long is gone."""

FILE_TIMEOUT_S = 120.0
"""A file is read and kept before it is answered."""

FILE = "application/octet-stream"
SOUND = b"RIFF"
AGAIN_S = 0.5
LINE_LIMIT = 1 << 20
"""Bytes in one line of a stream; a longer one is none of ours."""

View = dict[str, Any]
Take = Callable[[str, View], None]


class DoorError(Exception):
    """The server does not answer, or not as one of ours; in words, with the remedy."""


class Door:
    """The server of `link`. ca: the certificate that signs its own, for HTTPS of one's own."""

    def __init__(self, link: str, ca: Path | None = None) -> None:
        parts = urlsplit(link)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise DoorError(say("text.no_link", link=link))
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.cookies: dict[str, str] = {}
        self.closed = threading.Event()
        self._host, self._port = parts.hostname, parts.port
        self._tls = _trusting(ca) if parts.scheme == "https" else None

    def beside(self, origin: str) -> "Door":
        """Another server of the same host, shown the same cookies (RFC 6265, 8.5)."""
        other = Door(origin)
        other.cookies, other.closed, other._tls = self.cookies, self.closed, self._tls
        return other

    def get(self, path: str) -> bytes:
        """What stands at `path`; raises DoorError."""
        status, body = self._ask("GET", path, None)
        if status >= HTTP_REFUSED:
            raise DoorError(say("text.refused", origin=self.origin, path=path, status=status))
        return body

    def post(self, path: str, body: object) -> View:
        """The answer to `body`, also when it is a refusal; raises DoorError."""
        _, answer = self._ask("POST", path, json.dumps(body))
        try:
            found: View = json.loads(answer or b"{}")
        except ValueError as error:
            raise DoorError(say("text.not_ours", origin=self.origin)) from error
        return found

    def bring(self, path: str, file: bytes) -> View:
        """The answer to a whole file; raises DoorError."""
        _, answer = self._ask("POST", path, file)
        try:
            found: View = json.loads(answer or b"{}")
        except ValueError as error:
            raise DoorError(say("text.not_ours", origin=self.origin)) from error
        return found

    def fetch(self, path: str, body: object) -> tuple[bytes | None, str]:
        """The recording that `body` names; or why there is none. Raises DoorError."""
        _, answer = self._ask("POST", path, json.dumps(body))
        if answer.startswith(SOUND):
            return answer, ""
        try:
            return None, str(json.loads(answer).get("why", ""))
        except ValueError as error:
            raise DoorError(say("text.not_ours", origin=self.origin)) from error

    def listen(self, path: str, take: Take, link: Callable[[bool], None]) -> None:
        """Hand every event of the stream at `path` to `take`, in a thread, until closed.

        link : told whenever the line is cut (False) or stands again (True).
        """

        def work() -> None:
            while not self.closed.is_set():
                with contextlib.suppress(OSError, HTTPException, ValueError):
                    self._stream(path, take, link)
                link(False)
                sleep(AGAIN_S)

        threading.Thread(target=work, daemon=True).start()

    def until(self, there: threading.Event) -> None:
        """Wait for the first of what is listened for; raises DoorError when nothing comes."""
        if not there.wait(TIMEOUT_S):
            raise DoorError(say("text.silent", origin=self.origin))

    def _ask(self, method: str, path: str, body: str | bytes | None) -> tuple[int, bytes]:
        whole = isinstance(body, bytes)
        connection = self._connection(FILE_TIMEOUT_S if whole else TIMEOUT_S)
        headers = self._headers() | ({"Content-Type": FILE} if whole else {})
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for header in response.headers.get_all("Set-Cookie") or []:
                for name, morsel in SimpleCookie(header).items():
                    self.cookies[name] = morsel.value
            return response.status, response.read()
        except (OSError, HTTPException) as error:
            raise DoorError(say("text.unreachable", origin=self.origin, why=error)) from error
        finally:
            connection.close()

    def _stream(self, path: str, take: Take, link: Callable[[bool], None]) -> None:
        connection = self._connection()
        try:
            connection.request("GET", path, headers=self._headers())
            response = connection.getresponse()
            if response.status >= HTTP_REFUSED:
                return
            event = ""
            while not self.closed.is_set() and (line := response.readline(LINE_LIMIT)):
                kind, _, value = line.decode().rstrip("\n").partition(": ")
                if kind == "event":
                    event = value
                elif kind == "data":
                    link(True)
                    take(event, json.loads(value))
                    event = ""
        finally:
            connection.close()

    def _connection(self, within: float = TIMEOUT_S) -> HTTPConnection:
        if self._tls is not None:
            return HTTPSConnection(self._host, self._port, timeout=within, context=self._tls)
        return HTTPConnection(self._host, self._port, timeout=within)

    def _headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Accept": "application/json, text/html",
            "Origin": self.origin,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }


HTTP_REFUSED = 400


def _trusting(ca: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError) as error:
        raise DoorError(say("text.no_ca", file=ca, why=error)) from error
