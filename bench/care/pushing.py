"""Presses by a button on the network, as docs/button.md has it."""

import time

from clients import datagram_socket
from house import BUTTON, KEY, CareHouse

from collavoce.wire.button import (
    NO_EPOCH,
    NO_PRESS,
    TOLD_BYTES,
    Kind,
    Lamp,
    Said,
    Told,
    press_name,
    read_told,
    write_said,
)

BEAT_S = 0.25
WAITING = (Lamp.AGAIN, Lamp.NONE, Lamp.FELT, Lamp.NOT_RECORDED)


class Button:
    """A button that is answered in time; the bench loses no datagram."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._socket = datagram_socket()
        self._epoch, self._count, self.press = NO_EPOCH, 0, NO_PRESS

    def say(self, kind: Kind) -> Told:
        """One datagram, and its answer."""
        self._count += 1
        said = Said(BUTTON, self._count, kind, 0, self._epoch, self.press)
        self._socket.sendto(write_said(KEY, said), self._to)
        told = read_told(KEY, self._socket.recv(TOLD_BYTES))
        if told.lamp == Lamp.AGAIN:
            self._epoch, self._count = told.epoch, told.heard
        return told

    def push(self, beat_s: float) -> float:
        """Press; seconds from the first datagram until the lamp says kept."""
        self.press = press_name(KEY, self._epoch, self._count + 1)
        began = time.perf_counter()
        while self.say(Kind.PRESS).lamp in WAITING:
            time.sleep(beat_s)
        return time.perf_counter() - began


def pushes(house: CareHouse, count: int) -> dict[str, list[float]]:
    """Milliseconds from datagram to lamp: asked again at once, and at a button's own pace."""
    button = Button(house.button_port)
    button.say(Kind.HOW)
    return {
        "button -> kept, asked again at once": [button.push(0.0) * 1e3 for _ in range(count)],
        "button -> lamp kept, 250 ms beat": [button.push(BEAT_S) * 1e3 for _ in range(count // 4)],
    }
