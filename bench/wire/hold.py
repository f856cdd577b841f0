"""Whether so many universes hold 44 frames a second, seen from the other end of a socket.

    python bench/wire/hold.py [--universes 512] [--seconds 20] [--fades 1000]
        [--beside bare sacn] [--realtime]

A process of its own sends; this one notes when each packet of each universe came and prints the
intervals between them. Beside it, right after and the same way: `bare`, the least that Python can
do (finished packets out of one loop), which says what the machine allows; `sacn`, the PyPI library
of that name, given new levels for every universe and frame. `--realtime` gives both ends SCHED_FIFO
where that is allowed, as the engine's own `--realtime` does.
"""

import argparse
import os
import socket
import subprocess
import sys
from time import monotonic, perf_counter, process_time, sleep

import numpy as np

from collavoce.rig.lights_out import LightsRig
from collavoce.rig.udp import UdpSender
from collavoce.show.looks import Look
from collavoce.show.patch import Channel, Patch
from collavoce.units import Instant, Seconds
from collavoce.wire.lights import FRAMES_A_SECOND
from collavoce.wire.sacn import PORT, UniversePacket

RECEIVE_BUFFER = 16 << 20
SO_RCVBUFFORCE = 33
SPIN_S = 0.0005
OPTIONS_AT, TERMINATED = 112, 0x40


def send_ours(port: int, universes: int, fades: int, seconds: float) -> None:
    """Fades that never rest, through look, streams and socket, as in a show."""
    channels = {
        f"c{n}": Channel(f"c{n}", n % universes + 1, n // universes + 1)
        for n in range(max(fades, universes))
    }
    patch = Patch(sacn=(("127.0.0.1", port),), channels=channels)
    rig = LightsRig(patch, UdpSender(), cid=os.urandom(16), source="hold")
    look = Look.dark(channels)
    start = perf_counter()
    goal, now = 1.0, Instant(0.0)
    while now < seconds:
        if now >= look.moving_until:
            look = look.fire(dict.fromkeys(channels, goal), Seconds(4.0), now)
            goal = 1.0 - goal
        rig.step(now, look.at(now))
        now = Instant(wait_until(start + rig.next_due(now, moving=True)) - start)
    rig.terminate()


def wait_until(due: float) -> float:
    """Sleep, then spin the last half millisecond: a sleep alone wakes late."""
    sleep(max(0.0, due - SPIN_S - perf_counter()))
    while (now := perf_counter()) < due:
        pass
    return now


def send_bare(port: int, universes: int, seconds: float) -> None:
    """Finished packets, one loop, nothing else."""
    packets = [UniversePacket(bytes(16), "bare", n + 1).data for n in range(universes)]
    start = perf_counter()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        for frame in range(int(seconds * FRAMES_A_SECOND)):
            wait_until(start + frame / FRAMES_A_SECOND)
            for packet in packets:
                out.sendto(packet, ("127.0.0.1", port))
        packets[0][OPTIONS_AT] |= TERMINATED
        out.sendto(packets[0], ("127.0.0.1", port))


def send_theirs(port: int, universes: int, seconds: float) -> None:
    """The same job for `sacn`, whose own thread sends what has changed."""
    import sacn

    assert port == PORT, "the library sends to the standard's port only"
    sender = sacn.sACNsender(bind_port=0, fps=FRAMES_A_SECOND)
    sender.start()
    for universe in range(1, universes + 1):
        sender.activate_output(universe)
        sender[universe].destination = "127.0.0.1"
    start = perf_counter()
    frame = 0
    while (now := perf_counter() - start) < seconds:
        levels = (frame & 0xFF,) * 512
        for universe in range(1, universes + 1):
            sender[universe].dmx_data = levels
        frame += 1
        sleep(max(0.0, frame / FRAMES_A_SECOND - now))
    sender.stop()


def measure(who: str, options: argparse.Namespace) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        try:
            ear.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)
        except OSError:
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        ear.bind(("127.0.0.1", PORT if who == "sacn" else 0))
        ear.settimeout(5.0)
        command = [sys.executable, __file__, "--send", who, "--port", str(ear.getsockname()[1])]
        command += ["--universes", str(options.universes), "--fades", str(options.fades)]
        command += ["--seconds", str(options.seconds)]
        command += ["--realtime"] * options.realtime
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sender:
            came = listen(ear, sender, options)
            output = sender.communicate(timeout=30)[0]
    intervals = np.concatenate([np.diff(times) for times in came.values() if len(times) > 1]) * 1e3
    frames = sum(map(len, came.values())) / len(came) / options.seconds
    p50, p99 = np.percentile(intervals, (50, 99))
    print(
        f"{who:10} {len(came):4} universes {frames:6.2f} frames/s  interval p50 {p50:.2f}  "
        f"p99 {p99:.2f}  max {intervals.max():.1f} ms  cpu {float(output):.0%} of a core"
    )


def listen(
    ear: socket.socket, sender: "subprocess.Popen[str]", options: argparse.Namespace
) -> dict[int, list[float]]:
    """When the packets of each universe came, from the first second on."""
    came: dict[int, list[float]] = {}
    packet = bytearray(1024)
    until = monotonic() + options.seconds + 30
    first = 0.0
    while monotonic() < until:
        try:
            ear.recv_into(packet)
        except TimeoutError:
            if sender.poll() is not None:
                break
            continue
        at = perf_counter()
        first = first or at
        if packet[OPTIONS_AT] & TERMINATED:
            break
        if 1.0 <= at - first < 1.0 + options.seconds:
            came.setdefault(packet[113] << 8 | packet[114], []).append(at)
    return came


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--universes", type=int, default=512)
    parser.add_argument("--fades", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--beside", nargs="*", default=[], choices=["bare", "sacn"])
    parser.add_argument("--realtime", action="store_true")
    parser.add_argument("--send", choices=["collavoce", "bare", "sacn"], help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.realtime:
        # The ear above the mouth, so that what is measured is the mouth.
        priority = 40 if options.send else 50
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(priority))
    if options.send:
        # A second before, which is not measured, and a little after.
        busy, real = process_time(), perf_counter()
        seconds = options.seconds + 1.5
        if options.send == "sacn":
            send_theirs(options.port, options.universes, seconds)
        elif options.send == "bare":
            send_bare(options.port, options.universes, seconds)
        else:
            send_ours(options.port, options.universes, options.fades, seconds)
        print((process_time() - busy) / (perf_counter() - real))
        return
    for who in ("collavoce", *options.beside):
        measure(who, options)


if __name__ == "__main__":
    main()
