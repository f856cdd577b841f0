"""How fast the codecs are beside the libraries that others use, in one and the same run.

    python bench/wire/run.py [--small]

The two of a pair take turns, so that a busy machine is busy for both; the best round of each
counts, and the ratio is what carries to another machine. pyliblo3 builds a message in C and makes
its bytes only when sending, so building is compared alone, and then the whole way to the socket
and back from it.
"""

import argparse
import platform
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

import pyliblo3
from sacn.messages.data_packet import DataPacket as ForeignPacket

from collavoce.show.looks import Look
from collavoce.units import Instant, Seconds
from collavoce.wire.lights import FRAMES_A_SECOND, UniverseFrames
from collavoce.wire.osc import OscMessage, decode, encode
from collavoce.wire.sacn import UniversePacket
from collavoce.wire.sacn import decode as decode_sacn

Work = Callable[[], object]

CID = bytes(16)
MESSAGES = {
    "2 numbers": OscMessage("/light/level", (3, 0.5)),
    "words and 4 numbers": OscMessage("/foo", (1000, -1, "hello", 1.234, 5.678)),
}


def best_us(ours: Work, theirs: Work, times: int, rounds: int) -> tuple[float, float]:
    """Microseconds of one call of each, the best of `rounds` turns."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for which, work in enumerate((ours, theirs)):
            start = perf_counter()
            for _ in range(times):
                work()
            best[which] = min(best[which], (perf_counter() - start) / times * 1e6)
    return best[0], best[1]


def report(what: str, other: str, pair: tuple[float, float]) -> None:
    ours, theirs = pair
    print(f"{what:42} {ours:9.2f} us {theirs:9.2f} us  {theirs / ours:8.2f} x as fast as {other}")


def bench_osc(times: int, rounds: int) -> None:
    server = pyliblo3.Server()
    server.add_method(None, None, lambda *_: None)
    near = pyliblo3.Address("127.0.0.1", server.port)
    there = ("127.0.0.1", server.port)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
    ):
        receiver.bind(("127.0.0.1", 0))
        here = receiver.getsockname()
        for name, message in MESSAGES.items():
            address, args = message.address, message.args
            data = encode(message)

            def build(address: str = address, args: tuple[object, ...] = args) -> object:
                return pyliblo3.Message(address, *args)

            def our_way(address: str = address, args: tuple[object, ...] = args) -> None:
                sender.sendto(encode(OscMessage(address, args)), here)
                decode(receiver.recv(4096))

            def their_way(address: str = address, args: tuple[object, ...] = args) -> None:
                pyliblo3.send(near, address, *args)
                server.recv(1000)

            def our_reading(data: bytes = data) -> None:
                sender.sendto(data, here)
                decode(receiver.recv(4096))

            def their_reading(data: bytes = data) -> None:
                sender.sendto(data, there)
                server.recv(1000)

            def encoding(message: OscMessage = message) -> object:
                return encode(message)

            def decoding(data: bytes = data) -> object:
                return decode(data)

            few = max(1, times // 10)
            report(f"OSC encode, {name}", "Message()", best_us(encoding, build, times, rounds))
            only, _ = best_us(decoding, decoding, times, rounds)
            print(f"{f'OSC decode, {name}':42} {only:9.2f} us")
            report(
                f"OSC read a datagram, {name}",
                "liblo",
                best_us(our_reading, their_reading, few, rounds),
            )
            report(f"OSC send and read, {name}", "liblo", best_us(our_way, their_way, few, rounds))


def bench_sacn(times: int, rounds: int) -> None:
    ours = UniversePacket(CID, "bench", 1)
    theirs = ForeignPacket(tuple(CID), "bench", 1, (0,) * 512)
    levels = [0] * 512
    data = bytes(ours.count())
    turn = 0

    def our_frame() -> None:
        nonlocal turn
        turn += 1
        ours.set(7, turn & 0xFF)
        ours.count()

    def their_frame() -> None:
        nonlocal turn
        turn += 1
        levels[6] = turn & 0xFF
        theirs.dmxData = tuple(levels)
        theirs.sequence_increase()
        bytes(theirs.getBytes())

    few = max(1, times // 20)
    report(
        "sACN next packet, one level changed", "sacn", best_us(our_frame, their_frame, few, rounds)
    )
    report(
        "sACN decode",
        "sacn",
        best_us(
            lambda: decode_sacn(data),
            lambda: ForeignPacket.make_data_packet(tuple(data)),
            few,
            rounds,
        ),
    )


def bench_lights(universes: int, fades: int, frames: int) -> None:
    """A frame of many universes: levels of all fades, packets of all that changed."""
    patch = {f"c{n}": (n % universes + 1, n // universes + 1) for n in range(fades)}
    look = Look().fire(dict.fromkeys(patch, 1.0), Seconds(frames / FRAMES_A_SECOND), Instant(0.0))
    streams = UniverseFrames(patch, cid=CID, source="bench")
    packets = 0
    start = perf_counter()
    for frame in range(frames):
        now = Instant(frame / FRAMES_A_SECOND)
        packets += len(streams.step(now, look.at(now)))
    ms = (perf_counter() - start) / frames * 1e3
    share = ms / (1e3 / FRAMES_A_SECOND) * 100
    print(
        f"lights: {universes} universes, {fades} fades: {ms:.2f} ms a frame "
        f"({packets / frames:.0f} packets), {share:.0f} % of a core at {FRAMES_A_SECOND} Hz"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="seconds less, figures rough")
    small = parser.parse_args().small
    times, rounds = (200, 2) if small else (20_000, 7)
    git = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    commit = git.stdout.strip() or "no commit"
    machine = platform.processor() or platform.machine()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {commit}, {machine}")
    print(f"Python {sys.version.split()[0]}, {platform.system()} {platform.release()}")
    print(f"{'':42} {'ours':>12} {'theirs':>12}")
    bench_osc(times, rounds)
    bench_sacn(times, rounds)
    bench_lights(*((16, 40, 20) if small else (512, 1000, 220)))


if __name__ == "__main__":
    main()
