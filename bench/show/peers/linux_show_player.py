"""Linux Show Player as Debian has it (0.5): its remote control, XML-RPC, executes a command cue.

That version has no OSC; what its users do is a command cue that runs a program, here liblo's
`oscsend`. So this way holds the start of a process, which 0.6 with its own OSC would not need.
"""

import contextlib
import socket
import xmlrpc.client
from collections.abc import Generator
from json import dumps
from pathlib import Path

from lanes import LOST_S, PeerLane, Probe

from peers.island import Island
from peers.programs import NotHereError, found, started

REMOTE, OSC_OUT = 18070, 17990
ENDED_S = (0.06, 0.1)
"""Between two shots: a cue that is executed while its program still runs stops instead."""
SETTINGS = Path("/usr/lib/python3/dist-packages/lisp/default.cfg")


@contextlib.contextmanager
def running(folder: Path, here: Island) -> Generator[tuple[list[PeerLane], int]]:
    """Its lane; raises NotHereError."""
    program = found("linux-show-player", "Debian: linux-show-player")
    sender = found("oscsend", "Debian: liblo-tools")
    if not here.holder:
        raise NotHereError("it answers the whole network, and there is no right to make one apart")
    _set_up(folder, f"exec {sender} osc.udp://127.0.0.1:{OSC_OUT} /cue s go")
    request = _request()
    line: socket.socket | None = None

    def connect() -> None:
        """It hangs up after each call; connecting is not counted."""
        nonlocal line
        if line is not None:
            line.close()
        with here.entered():
            line = socket.create_connection(("127.0.0.1", REMOTE), timeout=LOST_S)

    def execute() -> None:
        assert line is not None
        line.sendall(request)

    lane = PeerLane(
        "Linux Show Player 0.5, XML-RPC -> command cue -> oscsend",
        execute,
        Probe(here.ear(OSC_OUT)),
        lambda data: data.startswith(b"/cue\0"),
        connect,
        ENDED_S,
    )
    command = here.command(program, "-f", str(folder / "show.lsp"))
    with started(command, folder, lane.answers, QT_QPA_PLATFORM="offscreen") as pid:
        yield [lane], pid
        if line is not None:
            line.close()


def _set_up(folder: Path, command: str) -> None:
    """One cue; its remote control on loopback; a MIDI library that a machine without MIDI has."""
    settings = SETTINGS.read_text(encoding="utf-8")
    settings = settings.replace("BindIp = 0.0.0.0", "BindIp = 127.0.0.1")
    settings = settings.replace("BindPort = 8070", f"BindPort = {REMOTE}")
    settings = settings.replace("mido.backends.rtmidi", "mido.backends.portmidi")
    home = folder / ".linux_show_player"
    home.mkdir()
    (home / "config.cfg").write_text(settings, encoding="utf-8")
    cue = {"_type_": "CommandCue", "id": "c0", "index": 0, "name": "go", "command": command}
    show = {"cues": [cue], "plugins": {}, "application": {"layout": "List Layout"}}
    (folder / "show.lsp").write_text(dumps(show), encoding="utf-8")


def _request() -> bytes:
    body = xmlrpc.client.dumps((0,), "execute")
    head = ("POST / HTTP/1.1", "Host: 127.0.0.1", "Content-Type: text/xml")
    head += (f"Content-Length: {len(body)}", "", body)
    return "\r\n".join(head).encode()
