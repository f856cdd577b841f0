"""Where things go: destinations and channels by the names that cues use."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collavoce.units import Seconds

LIGHTS, SOUND = "sacn", "sound"
"""What the latency book and the log call the light data, and sounds that name no destination."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One dimmer: sACN universe 1..63999, address 1..512."""

    name: str
    universe: int
    address: int


@dataclass(frozen=True, slots=True)
class Patch:
    """Where things go, each by its name.

    osc : (host, port) of OSC over UDP. osc_tcp : the same over TCP, framed by SLIP (OSC 1.1).
    midi : name -> MIDI output of this computer, or a part of its name.
    http : name -> "http://host:port" without a path. sound : name -> sound card, "" the usual one.
    sacn : destinations of the light data.
    delay : the latency book: name -> seconds that this destination takes from the wire to the
        world, 0 to 0.5; "sacn" is the lights'.
    """

    osc: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    sacn: tuple[tuple[str, int], ...] = ()
    sacn_priority: int = 100
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])
    osc_tcp: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    midi: Mapping[str, str] = field(default_factory=dict[str, str])
    http: Mapping[str, str] = field(default_factory=dict[str, str])
    sound: Mapping[str, str] = field(default_factory=dict[str, str])
    delay: Mapping[str, Seconds] = field(default_factory=dict[str, Seconds])
