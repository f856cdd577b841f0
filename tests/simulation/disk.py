"""The disk under the real store: it dies, fills, fails, slows down, forgets what was not synced.

The files are real, in a folder of memory; `Platter` follows what was asked of them and tells what
they may hold when the power goes.
"""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import apsw
from tests.simulation.loop import KilledError
from tests.unit.ledger.frail_disk import Act, Cut, Platter, Removed, Synced, Wrote

BALLAST_BYTES = 1 << 18


@dataclass(slots=True)
class Disk:
    """What is wrong with a disk now, and what it may hold.

    room : bytes it still takes, None for plenty. failing : every sync fails. read_only : every
    write fails. slow_s : how long a sync takes. dies_in : calls until SIGKILL, None for never.
    waited_s : what the calls since the last look have taken.
    """

    room: int | None = None
    failing: bool = False
    read_only: bool = False
    slow_s: float = 0.0
    dies_in: int | None = None
    dead: bool = False
    waited_s: float = 0.0
    platter: Platter = field(default_factory=Platter)
    ballast: Path = Path("/nowhere")
    _held: bool = False

    def ballast_is_gone(self) -> bool:
        """Whether ballast was given up since the disk was filled; said once."""
        gone = self._held and not self.ballast.exists()
        self._held = self._held and not gone
        return gone

    def fill(self, room: int) -> None:
        """Leave `room` bytes."""
        self.room, self._held = room, self.ballast.exists()

    def heal(self) -> None:
        """Nothing is wrong any more."""
        self.room, self.failing, self.read_only, self.slow_s = None, False, False, 0.0

    @property
    def ill(self) -> bool:
        """Whether it may refuse a write."""
        return self.room is not None or self.failing or self.read_only

    def act(self, act: Act) -> None:
        """Follow `act`, unless death comes first."""
        if self.dies_in is not None:
            self.dies_in -= 1
            if self.dies_in < 0:
                self.dead = True
        if self.dead:
            raise KilledError
        self.platter.take(act)

    def after_power_cut(self, chance: Random) -> dict[str, bytes]:
        """The files it may hold if the power goes now."""
        return self.platter.held(chance)


class SimulatedVfs(apsw.VFS):
    """SQLite's layer below for one machine's disk."""

    def __init__(self, name: str, disk: Disk) -> None:
        super().__init__(name, "")
        self.name = name
        self.disk = disk

    def xOpen(  # noqa: N802  SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        """A file on this disk."""
        return SimulatedFile(name, flags, self.disk)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802  SQLite's call
        """Remove a file."""
        self.disk.act(Removed(Path(filename).name))
        super().xDelete(filename, syncdir)


class SimulatedFile(apsw.VFSFile):
    """One open file."""

    def __init__(self, name: str | apsw.URIFilename | None, flags: list[int], disk: Disk) -> None:
        super().__init__("", name, flags)
        full = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(full or "").name
        self._disk = disk

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  SQLite's name
        """Write what there is room for."""
        disk = self._disk
        if disk.read_only:
            raise apsw.exception_for(apsw.SQLITE_IOERR_WRITE)
        if disk.room is not None:
            growth = max(0, offset + len(data) - self.xFileSize())
            if growth > disk.room and disk.ballast_is_gone():
                disk.room += BALLAST_BYTES
            if growth > disk.room:
                raise apsw.exception_for(apsw.SQLITE_FULL)
            disk.room -= growth
        disk.act(Wrote(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802  SQLite's name
        """Cut the file."""
        self._disk.act(Cut(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802  SQLite's call
        """All before is safe, after a while; or it fails, and may hold anything."""
        self._disk.waited_s += self._disk.slow_s
        if self._disk.failing:
            self._disk.platter.fail(self._name)
            raise apsw.exception_for(apsw.SQLITE_IOERR_FSYNC)
        self._disk.act(Synced(self._name))
