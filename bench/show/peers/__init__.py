"""Other people's programs, running beside Collavoce.

Each is set up in a folder of its own, driven from outside, ended with the bench.

In: a folder, an island to run on, the echoes' probe. Out: lanes, or a sentence why there is none.
Never: a packet that leaves this machine, a setting of the user's own programs touched.
"""

import contextlib
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

from lanes import PeerLane

from peers import linux_show_player, ola, qlcplus
from peers.island import Island, island
from peers.programs import NotHereError


@dataclass(slots=True)
class Peers:
    """What runs. missing : program -> why it does not."""

    lanes: list[PeerLane] = field(default_factory=list[PeerLane])
    pids: list[int] = field(default_factory=list[int])
    missing: dict[str, str] = field(default_factory=dict[str, str])


KNOWN = {
    "OLA": ola.running,
    "QLC+": qlcplus.running,
    "Linux Show Player": linux_show_player.running,
}

NOT_TRIED = {
    "Ontime": "its server comes as the npm package @getontime/cli, which the registry reached from "
    "here answers with 404, or as a desktop program from its own pages; no package manager of this "
    "machine has it",
}


@contextlib.contextmanager
def peers(work: Path) -> Generator[Peers]:
    """Every peer that this machine can run, started and answering."""
    found = Peers(missing=dict(NOT_TRIED))
    with contextlib.ExitStack() as running:
        here: Island = running.enter_context(island())
        for name, start in KNOWN.items():
            folder = work / name.replace(" ", "-")
            folder.mkdir()
            try:
                lanes, pid = running.enter_context(start(folder, here))
            except NotHereError as error:
                found.missing[name] = str(error)
            else:
                found.lanes += lanes
                found.pids.append(pid)
        yield found
