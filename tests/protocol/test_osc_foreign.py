"""OSC as others read and write it: liblo through pyliblo3, and liblo's own `oscdump`."""

import os
import select
import shutil
import socket
import subprocess
from collections.abc import Iterator
from typing import Any

import pyliblo3
import pytest

from collavoce.wire.osc import (
    IMMEDIATELY,
    Float64,
    Int64,
    OscBundle,
    OscMessage,
    TimeTag,
    decode,
    encode,
)
from collavoce.wire.osc.types import Infinitum

PATIENCE_S = 10.0


@pytest.fixture
def port() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        ours.bind(("127.0.0.1", 0))
        ours.settimeout(PATIENCE_S)
        yield ours


class Liblo:
    """A server of liblo's that keeps what it understood."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, list[Any], str]] = []
        self.server = pyliblo3.Server()
        self.server.add_method(None, None, self._take)

    def _take(self, path: str, args: list[Any], types: str, *_: object) -> None:
        self.heard.append((path, args, types))

    def read(self, data: bytes) -> list[tuple[str, list[Any], str]]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(data, ("127.0.0.1", self.server.port))
        assert self.server.recv(int(PATIENCE_S * 1000))
        return self.heard


def test_liblo_reads_every_type_that_we_write() -> None:
    liblo = Liblo()
    message = OscMessage(
        "/x",
        (
            -1,
            Int64(2**40),
            0.5,
            Float64(0.1),
            "é",
            b"\0\1\2",
            True,
            False,
            None,
            Infinitum.INFINITUM,
            TimeTag(3 << 31),
        ),
    )
    args = [-1, 2**40, 0.5, 0.1, "é", b"\0\1\2", True, False, None, float("inf"), 1.5]
    assert liblo.read(encode(message)) == [("/x", args, "ihfdsbTFNIt")]


def test_liblo_reads_our_bundles() -> None:
    liblo = Liblo()
    bundle = OscBundle(IMMEDIATELY, (OscMessage("/a", (1,)), OscMessage("/b", ("x",))))
    assert liblo.read(encode(bundle)) == [("/a", [1], "i"), ("/b", ["x"], "s")]


def test_we_read_every_type_that_liblo_writes(port: socket.socket) -> None:
    pyliblo3.send(
        ("127.0.0.1", port.getsockname()[1]),
        "/y",
        *(1, ("h", 2**40), 0.5, ("d", 0.1), "é", ("b", b"\0\1\2")),
        *(True, False, None, ("I", None), ("t", 1.5)),
    )
    message = decode(port.recv(4096))
    assert isinstance(message, OscMessage)
    assert message == OscMessage(
        "/y",
        (1, 2**40, 0.5, 0.1, "é", b"\0\1\2", True, False, None, Infinitum.INFINITUM, 3 << 31),
    )
    wide = [type(arg) for arg in message.args]
    assert (wide[1], wide[3], wide[10]) == (Int64, Float64, TimeTag)


def test_we_read_the_bundles_of_liblo(port: socket.socket) -> None:
    sent = pyliblo3.Bundle(pyliblo3.Message("/a", 1), pyliblo3.Message("/b", "x", 2.0))
    pyliblo3.send(("127.0.0.1", port.getsockname()[1]), sent)
    bundle = decode(port.recv(4096))
    assert isinstance(bundle, OscBundle)
    assert bundle.elements == (OscMessage("/a", (1,)), OscMessage("/b", ("x", 2.0)))


@pytest.mark.process
def test_oscdump_prints_what_we_send(port: socket.socket) -> None:
    program = shutil.which("oscdump")
    assert program, "oscdump is missing; install it: apt-get install liblo-tools"
    there = ("127.0.0.1", port.getsockname()[1])
    port.close()  # only now is the number free for the program
    with (
        subprocess.Popen([program, "-L", str(there[1])], stdout=subprocess.PIPE) as dump,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        try:
            _until_ready(dump, sender, there)
            for message in (
                OscMessage("/light/level", ("wash", 0.25, 3)),
                OscBundle(IMMEDIATELY, (OscMessage("/go", ("12.5",)), OscMessage("/end", (True,)))),
            ):
                sender.sendto(encode(message), there)
            printed = _lines(dump, until=b"/end")
        finally:
            dump.terminate()
    said = [line.split(" ", 1)[1] for line in printed if "/ready" not in line]
    assert said == ['/light/level sfi "wash" 0.250000 3', '/go s "12.5"', "/end T #T"]


def _until_ready(
    dump: subprocess.Popen[bytes], sender: socket.socket, there: tuple[str, int]
) -> None:
    """It says nothing when it listens, so it is spoken to until it repeats."""
    assert dump.stdout is not None
    for _ in range(int(PATIENCE_S * 10)):
        sender.sendto(encode(OscMessage("/ready")), there)
        if select.select([dump.stdout], [], [], 0.1)[0]:
            return
    pytest.fail(f"oscdump printed nothing in {PATIENCE_S} s")


def _lines(dump: subprocess.Popen[bytes], until: bytes) -> list[str]:
    assert dump.stdout is not None
    text = b""
    while until not in text or not text.endswith(b"\n"):
        assert select.select([dump.stdout], [], [], PATIENCE_S)[0], text
        text += os.read(dump.stdout.fileno(), 65_536)
    return text.decode().splitlines()
