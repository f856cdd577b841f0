"""MIDI inputs and outputs in memory: ports that come and go, keys that are pressed, lamps."""

from collections.abc import Callable, Sequence
from typing import Any

from collavoce.rig.errors import RigError


class Studio:
    """The computer's MIDI. inputs, outputs: names now, with the numbers ALSA gives them."""

    def __init__(self, *names: str) -> None:
        self.inputs = [f"{name} 20:{i}" for i, name in enumerate(names)]
        self.outputs = list(self.inputs)
        self.ears: dict[str, Callable[[tuple[list[int], float], Any], None]] = {}
        self.lamps: list[tuple[str, bytes]] = []
        self.asked = 0
        self.there = True

    def driver(self) -> "InPort":
        self.asked += 1
        if not self.there:
            raise RigError("there is no MIDI here")
        return InPort(self)

    def out(self) -> "OutPort":
        return OutPort(self)

    def press(self, name: str, message: bytes) -> None:
        for port, ear in self.ears.items():
            if port.startswith(name):
                ear((list(message), 0.0), None)


class InPort:
    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._ear: Callable[[tuple[list[int], float], Any], None] | None = None
        self._port = ""

    def get_ports(self) -> list[str]:
        return list(self._studio.inputs)

    def open_port(self, port: int) -> object:
        self._port = self._studio.inputs[port]
        assert self._ear is not None
        self._studio.ears[self._port] = self._ear
        return self

    def set_callback(self, func: Callable[[tuple[list[int], float], Any], None]) -> None:
        self._ear = func

    def close_port(self) -> None:
        self._studio.ears.pop(self._port, None)


class OutPort:
    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._port = ""

    def get_ports(self) -> list[str]:
        return list(self._studio.outputs)

    def open_port(self, port: int) -> object:
        self._port = self._studio.outputs[port]
        return self

    def send_message(self, message: Sequence[int]) -> None:
        if self._port not in self._studio.outputs:
            raise RuntimeError("gone")
        self._studio.lamps.append((self._port, bytes(message)))

    def close_port(self) -> None:
        pass
