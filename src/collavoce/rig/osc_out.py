"""OSC messages of cues on their way to the patch's named destinations."""

from collections.abc import Mapping

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Destination, Sent, UdpSender
from collavoce.show.actions.osc import SendOsc
from collavoce.wire.osc import OscError, OscMessage, encode
from collavoce.words import say


def datagram(action: SendOsc) -> bytes:
    """The bytes of `action`; raises OscError, so that a check finds it before the show does."""
    return encode(OscMessage(action.address, action.args))


class OscRig:
    """The OSC destinations of a patch, looked up once. Raises RigError, before the show."""

    def __init__(self, destinations: Mapping[str, tuple[str, int]], sender: UdpSender) -> None:
        self._sender = sender
        self._to = {
            name: Destination.find(name, host, port).address
            for name, (host, port) in destinations.items()
        }

    def send(self, action: SendOsc) -> Sent:
        """Send `action`. What cannot be sent is a fault, not an exception: the show goes on."""
        address = self._to.get(action.to)
        if address is None:
            known = ", ".join(self._to) or say("rig.patch.none_known")
            return Sent(0, (RigError(say("rig.patch.no_destination", to=action.to, known=known)),))
        try:
            data = datagram(action)
        except OscError as error:
            return Sent(0, (RigError(str(error)),))
        return self._sender.send(data, address)
