"""Phones played by the program: the same HTTP, cookies and streams as a browser's.

The demonstration needs somebody to acknowledge the exit, to press, and to come. Their phones pair,
speak and listen like real ones; only the finger is modelled.
"""

import contextlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from collavoce.runtime.clock import fresh_id, monotonic_ns, sleep

TIMEOUT_S = 10.0
RETRY_S = 0.5
LINE_LIMIT = 1 << 20
"""Bytes in one line of a stream; a longer one is none of ours."""

View = dict[str, Any]


class PhoneError(Exception):
    """A page refused what a modelled phone asked for."""


@dataclass(slots=True)
class Phone:
    """One paired phone. care, web: (host, port) of the two servers it speaks to."""

    person: str
    care: tuple[str, int]
    web: tuple[str, int]
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    care_view: View = field(default_factory=dict[str, Any])
    show_view: View = field(default_factory=dict[str, Any])
    closed: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def pair(self, link: str) -> None:
        """Become the person's phone by a pairing link, then listen to both servers."""
        self._post(self.care, "/care/pair", {"code": urlsplit(link).fragment})
        for server, path, name in (
            (self.care, "/care/stream", "care_view"),
            (self.web, "/phone/events", "show_view"),
        ):
            threading.Thread(target=self._listen, args=(server, path, name), daemon=True).start()

    def act(self, **act: object) -> View:
        """Say something on the care page; raises PhoneError when it is refused."""
        answer = self._post(self.care, "/care/act", act)
        if not answer.get("done"):
            raise PhoneError(str(answer.get("why")))
        return answer

    def acknowledge(self, cue: str) -> None:
        """Say on the show strip that the person is in position."""
        order = {"key": fresh_id(), "type": "Acknowledge", "cue": cue, "person": self.person}
        self._post(self.web, "/phone/command", order)

    def wait_for(self, seen: Callable[[], bool], timeout_s: float) -> int | None:
        """When (monotonic ns) `seen` first held; None if it did not within `timeout_s`."""
        until = monotonic_ns() + int(timeout_s * 1e9)
        with self._changed:
            while not seen():
                left = (until - monotonic_ns()) * 1e-9
                if left <= 0 or not self._changed.wait(left):
                    return None
            return monotonic_ns()

    def _post(self, server: tuple[str, int], path: str, body: object) -> View:
        connection = HTTPConnection(*server, timeout=TIMEOUT_S)
        try:
            connection.request("POST", path, json.dumps(body), self._headers())
            response = connection.getresponse()
            for header in response.headers.get_all("Set-Cookie") or []:
                for name, morsel in SimpleCookie(header).items():
                    self.cookies[name] = morsel.value
            answer: View = json.loads(response.read() or b"{}")
        except (OSError, HTTPException, ValueError) as error:
            raise PhoneError(f"{server[0]}:{server[1]}{path}: {error}") from error
        finally:
            connection.close()
        return answer

    def _headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Origin": f"http://{self.care[0]}:{self.care[1]}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }

    def _listen(self, server: tuple[str, int], path: str, name: str) -> None:
        while not self.closed:
            with contextlib.suppress(OSError, HTTPException, ValueError):
                self._read_stream(server, path, name)
            sleep(RETRY_S)

    def _read_stream(self, server: tuple[str, int], path: str, name: str) -> None:
        connection = HTTPConnection(*server, timeout=TIMEOUT_S)
        try:
            connection.request("GET", path, headers=self._headers())
            response = connection.getresponse()
            event = ""
            while not self.closed and (line := response.readline(LINE_LIMIT)):
                kind, _, value = line.decode().strip().partition(": ")
                if kind == "event":
                    event = value
                elif kind == "data" and event != "beat":
                    with self._changed:
                        setattr(self, name, json.loads(value))
                        self._changed.notify_all()
        finally:
            connection.close()
