"""Open Lighting Architecture: `olad` as a translator, OSC in, OSC and E1.31 out.

It decides nothing: a slot in, the same slot out. It is the least that a lighting daemon pays. Its
E1.31 leaves by multicast through a real interface only, so that way needs an island.
"""

import contextlib
import os
import pwd
import socket
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from lanes import FIRST_SLOT, PeerLane, Probe

from collavoce.wire.osc import OscMessage, encode
from collavoce.wire.sacn import PORT as SACN_PORT
from peers.island import Island
from peers.programs import found, started

OSC_IN, OSC_OUT, RPC = 17770, 17777, 17091
UNIVERSE_1 = "239.255.0.1"
ADDRESS = "/dmx/universe/1"
SLOTS = 16
FIRST_IN_BLOB = 24
"""Behind the address (16 bytes), its tags (4) and the blob's length (4)."""

OSC = f"""\
enabled = true
input_ports = 1
output_ports = 1
port_0_address = {ADDRESS}
port_0_output_format = blob
port_0_targets = 127.0.0.1:{OSC_OUT}{ADDRESS}
udp_listen_port = {OSC_IN}
"""
PATCHED = "14-1-I-0 = 1\n14-1-O-0 = 1\n"
PATCHED_LIGHT = "11-1-O-0 = 1\n"
OTHERS = """
artnet dummy espnet ftdidmx gpio karate kinet milinst nanoleaf opendmx openpixelcontrol pathport
renard sandnet shownet spi spidmx stageprofi uartdmx usbdmx usbpro usbserial
"""


@contextlib.contextmanager
def running(folder: Path, here: Island) -> Generator[tuple[list[PeerLane], int]]:
    """Its lanes; raises NotHereError."""
    program = found("olad", "Debian: ola")
    with tempfile.TemporaryDirectory(prefix="collavoce-ola-") as name:
        settings = Path(name)
        _set_up(settings, light=bool(here.address))
        command = [program, "-c", name, "-r", str(RPC), "--no-http", "-l", "1"]
        command = [*_not_as_root(settings), *command, "--no-register-with-dns-sd"]
        lanes = [_lane("OLA, OSC -> OSC", here, here.ear(OSC_OUT))]
        if here.address:
            ear = here.ear(SACN_PORT, UNIVERSE_1)
            lanes.append(_lane("OLA, OSC -> changed light frame", here, ear, light=True))
        with started(here.command(*command), folder, lanes[0].answers) as pid:
            yield lanes, pid


def _not_as_root(settings: Path) -> list[str]:
    """It refuses to run as root: what makes it nobody's, its `settings` too."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    for path in (settings, *settings.iterdir()):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _set_up(settings: Path, *, light: bool) -> None:
    for other in OTHERS.split():
        (settings / f"ola-{other}.conf").write_text("enabled = false\n", encoding="utf-8")
    (settings / "ola-osc.conf").write_text(OSC, encoding="utf-8")
    e131 = f"enabled = {'true' if light else 'false'}\ninput_ports = 0\noutput_ports = 1\n"
    (settings / "ola-e131.conf").write_text(e131, encoding="utf-8")
    patched = PATCHED + (PATCHED_LIGHT if light else "")
    (settings / "ola-port.conf").write_text(patched, encoding="utf-8")


@dataclass(slots=True)
class _Slider:
    """Levels that are sent, each another than the last."""

    mouth: socket.socket
    levels: Iterator[int] = field(default_factory=lambda: cycle(range(1, 251)))
    level: int = 0
    message: bytes = b""

    def move(self) -> None:
        """Think of another level."""
        self.level = next(self.levels)
        self.message = encode(OscMessage(ADDRESS, (bytes([self.level]) * SLOTS,)))

    def send(self) -> None:
        """Send it."""
        self.mouth.sendto(self.message, ("127.0.0.1", OSC_IN))

    def in_osc(self, data: bytes) -> bool:
        """Whether a message carries it: a blob whose first byte stands behind its length."""
        return data.startswith(ADDRESS.encode()) and data[FIRST_IN_BLOB] == self.level

    def in_light(self, data: bytes) -> bool:
        """Whether a light frame carries it."""
        return data[FIRST_SLOT] == self.level


def _lane(name: str, here: Island, ear: socket.socket, *, light: bool = False) -> PeerLane:
    slider = _Slider(here.ear())
    wanted = slider.in_light if light else slider.in_osc
    return PeerLane(name, slider.send, Probe(ear), wanted, slider.move)
