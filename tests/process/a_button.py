"""A button as somebody would build it from docs/button.md: a socket, a key, and nothing kept."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from collavoce.wire.button import (
    NO_EPOCH,
    NO_PRESS,
    TOLD_BYTES,
    ButtonError,
    Kind,
    Lamp,
    Said,
    Told,
    press_name,
    read_told,
    write_said,
)

ANSWER_S = 0.25
PATIENCE_S = 15.0

SETTLED = (Lamp.AGAIN, Lamp.NONE, Lamp.FELT, Lamp.NOT_RECORDED)
"""A press is said again until the lamp is past these."""


@dataclass
class AButton:
    """sent: every datagram it ever sent, for whoever records the network."""

    button: str
    key: bytes
    to: tuple[str, int]
    beat_s: float = 0.02
    count: int = 0
    epoch: bytes = NO_EPOCH
    press: bytes = NO_PRESS
    sent: list[bytes] = field(default_factory=list[bytes])

    def __post_init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.settimeout(ANSWER_S)

    def say(self, kind: Kind = Kind.HOW, ago_s: float = 0.0) -> Told | None:
        """One datagram and its answer, None if there was none in time."""
        self.count += 1
        said = Said(self.button, self.count, kind, int(ago_s * 1000), self.epoch, self.press)
        self.sent.append(write_said(self.key, said))
        self.socket.sendto(self.sent[-1], self.to)
        return self.hear()

    def hear(self) -> Told | None:
        """The answer to the last datagram."""
        while True:
            try:
                told = read_told(self.key, self.socket.recv(TOLD_BYTES + 1))
            except ButtonError:
                continue
            except OSError:
                return None
            if (told.button, told.count) == (self.button, self.count):
                return told

    def beat(self, kind: Kind = Kind.HOW, ago_s: float = 0.0) -> Lamp | None:
        """As `say`; an answer AGAIN is followed. The lamp, None without an answer."""
        told = self.say(kind, ago_s)
        if told is None:
            return None
        if told.lamp == Lamp.AGAIN:
            self.epoch, self.count = told.epoch, told.heard
        return Lamp(told.lamp)

    def greet(self) -> None:
        """Beat until the epoch is known."""
        self.until(lambda lamp: lamp not in (None, Lamp.AGAIN))

    def push(self) -> Lamp:
        """Press; what the lamp says once it says that it is kept, or more."""
        self.greet()
        self.press = press_name(self.key, self.epoch, self.count + 1)
        return self.until(lambda lamp: lamp is not None and lamp not in SETTLED, Kind.PRESS)

    def until(self, wanted: Callable[[Lamp | None], bool], kind: Kind = Kind.HOW) -> Lamp:
        """The first lamp of which `wanted` holds."""
        began = time.monotonic()
        while True:
            lamp = self.beat(kind, time.monotonic() - began)
            if wanted(lamp):
                assert lamp is not None
                return lamp
            assert time.monotonic() < began + PATIENCE_S, lamp
            time.sleep(self.beat_s)

    def close(self) -> None:
        self.socket.close()
