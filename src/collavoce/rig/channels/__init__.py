"""The ways to a person outside the venue's own pages: push, text message, call, mail, other.

In: an address, words, a key, how long it may take. Out: accepted, delivered, or how it failed.
Never: who it is for or why; a decision; a secret, address or word in a log, an error, a title.
"""

from collavoce.rig.channels.channels_file import FILE as CHANNELS_FILE
from collavoce.rig.channels.channels_file import ChannelsError, Services, load_services
from collavoce.rig.channels.outcome import Accepted, Adapter, Delivered, Failed, Failure, Outcome
from collavoce.rig.channels.setting_up import ECHO, adapters

__all__ = [
    "CHANNELS_FILE",
    "ECHO",
    "Accepted",
    "Adapter",
    "ChannelsError",
    "Delivered",
    "Failed",
    "Failure",
    "Outcome",
    "Services",
    "adapters",
    "load_services",
]
