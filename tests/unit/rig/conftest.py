"""Sockets of the test's own, on loopback, with bounded waits."""

import socket
from collections.abc import Callable, Iterator

import pytest

PATIENCE_S = 10.0

Port = tuple[socket.socket, tuple[str, int]]


@pytest.fixture
def open_port() -> Iterator[Callable[[], Port]]:
    opened: list[socket.socket] = []

    def make() -> Port:
        port = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        port.bind(("127.0.0.1", 0))
        port.settimeout(PATIENCE_S)
        opened.append(port)
        return port, ("127.0.0.1", int(port.getsockname()[1]))

    yield make
    for port in opened:
        port.close()
