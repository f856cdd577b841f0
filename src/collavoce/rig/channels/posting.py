"""One HTTP POST that ends in time, whatever the other side does.

The libraries' timeouts count from the last byte, so a server that sends one byte a second holds
them for ever. Here one deadline covers connecting, TLS, sending and the answer's head; of the
answer's body nothing is read. Only looking up a name cannot be cut short; the pool (`pool.py`)
gives up a thread that hangs there.
"""

import contextlib
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import h11

from collavoce.rig.channels.outcome import Accepted, Failed, Failure, Outcome

READ_BYTES = 4096
RETRY_AFTER_MAX_S = 3600.0
"""Longer than any call lasts; a service that asks for more gets this."""

_ADDRESS = frozenset({400, 405, 413, 415, 422})
_KINDS = {
    401: Failure.DENIED,
    402: Failure.DENIED,
    403: Failure.DENIED,
    404: Failure.GONE,
    408: Failure.LATE,
    410: Failure.GONE,
    429: Failure.BUSY,
}


@dataclass(frozen=True, slots=True)
class Poster:
    """now : seconds on any clock that never goes back. tls : how servers are trusted."""

    now: Callable[[], float]
    tls: ssl.SSLContext

    def post(self, url: str, headers: Mapping[str, str], body: bytes, within_s: float) -> Outcome:
        """POST `body`, and what the status says: 2xx is accepted, everything else failed."""
        until = self.now() + within_s
        try:
            place = urlsplit(url)
            http = h11.Connection(h11.CLIENT)
            request = _request(http, place, headers, body)
            with contextlib.closing(self._connect(place, until)) as connection:
                self._limit(connection, until)
                connection.sendall(request)
                return self._answer(http, connection, until)
        except ssl.SSLCertVerificationError:
            return Failed(Failure.TLS)
        except TimeoutError:
            return Failed(Failure.LATE)
        except ssl.SSLError:
            return Failed(Failure.TLS)
        except OSError:
            return Failed(Failure.RESET)
        except h11.RemoteProtocolError:
            return Failed(Failure.BROKEN)
        except (h11.LocalProtocolError, ValueError, UnicodeError):
            return Failed(Failure.ADDRESS)

    def _connect(self, place: SplitResult, until: float) -> socket.socket:
        host = place.hostname or ""
        port = place.port or (443 if place.scheme == "https" else 80)
        connection = socket.create_connection((host, port), max(0.001, until - self.now()))
        if place.scheme != "https":
            return connection
        try:
            self._limit(connection, until)
            return self.tls.wrap_socket(connection, server_hostname=host)
        except BaseException:
            connection.close()
            raise

    def _answer(self, http: h11.Connection, connection: socket.socket, until: float) -> Outcome:
        while True:
            event = http.next_event()
            if isinstance(event, h11.Response):
                return _said(event)
            if event is h11.NEED_DATA:
                self._limit(connection, until)
                data = connection.recv(READ_BYTES)
                if not data:
                    raise ConnectionResetError
                http.receive_data(data)

    def _limit(self, connection: socket.socket, until: float) -> None:
        left = until - self.now()
        if left <= 0.0:
            raise TimeoutError
        connection.settimeout(left)


def _request(
    http: h11.Connection, place: SplitResult, headers: Mapping[str, str], body: bytes
) -> bytes:
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    fields = {
        "Host": place.netloc.rpartition("@")[2],
        "Connection": "close",
        "Content-Length": str(len(body)),
        **headers,
    }
    request = h11.Request(method="POST", target=target, headers=list(fields.items()))
    parts = (request, h11.Data(data=body), h11.EndOfMessage())
    return b"".join(http.send(part) or b"" for part in parts)


def _said(response: h11.Response) -> Outcome:
    status = response.status_code
    if 200 <= status < 300:  # noqa: PLR2004  the range of success (RFC 9110, 15.3)
        return Accepted()
    if status in _ADDRESS:
        return Failed(Failure.ADDRESS)
    kind = _KINDS.get(status, Failure.BROKEN)
    return Failed(kind, _retry_after(response))


def _retry_after(response: h11.Response) -> float:
    """Its seconds (RFC 9110, 10.2.3); a date is not worth a clock and counts as unsaid."""
    for name, value in response.headers:
        if name == b"retry-after" and value.isdigit():
            return min(RETRY_AFTER_MAX_S, float(value))
    return 0.0
