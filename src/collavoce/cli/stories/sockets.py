"""Every address that processes of this machine speak to or listen on, as the kernel lists them.

Looked at again and again while a story is played: what a story needs beyond 127.0.0.1 would stand
here. Linux alone lists it this way (proc(5), `/proc/net/tcp`).
"""

import threading
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

LOOK_S = 0.2
PROC = Path("/proc")
TABLES = ("tcp", "tcp6", "udp", "udp6")
IPV4_DIGITS = 8


class SocketWatch:
    """Looks at the sockets of `pids()` until stopped. looks: how often; sockets: the most at once.

    outside : addresses that are not this machine's own.
    """

    def __init__(self, pids: Callable[[], Iterable[int]]) -> None:
        self.looks = 0
        self.sockets = 0
        self.outside: set[str] = set()
        self._pids = pids
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        if self.possible:
            self._thread.start()

    @property
    def possible(self) -> bool:
        """Whether this machine lists its sockets here."""
        return (PROC / "net" / "tcp").exists()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(LOOK_S):
            inodes = {inode for pid in self._pids() for inode in _sockets_of(pid)}
            found = [pair for inode, pair in _listed() if inode in inodes]
            self.looks += 1
            self.sockets = max(self.sockets, len(found))
            self.outside |= {str(a) for pair in found for a in pair if _is_outside(a)}


def _is_outside(address: IPv4Address | IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    own = address if mapped is None else mapped
    # Nothing at the other end yet is written as 0.0.0.0.
    return not (own.is_loopback or own.is_unspecified)


def _sockets_of(pid: int) -> set[str]:
    try:
        links = [str(entry.readlink()) for entry in (PROC / str(pid) / "fd").iterdir()]
    except OSError:
        # It ended while it was looked at; the next look sees the rest.
        return set()
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def _listed() -> Iterable[tuple[str, tuple[IPv4Address | IPv6Address, ...]]]:
    for table in TABLES:
        try:
            rows = (PROC / "net" / table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            cells = row.split()
            yield cells[9], (_address(cells[1]), _address(cells[2]))


def _address(cell: str) -> IPv4Address | IPv6Address:
    """`cell`: hexadecimal in words of 32 bits, each in the machine's byte order, then a port."""
    digits = cell.partition(":")[0]
    words = (bytes.fromhex(digits[i : i + 8])[::-1] for i in range(0, len(digits), 8))
    packed = b"".join(words)
    return IPv4Address(packed) if len(digits) == IPV4_DIGITS else IPv6Address(packed)
