"""OSC messages of cues on their way to the patch's named destinations, and what comes back.

A destination that answers, from the address it is spoken to at, is heard for `ANSWER_S` after each
message: its first packet is the answer. Nothing that comes in changes anything but the record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collavoce.rig.errors import RigError
from collavoce.rig.stream import StreamSender
from collavoce.rig.udp import Address, Destination, Sent, UdpSender
from collavoce.show.actions.osc import SendOsc
from collavoce.units import Instant
from collavoce.wire.errors import WireError
from collavoce.wire.osc import OscBundle, OscError, OscMessage, decode, encode
from collavoce.words import say

ANSWER_S = 1.0
"""Who answers later answers something else."""

AWAITED_MOST = 64
"""Messages whose answer is waited for at once; beyond that the oldest are given up."""

WORDS_MOST = 200
"""Characters of an answer that are kept."""

Ready = Callable[[str, Instant], Sent]
"""(cue, now) -> what became of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an other end said about what `cue` sent. ms: from sending to answer."""

    cue: str
    to: str
    words: str
    ok: bool
    ms: float


@dataclass(frozen=True, slots=True)
class _Awaited:
    cue: str
    to: str
    at: Instant


def datagram(action: SendOsc) -> bytes:
    """The bytes of `action`; raises OscError, so that a check finds it before the show does."""
    return encode(OscMessage(action.address, action.args))


class OscRig:
    """The OSC destinations of a patch, looked up once. Raises RigError, before the show.

    destinations : by UDP. streams : by TCP with SLIP.
    """

    def __init__(
        self,
        destinations: Mapping[str, Address],
        sender: UdpSender,
        streams: Mapping[str, Address] | None = None,
    ) -> None:
        self._sender = sender
        self._to = {n: Destination.find(n, *where).address for n, where in destinations.items()}
        self._streams = {
            n: StreamSender(Destination.find(n, *where)) for n, where in (streams or {}).items()
        }
        self._awaited: dict[Address, _Awaited] = {}

    def ready(self, action: SendOsc) -> Ready:
        """The bytes of `action` are made now. What cannot be sent is a fault: the show goes on."""
        try:
            data = datagram(action)
        except OscError as error:
            return _never(str(error))
        stream = self._streams.get(action.to)
        if stream is not None:
            return self._by_stream(stream, data)
        address = self._to.get(action.to)
        if address is None:
            known = ", ".join((*self._to, *self._streams)) or say("rig.patch.none_known")
            return _never(say("rig.patch.no_destination", to=action.to, known=known))
        return self._by_datagram(action.to, address, data)

    def send(self, action: SendOsc, cue: str = "", now: Instant = Instant(0.0)) -> Sent:
        """Send `action` at once."""
        return self.ready(action)(cue, now)

    def pump(self, now: Instant) -> None:
        """Connect what is to be connected, send on what waits."""
        for stream in self._streams.values():
            stream.pump(now)

    def connected(self) -> dict[str, bool]:
        """Destination by TCP -> whether it is connected; not yet those that are being connected."""
        streams = self._streams.items()
        return {name: one.connected for name, one in streams if one.connected or one.fault}

    def hearing(self, now: Instant) -> tuple[int, ...]:
        """Where an answer may come from now. Only then is anything read at all."""
        self._forget(now)
        if not self._awaited:
            return ()
        streams = (s.fileno() for s in self._streams.values() if s.address in self._awaited)
        return tuple(fd for fd in (self._sender.fileno(), *streams) if fd >= 0)

    def answers(self, now: Instant) -> list[Answer]:
        """The answers that have come; packets of whom nobody asked are passed over."""
        if not self._awaited:
            return []
        heard = [(data, address) for data, address in self._sender.received()]
        for stream in self._streams.values():
            heard += [(data, stream.address) for data in stream.received()]
        answers: list[Answer] = []
        for data, address in heard:
            words = _words(data)
            asked = self._awaited.pop(address, None) if words else None
            if asked is not None:
                ms = round(1000.0 * (now - asked.at), 3)
                answers.append(Answer(asked.cue, asked.to, words, ok=True, ms=ms))
        return answers + self._broken(now)

    def close(self) -> None:
        """Let go of the connections."""
        for stream in self._streams.values():
            stream.close()

    def _by_datagram(self, to: str, address: Address, data: bytes) -> Ready:
        sender, awaited = self._sender, self._awaited

        def send(cue: str, now: Instant) -> Sent:
            sent = sender.send(data, address)
            awaited[address] = _Awaited(cue, to, now)
            return sent

        return send

    def _by_stream(self, stream: StreamSender, data: bytes) -> Ready:
        def send(cue: str, now: Instant) -> Sent:
            sent = stream.send(data, now)
            if sent.datagrams:
                # What a tap shows is what left, by whichever way.
                self._sender.tap(data)
                self._awaited[stream.address] = _Awaited(cue, stream.name, now)
            return sent

        return send

    def _broken(self, now: Instant) -> list[Answer]:
        """Connections that ended with something unanswered in them: it may not have arrived."""
        answers: list[Answer] = []
        for stream in self._streams.values():
            fault = stream.broke()
            asked = self._awaited.pop(stream.address, None) if fault else None
            if asked is not None:
                ms = round(1000.0 * (now - asked.at), 3)
                answers.append(Answer(asked.cue, asked.to, fault, ok=False, ms=ms))
        return answers

    def _forget(self, now: Instant) -> None:
        late = [a for a, asked in self._awaited.items() if now - asked.at > ANSWER_S]
        late += list(self._awaited)[: max(0, len(self._awaited) - AWAITED_MOST)]
        for address in late:
            self._awaited.pop(address, None)


def _never(why: str) -> Ready:
    sent = Sent(0, (RigError(why),))
    return lambda _cue, _now: sent


def _words(data: bytes) -> str:
    """The answer as it is logged; "" for what is no OSC."""
    try:
        packet = decode(data)
    except WireError:
        return ""
    while isinstance(packet, OscBundle):
        if not packet.elements:
            return ""
        packet = packet.elements[0]
    return " ".join((packet.address, *map(str, packet.args)))[:WORDS_MOST]
