"""OSC that comes in: datagrams, and packets on TCP connections, framed by SLIP or by lengths.

Everything here is untrusted and bounded: how much is read at a time, how long a packet may be, how
many may hold a connection. What is inside a packet is read elsewhere.
"""

import contextlib
import functools
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass

from collavoce.wire.counted import FIRST, CountedError, CountedStream, counted
from collavoce.wire.slip import SlipError, SlipStream, frame

AT_ONCE = 256
"""Packets handed on before others have their turn, however many wait."""

LONGEST = 4096
"""Bytes of a packet; a longer one is cut, and by that no OSC."""

WAITING_BYTES = 1 << 20
"""What the system may hold for us: a GO among some thousand datagrams of a flood."""

CONNECTIONS_MAX = 32
CONNECTIONS_EACH = 4
"""Of one source: a controller that connects anew for each press has one, now and then two."""

SOURCES_MAX = 256
"""Addresses of which is remembered how they are written: a flood sends from any number of them."""

READ_BYTES = 16_384
"""Read of one connection at a time."""

Answerer = Callable[[bytes], None]
"""Sends a packet back to where one came from; what the network does not take is lost."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A packet. source: the address it came from, in figures; where: names the way back to it."""

    source: str
    where: str
    packet: bytes
    answer: Answerer


class OscDatagrams:
    """Packets on `door`, a bound datagram socket."""

    def __init__(self, door: socket.socket) -> None:
        door.setblocking(False)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WAITING_BYTES)
        self._door = door

    def fileno(self) -> int:
        """For `select`."""
        return self._door.fileno()

    def receive(self) -> list[Arrived]:
        """What waits, at most `AT_ONCE`."""
        arrived: list[Arrived] = []
        for _ in range(AT_ONCE):
            try:
                packet, sender = self._door.recvfrom(LONGEST + 1)
            except BlockingIOError:
                break
            except OSError:
                # A machine that is gone said so of an answer before.
                continue
            host, port = str(sender[0]), int(sender[1])
            arrived.append(
                Arrived(plain(host), f"{host}:{port}", packet, self._to((host, port, *sender[2:])))
            )
        return arrived

    def send(self, packet: bytes, host: str, port: int) -> None:
        """Hand `packet` to the system for `host`; what it does not take is lost."""
        v6 = self._door.family == socket.AF_INET6
        to = f"::ffff:{host}" if v6 and ":" not in host else host
        with contextlib.suppress(OSError):
            self._door.sendto(packet, (to, port))

    def close(self) -> None:
        """Hear no more."""
        self._door.close()

    def _to(self, sender: tuple[object, ...]) -> Answerer:
        def answer(packet: bytes) -> None:
            with contextlib.suppress(OSError):
                self._door.sendto(packet, sender)

        return answer


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    source: str
    where: str
    stream: SlipStream | CountedStream | None = None

    def feed(self, data: bytes) -> list[bytes]:
        """The packets that `data` completes; the first byte of all says how they are framed."""
        if self.stream is None and data:
            self.stream = CountedStream() if data.startswith(FIRST) else SlipStream()
        return [] if self.stream is None else self.stream.feed(data)

    def answer(self, packet: bytes) -> None:
        """Send, or lose it: a controller that does not read does not hold us up."""
        with contextlib.suppress(OSError):
            framed = counted(packet) if isinstance(self.stream, CountedStream) else frame(packet)
            if self.socket.send(framed) != len(framed):
                # Half a frame would be noise before the next one.
                self.socket.shutdown(socket.SHUT_RDWR)


class OscStreams:
    """Packets on connections to `door`, a listening stream socket."""

    def __init__(self, door: socket.socket) -> None:
        door.setblocking(False)
        self._door = door
        self._open: dict[int, _Connection] = {}

    def filenos(self) -> list[int]:
        """For `select`: the door and every connection."""
        return [self._door.fileno(), *self._open]

    def receive(self, readable: set[int]) -> list[Arrived]:
        """What the `readable` ones of `filenos` bring, at most `AT_ONCE` packets each."""
        if self._door.fileno() in readable:
            self._admit()
        arrived: list[Arrived] = []
        for number in readable & set(self._open):
            arrived += self._read(self._open[number])
        return arrived

    def close(self) -> None:
        """Hear no more."""
        for connection in list(self._open.values()):
            self._drop(connection)
        self._door.close()

    def _admit(self) -> None:
        for _ in range(CONNECTIONS_MAX):
            try:
                made, sender = self._door.accept()
            except OSError:
                return
            made.setblocking(False)
            source = plain(str(sender[0]))
            others = sum(one.source == source for one in self._open.values())
            if len(self._open) >= CONNECTIONS_MAX or others >= CONNECTIONS_EACH:
                made.close()
                continue
            # Also ends, some minutes later, a connection whose other end lost its power.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            self._open[made.fileno()] = _Connection(made, source, f"{source}:{sender[1]}/tcp")

    def _read(self, connection: _Connection) -> list[Arrived]:
        try:
            data = connection.socket.recv(READ_BYTES)
            packets = connection.feed(data)
        except BlockingIOError:
            return []
        except (OSError, SlipError, CountedError):
            self._drop(connection)
            return []
        if not data:
            self._drop(connection)
        return [
            Arrived(connection.source, connection.where, packet[: LONGEST + 1], connection.answer)
            for packet in packets[:AT_ONCE]
        ]

    def _drop(self, connection: _Connection) -> None:
        self._open.pop(connection.socket.fileno(), None)
        connection.socket.close()


@functools.lru_cache(maxsize=SOURCES_MAX)
def plain(host: str) -> str:
    """An address as people write it: one of IPv4 that came in by IPv6 is itself again."""
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
