"""Datagrams to the network, and the same ones to whoever looks on.

Names are looked up once, before the show: a name server that hangs must not hang a cue. Sending
never waits; what the system would not take comes back as a fault, and the next datagram is tried
as if nothing had been. A *tap* is a loopback address that is handed every datagram that left, and
only those: the desk's virtual stage sees what the lights' network carried, not what was meant.
"""

import errno
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field

from collavoce.rig.errors import RigError
from collavoce.words import say

MULTICAST_HOPS = 1
"""Routers a multicast packet may pass, itself counted: the venue's own network and no further."""

SEND_BUFFER = 1 << 20
"""Bytes the system may hold for us: a full frame of 512 universes is 0.34 MB."""

HIGHEST_PORT = 65_535

AT_A_TIME = 8
"""Packets read of what comes back, so that a flood costs a cue nothing."""

ANSWER_LIMIT = 2048
"""Bytes read of an answer; a longer one is none."""

Address = tuple[str, int]
"""An IPv4 address in figures and a port."""

_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)
_BUSY = (errno.EAGAIN, errno.ENOBUFS)


@dataclass(frozen=True, slots=True)
class Destination:
    """Somewhere named that datagrams go."""

    name: str
    address: Address

    @classmethod
    def find(cls, name: str, host: str, port: int) -> "Destination":
        """The destination at `host`, looked up now; raises RigError."""
        if not 1 <= port <= HIGHEST_PORT:
            raise RigError(say("rig.udp.port", name=name, port=port))
        try:
            found = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_DGRAM)
        except (OSError, UnicodeError) as error:
            raise RigError(
                say("rig.udp.unknown_host", name=name, host=host, fault=error)
            ) from error
        return cls(name, (str(found[0][4][0]), port))


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a sending. datagrams : handed to the system; faults : what was not."""

    datagrams: int = 0
    faults: tuple[RigError, ...] = ()

    @property
    def problem(self) -> str:
        """The faults in words, "" without any."""
        return "; ".join(dict.fromkeys(map(str, self.faults)))


@dataclass(slots=True)
class UdpSender:
    """The socket that datagrams leave by, and its taps.

    interface : IPv4 address of the interface that multicast leaves by; None lets the system choose.
    taps_missed : datagrams that a tap did not take; a desk that looks away is no fault of the show.
    """

    taps: Sequence[Address] = ()
    interface: str | None = None
    taps_missed: int = 0
    _socket: socket.socket = field(init=False)
    _tap_socket: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self._socket = _sending_socket()
        self._tap_socket = _sending_socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, MULTICAST_HOPS)
        if self.interface is not None:
            try:
                self._socket.setsockopt(
                    socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(self.interface)
                )
            except OSError as error:
                self.close()
                raise RigError(
                    say("rig.udp.interface", interface=self.interface, fault=error)
                ) from error

    def send(self, datagram: bytes | bytearray, *to: Address) -> Sent:
        """Hand `datagram` to the operating system for every address of `to`; never waits.

        The taps are handed it too, unless nobody else could be.
        """
        left = 0
        faults: list[RigError] = []
        for address in to:
            try:
                self._socket.sendto(datagram, address)
            except OSError as error:
                faults.append(_fault(error, datagram, address))
            else:
                left += 1
        if left or not to:
            self.tap(datagram)
        return Sent(left, tuple(faults))

    def tap(self, datagram: bytes | bytearray) -> None:
        """Hand `datagram` to the taps alone."""
        for tap in self.taps:
            try:
                self._tap_socket.sendto(datagram, tap)
            except OSError:
                self.taps_missed += 1

    def fileno(self) -> int:
        """Readable when somebody answers what was sent; for `select`."""
        return self._socket.fileno()

    def received(self) -> list[tuple[bytes, Address]]:
        """What came back, at most `AT_A_TIME`, without waiting: anybody may send anything here."""
        heard: list[tuple[bytes, Address]] = []
        for _ in range(AT_A_TIME):
            try:
                data, (host, port) = self._socket.recvfrom(ANSWER_LIMIT)
            except BlockingIOError:
                break
            except ConnectionError:
                continue  # an earlier datagram came back: nobody listens there
            heard.append((data, (str(host), int(port))))
        return heard

    def close(self) -> None:
        """Give both sockets back."""
        self._socket.close()
        self._tap_socket.close()


def _sending_socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    return made


def _fault(error: OSError, datagram: bytes | bytearray, address: Address) -> RigError:
    where = f"{address[0]}:{address[1]}"
    if error.errno in _UNREACHABLE:
        words = say("rig.udp.unreachable", address=where, fault=error.strerror)
    elif error.errno in _BUSY:
        words = say("rig.udp.busy", address=where, fault=error.strerror)
    elif error.errno == errno.EMSGSIZE:
        words = say("rig.udp.too_long", address=where, bytes=len(datagram))
    else:
        words = say("rig.udp.other", address=where, fault=error.strerror)
    fault = RigError(words)
    fault.__cause__ = error
    return fault
