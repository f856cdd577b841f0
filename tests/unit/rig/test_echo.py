"""The way to a destination is measured where it answers, and said not to be where it does not."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from collavoce.cli.latency import lines
from collavoce.rig import echo
from collavoce.rig.echo import Measured, measured
from collavoce.rig.midi_in import MidiIn
from collavoce.rig.midi_out import MidiOut
from collavoce.units import Instant
from collavoce.wire.slip import SlipStream, frame

from .conftest import PATIENCE_S, Port
from .test_midi_out import Synth


def now() -> float:
    return time.monotonic()


def answering(port: socket.socket) -> None:
    """Echo what comes until the socket is closed."""

    def work() -> None:
        try:
            while True:
                data, sender = port.recvfrom(4096)
                port.sendto(data, sender)
        except OSError:
            return

    threading.Thread(target=work, daemon=True).start()


def test_an_echo_by_datagram_is_measured(open_port: Callable[[], Port]) -> None:
    port, here = open_port()
    answering(port)
    found = echo.osc_by_udp("video", here, "/ping", now, time.sleep)
    assert found.answered == found.asked == echo.TRIES
    assert found.ms is not None
    assert 0.0 < found.ms < 1000.0 * PATIENCE_S


def test_who_does_not_answer_is_asked_twice_and_has_no_figure(
    open_port: Callable[[], Port],
) -> None:
    _, here = open_port()
    found = echo.osc_by_udp("video", here, "/ping", now, time.sleep)
    assert (found.asked, found.answered, found.ms) == (2, 0, None)
    assert "does not echo" in found.why


@pytest.fixture(name="stream")
def _stream() -> Iterator[tuple[str, int]]:
    def work() -> None:
        try:
            other = server.accept()[0]
            cut = SlipStream()
            with other:
                while data := other.recv(4096):
                    for datagram in cut.feed(data):
                        other.sendall(frame(datagram))
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=work, daemon=True).start()
        yield server.getsockname()


def test_an_echo_through_a_connection_is_measured(stream: tuple[str, int]) -> None:
    found = echo.osc_by_tcp("desk", stream, "/ping", now, time.sleep)
    assert found.answered == echo.TRIES


def test_nobody_behind_a_connection_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        where = gone.getsockname()
    found = echo.osc_by_tcp("desk", where, "/ping", now, time.sleep)
    assert "refused" in found.why.lower()


def test_any_status_of_a_web_server_is_an_answer() -> None:
    class Refusing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.send_response(405)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = echo.http("media", f"http://127.0.0.1:{server.server_port}", now)
        server.shutdown()
    assert found.answered == found.asked == echo.TRIES - 1


def test_a_way_is_half_of_there_and_back() -> None:
    assert measured("a", "OSC/UDP", [0.010, None, 0.030, 0.020]) == Measured(
        "a", "OSC/UDP", 4, 3, ms=10.0, most=15.0
    )


def test_what_to_write_is_printed_as_the_show_file_takes_it() -> None:
    told = lines([measured("front desk", "HTTP", [0.5]), measured("video", "OSC/UDP", [None])])
    assert '"front desk" = 250' in told
    assert not any(line.startswith('"video"') for line in told)


class Loop(Synth):
    """A cable from an output back into the input of the same name."""

    def __init__(self) -> None:
        super().__init__("Interface 1")
        self.take: Callable[[tuple[list[int], float], object], None] | None = None

    def set_callback(self, func: Callable[[tuple[list[int], float], object], None]) -> None:
        self.take = func

    def send_message(self, message: Sequence[int]) -> None:
        assert self.take is not None
        self.take((list(message), 0.0), None)


def test_a_cable_back_into_the_interface_measures_midi() -> None:
    loop = Loop()
    out = MidiOut({"lamps": "Interface"}, loop)
    heard = MidiIn("Interface", lambda: Instant(now()), loop)
    found = echo.midi("lamps", out, heard, now, lambda _: None)
    assert found.answered == echo.TRIES
    assert found.ms is not None
    assert found.ms >= 0.0
    heard.close()
