"""How long the way to a destination takes, where the other end answers: half of there and back.

What is asked does nothing at the other end: an OSC message of the operator's choice, HTTP's HEAD,
MIDI's identity request. What a lamp or a projector then takes by itself no wire tells.
"""

import asyncio
import select
import socket
from collections.abc import Callable, Sequence
from statistics import median

import msgspec

from collavoce.rig.http import HttpServer
from collavoce.rig.midi_in import MidiIn
from collavoce.rig.midi_out import MidiOut
from collavoce.rig.udp import Address, Destination
from collavoce.units import Instant
from collavoce.wire.osc import OscMessage, encode
from collavoce.wire.slip import frame
from collavoce.words import say

TRIES = 20
APART_S = 0.03
WITHIN_S = 0.5

IDENTITY_REQUEST = bytes((0xF0, 0x7E, 0x7F, 0x06, 0x01, 0xF7))
"""Universal System Exclusive, General Information: who is there? (MIDI 1.0, Table VIIb)."""

Now = Callable[[], float]
Sleep = Callable[[float], None]


class Measured(msgspec.Struct, frozen=True):
    """A destination. ms: one way, the median; most: the longest of them; None where none came.

    why : what there is to say about it instead.
    """

    to: str
    by: str
    asked: int
    answered: int
    ms: float | None = None
    most: float | None = None
    why: str = ""


def measured(to: str, by: str, trips: Sequence[float | None], why: str = "") -> Measured:
    """What `trips`, there and back in seconds, None for one without an answer, come to."""
    ways = [500.0 * trip for trip in trips if trip is not None]
    if not ways:
        return Measured(to, by, len(trips), 0, why=why or say("rig.echo.silent"))
    return Measured(to, by, len(trips), len(ways), round(median(ways), 2), round(max(ways), 2))


def osc_by_udp(to: str, where: Address, address: str, now: Now, sleep: Sleep) -> Measured:
    """OSC by UDP: from a socket of its own, so that no engine hears the answers."""
    message = encode(OscMessage(address))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.connect(Destination.find(to, *where).address)

        def trip() -> float | None:
            began = now()
            try:
                own.send(message)
                if not select.select([own], [], [], WITHIN_S)[0]:
                    return None
                own.recv(65_535)
            except OSError:
                return None  # nobody listens there
            return now() - began

        return measured(to, "OSC/UDP", _trips(trip, sleep))


def osc_by_tcp(to: str, where: Address, address: str, now: Now, sleep: Sleep) -> Measured:
    """OSC by TCP with SLIP."""
    message = frame(encode(OscMessage(address)))
    try:
        own = socket.create_connection(Destination.find(to, *where).address, WITHIN_S)
    except OSError as error:
        return measured(to, "OSC/TCP", (), str(error))
    with own:
        own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def trip() -> float | None:
            began = now()
            try:
                own.sendall(message)
                return now() - began if own.recv(65_535) else None
            except OSError:
                return None

        return measured(to, "OSC/TCP", _trips(trip, sleep))


def http(to: str, origin: str, now: Now) -> Measured:
    """HTTP's HEAD of the root: any status is an answer."""

    async def trips() -> list[float | None]:
        server = HttpServer(origin, now)
        found: list[float | None] = []
        for _ in range(TRIES):
            answer = await server.request("HEAD", "/", b"", "", WITHIN_S)
            found.append(answer.ms / 1000.0 if answer.words[:1].isdigit() else None)
            if found == [None, None]:
                break
            await asyncio.sleep(APART_S)
        server.close()
        # The first one made the connection, as no cue but the first does.
        return found[1:]

    return measured(to, "HTTP", asyncio.run(trips()))


def midi(to: str, out: MidiOut, heard: MidiIn, now: Now, sleep: Sleep) -> Measured:
    """MIDI's identity request, answered by the instrument itself or by a cable put back into it.

    heard : the input beside the output, its clock the same `now`.
    """

    def trip() -> float | None:
        heard.drain()
        began = now()
        if not out.send(to, (IDENTITY_REQUEST,), Instant(began)).datagrams:
            return None
        if not select.select([heard], [], [], WITHIN_S)[0]:
            return None
        messages = heard.drain()
        return messages[0][0] - began if messages else None

    return measured(to, "MIDI", _trips(trip, sleep))


def _trips(trip: Callable[[], float | None], sleep: Sleep) -> list[float | None]:
    """`TRIES` trips; whoever answers neither of the first two is not asked any more."""
    found: list[float | None] = []
    for _ in range(TRIES):
        found.append(trip())
        if found == [None, None]:
            break
        sleep(APART_S)
    return found
