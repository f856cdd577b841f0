"""The wires of a performance: one socket, the OSC destinations, the light data, the desk's tap."""

import hashlib
from collections.abc import Mapping

from collavoce.rig.lights_out import LightsRig
from collavoce.rig.osc_out import OscRig
from collavoce.rig.udp import Address, Sent, UdpSender
from collavoce.show.actions.osc import SendOsc
from collavoce.show.patch import Patch
from collavoce.units import Instant

SOURCE = "Collavoce"
"""What lighting people see in their network tools."""

CATCH_UP = 21
"""Frames that a returning source sends at once.

E1.31 (6.7.2) has receivers drop a packet up to 20 behind the last one; a restarted engine does
not know where its predecessor's sequence numbers stood, and after 21 it is past any of them.
"""


def source_id(boot: str) -> bytes:
    """The 16 bytes that name the light source of one performance, the same after a restart."""
    return hashlib.sha256(boot.encode()).digest()[:16]


class Wires:
    """Everything that leaves the house, for `Performance`."""

    def __init__(self, patch: Patch, boot: str, taps: tuple[Address, ...] = ()) -> None:
        self._sender = UdpSender(taps=taps)
        self._osc = OscRig(patch.osc, self._sender)
        self._lights = LightsRig(patch, self._sender, cid=source_id(boot), source=SOURCE)

    def osc(self, action: SendOsc) -> Sent:
        """Send one message."""
        return self._osc.send(action)

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Send the light data that is due."""
        return self._lights.step(now, levels, at_once=at_once)

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """When the lights want to be stepped again."""
        return self._lights.next_due(now, moving=moving)

    def catch_up(self) -> None:
        """Send the present levels past any sequence number a predecessor may have used."""
        for _ in range(CATCH_UP):
            self._lights.repeat()

    def close(self) -> None:
        """End the light streams in order and close the socket."""
        self._lights.terminate()
        self._sender.close()
