"""A cue on the virtual stage alone: marked as such, to the taps and to nobody else.

Light data carry E1.31's own mark for it (6.2.6, Preview_Data); of everything else the stage is
told in words, as an OSC message that no console is sent.
"""

from collections.abc import Mapping

from collavoce.rig.lights_out import LightsRig
from collavoce.rig.stage_listener import AUDITION
from collavoce.rig.udp import UdpSender
from collavoce.runtime.wires.said import said
from collavoce.show.cues import Cue
from collavoce.show.latency import destination
from collavoce.wire.osc import OscMessage, encode


def audition(sender: UdpSender, lights: LightsRig, cue: Cue, levels: Mapping[str, float]) -> None:
    """Show `cue`; `levels` is what the stage would come to look like."""
    for action in cue.actions:
        words = said(action)
        if words:
            sender.tap(encode(OscMessage(AUDITION, (cue.number, destination(action), words))))
    lights.preview(levels)
