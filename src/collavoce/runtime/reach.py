"""What the desk is told of a destination, whoever carries for it: that it is there, or is not.

A destination that is away is a fault of every firing that needs it; the caller hears of it before.
"""

from collavoce.runtime.mail import Process
from collavoce.words import say

CONNECTED = "connected"
NOT_CONNECTED = "not connected"
NO_PORT = "no port"
NO_SERVER = "no server"


def reach(to: str, state: str) -> Process:
    """The mail that says how the destination `to` fares; never under the name of a process."""
    return Process(say("rig.reach.destination", to=to), state)
