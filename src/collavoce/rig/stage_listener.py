"""A listener on the lights' network: what really was sent, not what was meant.

It stands at a tap of the sender, on loopback, and reads the very datagrams as a lamp would. It
believes nothing that breaks a standard, and a universe that it has not seen is not dark.
"""

import socket
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Address
from collavoce.show.patch import Channel
from collavoce.wire.errors import WireError
from collavoce.wire.osc import OscBundle, OscMessage
from collavoce.wire.osc import decode as decode_osc
from collavoce.wire.sacn import DataPacket
from collavoce.wire.sacn import decode as decode_sacn
from collavoce.words import say

DATAGRAM_LIMIT = 65_535
"""Bytes read of one datagram."""

AT_A_TIME = 4096
"""Datagrams read in one `receive`, so that a flood does not keep its caller."""

MESSAGES_KEPT = 256
"""OSC messages kept for whoever shows them; older ones go."""

RECEIVE_BUFFER = 1 << 22
"""Bytes the system keeps while we are busy; it may grant less."""

AUDITION = "/collavoce/audition"
"""Tells this listener alone what a cue would send: the cue, the destination, words."""

Auditioned = tuple[str, str, str]

LATE = 20
"""6.7.2: a sequence number up to this many behind the last one is a late packet, dropped."""


@dataclass(slots=True, eq=False)
class StageListener:
    """Levels and messages as the network carried them.

    cid : believe this light source alone; None believes any.
    given : a bound socket to listen on instead of binding one (a process that was started again).
    levels : universe -> its levels as last sent, 0..512 bytes; gone when the stream was ended.
    messages : the last OSC messages, oldest first.
    previewed, auditioned : the same of what was only shown: levels marked as a preview, and what
    an audition would have sent, as (cue, destination, words).
    bad, late : datagrams that broke their standard, and that came out of order.
    """

    cid: bytes | None = None
    host: str = "127.0.0.1"
    port: int = 0
    given: socket.socket | None = None
    levels: dict[int, bytes] = field(default_factory=dict[int, bytes])
    messages: deque[OscMessage] = field(default_factory=lambda: deque(maxlen=MESSAGES_KEPT))
    previewed: dict[int, bytes] = field(default_factory=dict[int, bytes])
    auditioned: deque[Auditioned] = field(default_factory=lambda: deque(maxlen=MESSAGES_KEPT))
    bad: int = 0
    late: int = 0
    _sequences: dict[tuple[bytes, int], int] = field(default_factory=dict[tuple[bytes, int], int])
    _socket: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self._socket = self.given or socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        if self.given is not None:
            return
        try:
            self._socket.bind((self.host, self.port))
        except OSError as error:
            self._socket.close()
            where = f"{self.host}:{self.port}"
            raise RigError(say("rig.udp.listen", address=where, fault=error.strerror)) from error

    @property
    def address(self) -> Address:
        """Where it listens: what the sender needs as a tap."""
        host, port = self._socket.getsockname()
        return str(host), int(port)

    def fileno(self) -> int:
        """For `select` and for asyncio's `add_reader`."""
        return self._socket.fileno()

    def receive(self) -> int:
        """Read what has come, without waiting; how many datagrams were good."""
        good = 0
        for _ in range(AT_A_TIME):
            try:
                data = self._socket.recv(DATAGRAM_LIMIT)
            except BlockingIOError:
                break
            except ConnectionError:
                continue  # an old send of somebody's came back; nothing of ours
            good += self._take(data)
        return good

    def dark(self, channels: Iterable[Channel]) -> bool:
        """Whether every one of `channels` was last sent as zero; False for one never seen."""
        return all(self.level(channel) == 0 for channel in channels)

    def level(self, channel: Channel) -> int | None:
        """The level 0..255 last sent for `channel`, None if it is not being sent."""
        levels = self.levels.get(channel.universe)
        if levels is None or channel.address > len(levels):
            return None
        return levels[channel.address - 1]

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()

    def _take(self, data: bytes) -> bool:
        try:
            # The first byte tells them apart: 0 begins an ACN preamble, "/" or "#" an OSC packet.
            if data[:1] == b"\0":
                return self._take_lights(decode_sacn(data))
            packet = decode_osc(data)
        except WireError:
            self.bad += 1
            return False
        self._take_osc(packet)
        return True

    def _take_lights(self, packet: DataPacket) -> bool:
        if packet.start_code or self.cid not in {None, packet.cid}:
            return False
        if packet.preview:
            self.previewed[packet.universe] = packet.levels
            return False
        source = (packet.cid, packet.universe)
        last = self._sequences.get(source)
        if last is not None and -LATE < _signed(packet.sequence - last) <= 0:
            self.late += 1
            return False
        if packet.terminated:
            self._sequences.pop(source, None)
            self.levels.pop(packet.universe, None)
        else:
            self._sequences[source] = packet.sequence
            self.levels[packet.universe] = packet.levels
        return True

    def _take_osc(self, packet: OscMessage | OscBundle) -> None:
        if isinstance(packet, OscMessage) and packet.address == AUDITION:
            cue, to, words = (*map(str, packet.args), "", "", "")[:3]
            self.auditioned.append((cue, to, words))
        elif isinstance(packet, OscMessage):
            self.messages.append(packet)
        else:
            for element in packet.elements:
                self._take_osc(element)


def _signed(difference: int) -> int:
    """`difference` of two sequence numbers as 8-bit two's complement, -128..127 (6.7.2)."""
    return (difference + 128) % 256 - 128
