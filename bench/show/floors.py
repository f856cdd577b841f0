"""What any program pays: UDP echoes that do nothing else, in processes of their own.

python bench/show/floors.py socket|asyncio|liblo      prints its port, answers until it is ended
"""

import asyncio
import contextlib
import importlib.util
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

HERE = Path(__file__).resolve()
C_SOURCE = HERE.with_name("echo.c")


@dataclass(frozen=True, slots=True)
class Floor:
    """A running echo."""

    name: str
    pid: int
    port: int


@contextlib.contextmanager
def floors(build: Path) -> Generator[list[Floor]]:
    """Every echo this machine can run, started. build : where the C program is put."""
    commands = {
        "bare socket echo, Python": [sys.executable, str(HERE), "socket"],
        "asyncio echo": [sys.executable, str(HERE), "asyncio"],
    }
    if importlib.util.find_spec("pyliblo3") is not None:
        commands["liblo (pyliblo3), OSC -> OSC"] = [sys.executable, str(HERE), "liblo"]
    compiler = shutil.which("cc")
    if compiler is not None:
        program = build / "echo"
        subprocess.run([compiler, "-O2", "-o", str(program), str(C_SOURCE)], check=True)
        commands["bare socket echo, C"] = [str(program)]
    with contextlib.ExitStack() as running:
        yield [running.enter_context(_started(name, argv)) for name, argv in commands.items()]


@contextlib.contextmanager
def _started(name: str, argv: list[str]) -> Generator[Floor]:
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Floor(name, process.pid, int(process.stdout.readline()))
        finally:
            process.kill()


def _echo_plainly() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        print(door.getsockname()[1], flush=True)
        while True:
            data, sender = door.recvfrom(2048)
            door.sendto(data, sender)


class _Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.transport.sendto(data, addr)


async def _echo_in_a_loop() -> None:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(_Echo, local_addr=("127.0.0.1", 0))
    print(transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


def _echo_by_liblo() -> None:
    """It reads the message and writes it anew, as a program that speaks OSC must."""
    import pyliblo3

    server = pyliblo3.Server(proto=pyliblo3.UDP)

    def answer(path: str, args: list[str], _types: str, sender: pyliblo3.Address) -> None:
        server.send(sender, path, *args)

    server.add_method(None, None, answer)
    print(server.port, flush=True)
    while True:
        server.recv(1000)


ECHOES = {
    "socket": _echo_plainly,
    "asyncio": lambda: asyncio.run(_echo_in_a_loop()),
    "liblo": _echo_by_liblo,
}

if __name__ == "__main__":
    ECHOES[sys.argv[1]]()
