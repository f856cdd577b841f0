"""Those who press, those who are called, and those who are only there."""

import asyncio
import contextlib
import http.client
import json
import multiprocessing
import socket
import threading
import time
from collections.abc import Callable, Generator, Mapping
from itertools import count

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

ANSWER_S = 30.0

Press = Callable[[str], bool]
"""Says a press id; whether it was answered "kept"."""


class Poster:
    """One kept-alive connection that posts JSON, as a browser's page does."""

    def __init__(
        self, port: int, path: str, headers: Mapping[str, str], body: dict[str, str]
    ) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)
        self._path = path
        self._headers = {"Content-Type": "application/json", **headers}
        self._body = body

    def press(self, press: str) -> bool:
        """POST, and whether the answer says that it is kept."""
        body = json.dumps({**self._body, "press": press})
        try:
            self._connection.request("POST", self._path, body, self._headers)
            answer = self._connection.getresponse()
        except (ConnectionError, http.client.HTTPException):
            # A server closes what was quiet for some seconds; a browser opens it again unasked.
            self._connection.close()
            self._connection.request("POST", self._path, body, self._headers)
            answer = self._connection.getresponse()
        return json.loads(answer.read())["kept"] is True


def phone(port: int, cookie: str) -> Poster:
    """The page of somebody whose cookie that is."""
    headers = {"Origin": f"http://127.0.0.1:{port}", "Cookie": f"collavoce_phone={cookie}"}
    return Poster(port, "/care/act", headers, {"type": "Press"})


def plain(port: int, person: str) -> Poster:
    """A client of the baseline."""
    return Poster(port, "/press", {}, {"person": person})


class Watcher:
    """One page that is called: when each press was first seen. seen: press -> perf_counter."""

    def __init__(self) -> None:
        self.seen: dict[str, float] = {}
        self.first = 0.0
        """when the first frame came"""
        self._thread: threading.Thread | None = None

    def frames(self, port: int, cookie: str) -> None:
        """Read the stream of a phone until it ends."""
        self._start(self._read_frames, port, cookie)

    def messages(self, port: int) -> None:
        """Read the WebSocket of the baseline until it ends."""
        self._start(self._read_messages, port)

    def wait(self, press: str) -> float | None:
        """When `press` was seen, None if it was not within `ANSWER_S`."""
        until = time.perf_counter() + ANSWER_S
        while press not in self.seen and time.perf_counter() < until:
            time.sleep(0.0005)
        return self.seen.get(press)

    def wait_first(self) -> float:
        """When the first frame came."""
        until = time.perf_counter() + ANSWER_S
        while not self.first and time.perf_counter() < until:
            time.sleep(0.0005)
        return self.first

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        self._thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._thread.start()

    def _read_frames(self, port: int, cookie: str) -> None:
        with _stream(port, cookie) as lines:
            for line in lines:
                if line.startswith(b"data: "):
                    now = time.perf_counter()
                    self.first = self.first or now
                    for call in json.loads(line[6:])["calls"]:
                        self.seen.setdefault(call["press"], now)

    def _read_messages(self, port: int) -> None:
        with (
            connect(f"ws://127.0.0.1:{port}/listen", max_queue=None) as told,
            contextlib.suppress(ConnectionClosed),
        ):
            for message in told:
                now = time.perf_counter()
                self.first = self.first or now
                self.seen.setdefault(json.loads(message)["press"], now)


@contextlib.contextmanager
def _stream(port: int, cookie: str) -> Generator[Generator[bytes]]:
    def lines(answer: http.client.HTTPResponse) -> Generator[bytes]:
        # The desk ends first: that is how a reader ends.
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            while line := answer.readline():
                yield line

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)
    connection.request("GET", "/care/stream", headers={"Cookie": f"collavoce_phone={cookie}"})
    try:
        yield lines(connection.getresponse())
    finally:
        connection.close()


@contextlib.contextmanager
def beside(work: Callable[..., None], *arguments: object, times: int = 1) -> Generator[None]:
    """`work` going on meanwhile, `times` processes of it."""
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=work, args=(*arguments, n), daemon=True) for n in range(times)]
    for other in others:
        other.start()
    time.sleep(1.5)
    try:
        yield
    finally:
        for other in others:
            other.terminate()
            other.join()


def busy_phone(port: int, cookies: list[str], number: int) -> None:
    """Presses, and presses again as soon as it was answered, for ever."""
    _busy(phone(port, cookies[number]).press, number)


def busy_plain(port: int, number: int) -> None:
    """The same to the baseline."""
    _busy(plain(port, f"busy-{number}").press, number)


def _busy(press: Press, number: int) -> None:
    for turn in count():
        press(f"busy-{number:04d}-{turn:012d}")


def open_pages(port: int, cookies: list[str], pages: int, _number: int) -> None:
    """Keeps `pages` streams open and reads them away."""

    async def read(cookie: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"GET /care/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        writer.write(f"{head}Cookie: collavoce_phone={cookie}\r\n\r\n".encode())
        while await reader.read(65536):
            pass

    async def all_of_them() -> None:
        await asyncio.gather(*(read(cookies[n % len(cookies)]) for n in range(pages)))

    asyncio.run(all_of_them())


def open_sockets(port: int, pages: int, _number: int) -> None:
    """The same to the baseline."""

    def read() -> None:
        with (
            connect(f"ws://127.0.0.1:{port}/listen", max_queue=None) as told,
            contextlib.suppress(ConnectionClosed),
        ):
            for _ in told:
                pass

    threads = [threading.Thread(target=read, daemon=True) for _ in range(pages)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def datagram_socket() -> socket.socket:
    """For a button."""
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.settimeout(ANSWER_S)
    return made
