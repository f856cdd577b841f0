"""The patch's light data on its way to the network."""

from collections.abc import Mapping, Sequence

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Address, Destination, Sent, UdpSender
from collavoce.show.patch import Patch
from collavoce.units import Instant
from collavoce.wire.lights import Frame, UniverseFrames
from collavoce.wire.sacn import multicast_group

MULTICAST = "multicast"
"""Written as a host in the patch's sACN destinations: each universe goes to its own group."""

FAULTS_KEPT = 4
"""Faults told of one step: a pulled cable is the same fault for every universe."""


class LightsRig:
    """The universes of a patch, sent to every destination of it, each frame to the taps once.

    cid : 16 bytes that name this source for as long as it lives; source : the name that lighting
        people see in their network tools. Raises RigError and SacnError, before the show.
    """

    def __init__(self, patch: Patch, sender: UdpSender, *, cid: bytes, source: str) -> None:
        self._sender = sender
        self._frames = UniverseFrames(
            {c.name: (c.universe, c.address) for c in patch.channels.values()},
            cid=cid,
            source=source,
            priority=patch.sacn_priority,
        )
        fixed = [
            None if host == MULTICAST else Destination.find("sACN", host, port).address
            for host, port in patch.sacn
        ]
        self._to = {
            channel.universe: _addresses(channel.universe, patch.sacn, fixed)
            for channel in patch.channels.values()
        }

    def step(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Send what leaves at `now`; see `UniverseFrames.step`."""
        return self._send(self._frames.step(now, levels, at_once=at_once))

    def next_due(self, now: Instant, *, moving: bool = False) -> Instant:
        """When to step again if nothing happens; see `UniverseFrames.next_due`."""
        return self._frames.next_due(now, moving=moving)

    def repeat(self) -> Sent:
        """Send every universe as it stands; see `UniverseFrames.repeat`."""
        return self._send(self._frames.repeat())

    def preview(self, levels: Mapping[str, float]) -> None:
        """Show the taps, and nobody else, what `levels` would look like; marked as a preview."""
        for datagram in self._frames.preview(levels):
            self._sender.tap(datagram)

    def terminate(self) -> Sent:
        """Say on every universe that this source leaves it; nothing is sent after."""
        return self._send(self._frames.terminate())

    def _send(self, frames: Sequence[Frame]) -> Sent:
        datagrams = 0
        faults: tuple[RigError, ...] = ()
        for universe, datagram in frames:
            sent = self._sender.send(datagram, *self._to[universe])
            datagrams += sent.datagrams
            if len(faults) < FAULTS_KEPT:
                faults += sent.faults
        return Sent(datagrams, faults)


def _addresses(
    universe: int, patched: Sequence[Address], fixed: Sequence[Address | None]
) -> tuple[Address, ...]:
    return tuple(
        address or (multicast_group(universe), port)
        for address, (_, port) in zip(fixed, patched, strict=True)
    )
