"""The channel that reaches nobody: a datagram to a mailbox of this machine, for the canary.

It passes the same courier, process, queue and threads as a real message. Its end is the one who
asked for it, so what it has taken is delivered.
"""

import socket

from collavoce.rig.channels.outcome import Delivered, Failed, Failure, Outcome

MARK = b"echo "
"""Begins each datagram, so that the mailbox knows what it is."""


class Echo:
    """Sends to Unix datagram sockets."""

    def send(self, address: str, text: str, key: str, within_s: float) -> Outcome:  # noqa: ARG002  nobody reads it
        """Send `key` to the Unix datagram socket at the path `address`; "" reaches nobody."""
        if not address:
            return Delivered()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as box:
            box.settimeout(within_s)
            try:
                box.sendto(MARK + key.encode(), address)
            except OSError:
                return Failed(Failure.RESET)
        return Delivered()
