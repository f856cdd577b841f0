"""The bytes that a page is sent, kept as they come: for those who ought to see no difference."""

import threading
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from collavoce.cli.stories.account import StoryError
from collavoce.cli.stories.page import PATIENCE_S
from collavoce.cli.text.door import Door
from collavoce.words import say

TIMEOUT_S = 10.0
EVENT_MOST = 1 << 20


class Tape:
    """The events of the stream at `path` of `door`, raw, from now on.

    only : keep those whose first lines name this kind; b"" keeps all.
    """

    def __init__(self, door: Door, path: str, only: bytes = b"") -> None:
        self.events: list[bytes] = []
        self._only = only
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        threading.Thread(target=self._run, args=(door, path), daemon=True).start()

    def wait(self, count: int) -> list[bytes]:
        """The first `count` events; raises StoryError if they do not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.events) >= count, PATIENCE_S):
                raise StoryError(say("story.never_came", seconds=f"{PATIENCE_S:g}"))
            return self.events[:count]

    def stop(self) -> list[bytes]:
        """Keep no more; everything that was kept."""
        self._stopped.set()
        return list(self.events)

    def _run(self, door: Door, path: str) -> None:
        parts = urlsplit(door.origin)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
        cookies = "; ".join(f"{name}={value}" for name, value in door.cookies.items())
        try:
            connection.request("GET", path, headers={"Cookie": cookies, "Origin": door.origin})
            response = connection.getresponse()
            held: list[bytes] = []
            while not self._stopped.is_set() and (line := response.readline(EVENT_MOST)):
                held.append(line)
                if line == b"\n":
                    self._keep(b"".join(held))
                    held = []
        except (OSError, HTTPException):
            # A page that is cut off keeps what it had: whoever waits for more says so.
            return
        finally:
            connection.close()

    def _keep(self, event: bytes) -> None:
        if self._only and b"event: " + self._only + b"\n" not in event:
            return
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()
