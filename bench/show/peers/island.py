"""A network of its own for programs that would otherwise speak to the real one.

A network namespace of Linux with a loopback and a cable of which it holds both ends: what is sent
there by multicast reaches whoever listens there, and nobody else. Without the right to make one
there is only this machine's own loopback, and a peer that would leave it is not run.
"""

import contextlib
import ctypes
import os
import shutil
import socket
import subprocess
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

CLONE_NEWNET = 0x40000000
ADDRESS = "10.77.0.1"
"""Of one end of the cable."""

SET_UP = (
    "ip link set lo up",
    "ip link add stage type veth peer name wings",
    f"ip addr add {ADDRESS}/24 dev stage",
    "ip link set stage up",
    "ip link set wings up",
    "ip route add 224.0.0.0/4 dev stage",
)


@dataclass(frozen=True, slots=True)
class Island:
    """Where peers run. holder : the process that keeps the network, 0 for this machine's own."""

    holder: int = 0

    @property
    def address(self) -> str:
        """An interface that is no loopback, "" where there is none of ours."""
        return ADDRESS if self.holder else ""

    def command(self, *argv: str) -> list[str]:
        """`argv`, to be run here."""
        if not self.holder:
            return [*argv]
        return ["nsenter", "--target", str(self.holder), "--net", *argv]

    @contextlib.contextmanager
    def entered(self) -> Generator[None]:
        """Sockets that are made meanwhile belong here; they stay usable afterwards."""
        if not self.holder:
            yield
            return
        home = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open(f"/proc/{self.holder}/ns/net", os.O_RDONLY)
        try:
            _enter(there)
            yield
        finally:
            _enter(home)
            os.close(home)
            os.close(there)

    def ear(self, port: int = 0, group: str = "") -> socket.socket:
        """A datagram socket here, a member of the multicast `group` if one is named."""
        with self.entered():
            made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        # A program that listens to the same group must not be kept from it.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(bool(group)))
        made.bind((group or "127.0.0.1", port))
        if group:
            member = socket.inet_aton(group) + socket.inet_aton(ADDRESS)
            made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        return made


@contextlib.contextmanager
def island() -> Generator[Island]:
    """A network of its own for as long as this lasts, or this machine's loopback."""
    holder = _holder()
    if holder is None:
        yield Island()
        return
    try:
        made = Island(holder.pid)
        for line in SET_UP:
            subprocess.run(made.command(*line.split()), check=True)
        yield made
    finally:
        # It reads from us, and ends with its input.
        assert holder.stdin is not None
        holder.stdin.close()
        holder.wait()


def _holder() -> "subprocess.Popen[bytes] | None":
    if not all(map(shutil.which, ("unshare", "nsenter", "ip"))):
        return None
    holder = subprocess.Popen(
        ["unshare", "--net", "cat"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    ours = Path("/proc/self/ns/net").readlink()
    while holder.poll() is None:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{holder.pid}/ns/net").readlink() != ours:
                return holder
    return None


def _enter(namespace: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "the network could not be entered")
