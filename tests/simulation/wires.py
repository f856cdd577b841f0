"""What runs between the processes of one machine: datagrams under a name, and who waits."""

import itertools
from collections import deque
from collections.abc import Callable
from pathlib import Path

_fds = itertools.count(1000)


class Wires:
    """names: path -> the mailbox bound there. A machine that starts anew has none."""

    def __init__(self) -> None:
        self.names: dict[Path, SimulatedMailbox] = {}
        self._readers: dict[int, Callable[[], None]] = {}

    def fresh_fd(self) -> int:
        """A descriptor of nothing real."""
        return next(_fds)

    def listen(self, fd: int, heard: Callable[[], None]) -> None:
        """Call `heard` whenever something is to be read at `fd`."""
        self._readers[fd] = heard

    def forget(self, fd: int) -> None:
        """Nobody waits there any more."""
        self._readers.pop(fd, None)

    def ready(self, fd: int) -> None:
        """There is something to be read."""
        self._readers.get(fd, lambda: None)()


class SimulatedMailbox:
    """As `runtime.links.Mailbox`: whole datagrams or none, and nobody waits."""

    HELD_MAX = 200

    def __init__(self, wires: Wires, path: Path) -> None:
        self.path = path
        self._wires = wires
        self._fd = wires.fresh_fd()
        self._held: deque[tuple[bytes, str | None]] = deque()
        wires.names[path] = self

    def fileno(self) -> int:
        """For whoever waits."""
        return self._fd

    def send(self, to: Path | str, payload: bytes) -> bool:
        """Whether somebody is bound to `to` and reads."""
        other = self._wires.names.get(Path(to))
        if other is None or len(other._held) >= self.HELD_MAX:
            return False
        other._held.append((payload, str(self.path)))
        self._wires.ready(other._fd)
        return True

    def receive(self) -> tuple[bytes, str | None] | None:
        """The next datagram."""
        return self._held.popleft() if self._held else None

    def close(self) -> None:
        """Take the name away."""
        if self._wires.names.get(self.path) is self:
            del self._wires.names[self.path]
