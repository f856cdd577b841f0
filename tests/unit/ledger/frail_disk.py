"""A disk under SQLite that remembers every write and every sync, and can fail.

The files are real; beside them a journal is kept of what was asked of the disk. From the journal
`after_power_cut` builds what a disk may hold when the power goes at some point of it:

- what was synced is there;
- of what was not, each sector of 512 bytes holds any of the contents it had since the last sync,
  whatever its neighbours hold: writes are lost, torn at sectors, and reordered;
- the file has any of the lengths it had since then, cut as a whole or not at all; a file never
  synced may not be there.

A sector is written whole or not at all, and a write harms no sector beside it: SQLite asks as
much of a disk ("powersafe overwrite"). A sync of any file also makes older removals of files
last, as journalled file systems do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Wrote:
    """`data` was written at `offset`."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file was cut or grown to `size`."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything before is on the disk."""

    file: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The file was removed."""

    file: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Somebody was told that this is kept. No act of the disk: the mark to measure it by."""

    what: object


Act = Wrote | Cut | Synced | Removed | Acknowledged


@dataclass(slots=True)
class Disk:
    """What was asked of the disk, and how it fails.

    room : bytes it has for the files of `folder`, None for plenty.
    syncs_left : how many syncs succeed before every one fails, None for all.
    """

    folder: Path
    acts: list[Act] = field(default_factory=list[Act])
    room: int | None = None
    syncs_left: int | None = None

    def heal(self) -> None:
        """Have room and sync again."""
        self.room = self.syncs_left = None

    def free(self) -> int:
        """Bytes left, the ballast counted as used."""
        assert self.room is not None
        return self.room - sum(path.stat().st_size for path in self.folder.iterdir())


class FrailDisk(apsw.VFS):
    """SQLite's layer below, over real files. Used through `name`."""

    def __init__(self, name: str, disk: Disk) -> None:
        super().__init__(name, "")
        self.name = name
        self.disk = disk

    def xOpen(  # noqa: N802  SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        """A file whose writes are noted; SQLite's temporary ones have no name and no note."""
        return FrailFile(name, flags, self.disk)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802  SQLite's call
        """Remove a file."""
        self.disk.acts.append(Removed(Path(filename).name))
        super().xDelete(filename, syncdir)


class FrailFile(apsw.VFSFile):
    """One open file."""

    def __init__(self, name: str | apsw.URIFilename | None, flags: list[int], disk: Disk) -> None:
        super().__init__("", name, flags)
        full = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(full or "").name
        self._disk = disk

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  SQLite's name
        """Write what there is room for; a full disk takes the first part and refuses the rest."""
        if self._disk.room is not None:
            growth = max(0, offset + len(data) - self.xFileSize())
            missing = max(0, growth - max(0, self._disk.free()))
            if missing:
                super().xWrite(data[: len(data) - missing], offset)
                raise apsw.exception_for(apsw.SQLITE_FULL)
        self._disk.acts.append(Wrote(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802  SQLite's name
        """Cut the file."""
        self._disk.acts.append(Cut(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802  SQLite's call
        """Note that all before this is safe, or fail; the real disk is spared."""
        if self._disk.syncs_left is not None:
            if self._disk.syncs_left == 0:
                raise apsw.exception_for(apsw.SQLITE_IOERR_FSYNC)
            self._disk.syncs_left -= 1
        self._disk.acts.append(Synced(self._name))


@dataclass(slots=True)
class _Shape:
    """A file between two cuts of its length: what was safe of it, and all it was since.

    sizes : the lengths it had. sectors : the contents each touched sector had.
    """

    safe: bytes | None
    sizes: list[int] = field(default_factory=list[int])
    sectors: dict[int, list[bytes]] = field(default_factory=dict[int, list[bytes]])

    def survive(self, chance: Random, keep: float) -> bytes | None:
        """What the disk may hold; keep: how likely an unsynced sector is newer than the sync."""
        if self.safe is None and (not self.sizes or chance.random() > keep):
            return None
        safe = self.safe or b""
        size = chance.choice(self.sizes) if self.sizes and chance.random() < keep else len(safe)
        content = bytearray(safe[:size].ljust(size, b"\0"))
        for sector, contents in self.sectors.items():
            start = sector * SECTOR
            if start < size and chance.random() < keep:
                content[start : start + SECTOR] = chance.choice(contents).ljust(SECTOR, b"\0")
        return bytes(content[:size])


class _File:
    """A file on the way: what it is now, and the shapes it may still have on the disk.

    A change of length is one act of the file system: a file is cut as a whole or not at all, and
    what was written after a cut is not there without it.
    """

    def __init__(self, safe: bytes | None = None) -> None:
        self.now = bytearray(safe or b"")
        self.shapes = [_Shape(safe)]
        self.removed = False
        self.dropped: set[int] = set()
        """sectors that a failed sync has let go: later syncs pass them over"""

    def write(self, offset: int, data: bytes) -> None:
        """Let `data` stand at `offset`."""
        before, end = len(self.now), offset + len(data)
        self.now.extend(bytes(max(0, end - before)))
        self.now[offset:end] = data
        shape = self.shapes[-1]
        shape.sizes.append(len(self.now))
        for sector in range(min(offset, before) // SECTOR, -(-end // SECTOR)):
            start = sector * SECTOR
            shape.sectors.setdefault(sector, []).append(bytes(self.now[start : start + SECTOR]))
            self.dropped.discard(sector)

    def cut(self, size: int) -> None:
        """Let it be `size` bytes long."""
        del self.now[size:]
        self.now.extend(bytes(size - len(self.now)))
        shape = self.shapes[-1]
        kept = {n: list(held) for n, held in shape.sectors.items() if n * SECTOR < size}
        safe = (shape.safe or b"")[:size].ljust(size, b"\0")
        self.shapes.append(_Shape(safe, [size], kept))

    def sync(self) -> None:
        """Make safe what is there, but for what a failed sync has let go."""
        safe = bytearray(self.now)
        before = self.shapes[0].safe or b""
        for sector in self.dropped:
            start = sector * SECTOR
            if start < len(safe):
                old = before[start : start + SECTOR].ljust(SECTOR, b"\0")
                safe[start : start + SECTOR] = old[: len(safe) - start]
        self.shapes = [_Shape(None if self.removed else bytes(safe))]

    def fail(self) -> None:
        """A sync failed: the system holds for written what the disk may never have had."""
        self.dropped |= {sector for shape in self.shapes for sector in shape.sectors}

    def survive(self, chance: Random, keep: float) -> bytes | None:
        """What the disk may hold of it."""
        if self.removed and chance.random() < keep:
            return None
        shapes = self.shapes if chance.random() < keep else self.shapes[:1]
        return chance.choice(shapes).survive(chance, keep)


class Platter:
    """What a disk may hold, followed act by act. before: the files it held safely at first."""

    def __init__(self, before: dict[str, bytes] | None = None) -> None:
        self._files = {name: _File(data) for name, data in (before or {}).items()}

    def take(self, act: Act) -> None:
        """Follow one act."""
        files = self._files
        match act:
            case Wrote(name, offset, data):
                if name not in files or files[name].removed:
                    files[name] = _File()
                files[name].write(offset, data)
            case Cut(name, size):
                files.setdefault(name, _File()).cut(size)
            case Removed(name):
                files.setdefault(name, _File()).removed = True
            case Synced(name):
                files.setdefault(name, _File()).sync()
                for file in files.values():
                    if file.removed:
                        file.sync()
            case Acknowledged():
                pass

    def fail(self, name: str) -> None:
        """A sync of the file failed, and its unsynced writes are forgotten by the system."""
        if name in self._files:
            self._files[name].fail()

    def held(self, chance: Random) -> dict[str, bytes]:
        """The files it may hold when the power goes now."""
        keep = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        held = {name: file.survive(chance, keep) for name, file in self._files.items()}
        return {name: data for name, data in held.items() if data is not None}


def after_power_cut(
    acts: Iterable[Act], chance: Random, before: dict[str, bytes] | None = None
) -> dict[str, bytes]:
    """The files a disk may hold when the power goes after the last of `acts`.

    before : the files it held, safely, when the first of them was asked for.
    """
    platter = Platter(before)
    for act in acts:
        platter.take(act)
    return platter.held(chance)
