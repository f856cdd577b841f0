"""One canary: a press over care's own door that must come back twice, as a call and as a message.

It is raised by one canary phone and waits on the stream of the one that is called *second*: to
get there it passes door, rules, disk, a step of the ladder's clock and the delivery stream. The
one called *first* has no page, so a message goes out to them by courier and porter, which ends in
the watchdog's own mailbox (`echoed`). Then the press is taken back, which erases it with its key.
Like a phone's page it insists: what breaks is tried again until the time is up.
"""

import http.client
import threading
from contextlib import closing
from dataclasses import dataclass

import msgspec

from collavoce.runtime.care.canary import OWNER, SECOND, token
from collavoce.runtime.clock import fresh_id, monotonic_ns, sleep
from collavoce.runtime.tls.caller import open_connection
from collavoce.runtime.tls.cookies import PHONE, cookie_name

BACK_WITHIN_S = 9.0
"""The step is due at 5 s, the next frame 0.5 s later; after 10 s a press cannot be taken back."""

READ_S = 2.0
"""A stream sends a frame every 0.5 s; one that is mute for this long is opened anew."""

AGAIN_S = 0.3
TAKE_BACK_TRIES = 3


class _Answer(msgspec.Struct, frozen=True):
    done: bool


class _Call(msgspec.Struct, frozen=True):
    press: str


class _View(msgspec.Struct, frozen=True):
    calls: tuple[_Call, ...]


_answers = msgspec.json.Decoder(_Answer)
_views = msgspec.json.Decoder(_View)


@dataclass(frozen=True, slots=True)
class Door:
    """Where the care pages are, and the canary's secret.

    certificate, name : of the pages over TLS, "" for plain HTTP.
    """

    host: str
    port: int
    secret: str
    certificate: str = ""
    name: str = ""

    def open(self) -> http.client.HTTPConnection:
        """A fresh connection, not made yet."""
        return open_connection(self.host, self.port, self.certificate, self.name, READ_S)

    def headers(self, person: str) -> dict[str, str]:
        """What the page of `person` sends."""
        secure = bool(self.certificate)
        place = f"{self.name if secure else self.host}:{self.port}"
        cookie = cookie_name(PHONE, secure=secure)
        return {
            "Host": place,
            "Cookie": f"{cookie}={token(self.secret, person)}",
            "Origin": f"{'https' if secure else 'http'}://{place}",
            "Content-Type": "application/json",
        }


class Flight(threading.Thread):
    """A canary on its way. back: whether it came back, None while it is out.

    echoed : to be set when its message has come.
    """

    def __init__(self, door: Door) -> None:
        # Never waited for: the process may end while a canary is out.
        super().__init__(daemon=True)
        self.back: bool | None = None
        self.echoed = threading.Event()
        self._door = door

    def run(self) -> None:
        """Fly."""
        self.back = fly(self._door, self.echoed)


def fly(door: Door, echoed: threading.Event | None = None) -> bool:
    """Press, wait for the call and the message, take it back; whether both came in time.

    echoed : is set by whoever hears the mailbox; None asks for the call alone.
    """
    press = fresh_id()
    until = _now() + BACK_WITHIN_S
    try:
        while _now() < until:
            try:
                if _act(door, "Press", press) and _called(door, press, until):
                    return echoed is None or echoed.wait(max(0.0, until - _now()))
            except (OSError, http.client.HTTPException, msgspec.DecodeError):
                pass
            sleep(AGAIN_S)
        return False
    finally:
        _take_back(door, press)


def _act(door: Door, act: str, press: str) -> bool:
    with closing(door.open()) as connection:
        body = msgspec.json.encode({"type": act, "press": press})
        connection.request("POST", "/care/act", body, door.headers(OWNER))
        return _answers.decode(connection.getresponse().read()).done


def _called(door: Door, press: str, until: float) -> bool:
    with closing(door.open()) as connection:
        connection.request("GET", "/care/stream", headers=door.headers(SECOND))
        stream = connection.getresponse()
        while _now() < until and (line := stream.readline()):
            if line.startswith(b"data: "):
                view = _views.decode(line.removeprefix(b"data: "))
                if any(call.press == press for call in view.calls):
                    return True
    return False


def _take_back(door: Door, press: str) -> None:
    """What cannot be taken back now goes with the next canary, or when care opens its store."""
    for _ in range(TAKE_BACK_TRIES):
        try:
            _act(door, "Cancel", press)
        except (OSError, http.client.HTTPException, msgspec.DecodeError):
            sleep(AGAIN_S)
        else:
            return


def _now() -> float:
    return monotonic_ns() * 1e-9
