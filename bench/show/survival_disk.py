"""The disk is full in mid-show: every size of it, on a real file system that has no more.

    python bench/show/survival_disk.py [--from BYTES] [--to BYTES] [--step BYTES] [--out FILE]

Each size is a tmpfs of its own (in a mount namespace of its own, so that nothing is left behind).
A child process is engine and writer at once, records facts until the ring takes no more (the ledger
mostly gave up before), and kills itself. Then its ring and its ledger are read; then the disk is
given room, and a successor drains what is left. Facts are said to be kept by two mouths:

    ring   `Recording.append` returned and everything is in the ring: survives the kill
    disk   the writer said that all is well: is in the ledger
"""

import argparse
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from collavoce.ledger import SqliteReader, verify
from collavoce.ledger.errors import LedgerError
from collavoce.ledger.ring import RingReader, reserve
from collavoce.runtime import writer as writer_module
from collavoce.runtime.config import RunConfig
from collavoce.runtime.entry import Entry, decode_body, encode
from collavoce.runtime.recording import Recording
from collavoce.runtime.writer import STORE, WELL, Writer
from collavoce.show.events import ShowOpened

PAGE = 4096
SEGMENT = 1 << 16
"""Short ones, so that ring and ledger compete for the last page at every size."""

STUCK = 20
"""Facts in a row that the ring did not take: the disk is full."""

FACTS_MAX = 40_000
WORD = struct.Struct("=cQ")
CANNOT = 77
"""What a script says that could not be run here."""


def in_a_namespace() -> None:
    """Start again where a mount is ours alone; returns only there."""
    if os.environ.get("COLLAVOCE_OWN_MOUNTS"):
        return
    unshare = shutil.which("unshare")
    if unshare is None:
        sys.exit(CANNOT)
    flags = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    if subprocess.run([unshare, *flags, "true"], capture_output=True, check=False).returncode:
        sys.exit(CANNOT)
    os.environ["COLLAVOCE_OWN_MOUNTS"] = "1"
    os.execv(unshare, [unshare, *flags, sys.executable, *sys.argv])


def payload(number: int) -> bytes:
    """Fact `number`: some short, some long, all different."""
    title = f"{number} " + "x" * (number * 7919 % 3000)
    return encode(Entry(ShowOpened(at=0.0, title=title, plan=""), "engine", "", 0, 0, 0))


def told(number: int, body: bytes) -> bool:
    """Whether `body` is fact `number`."""
    event = decode_body(body)
    return isinstance(event, ShowOpened) and event.title.startswith(f"{number} ")


def config_of(folder: Path) -> RunConfig:
    """A performance in `folder`."""
    facts: dict[str, Any] = {"folder": str(folder), "epoch": 1, "speed": 1.0, "headless": False}
    for field in msgspec.structs.fields(RunConfig):
        if field.required and field.name not in facts:
            facts[field.name] = 0 if field.type is int else ""
    return RunConfig(**facts)


def evening(config: RunConfig, chance: random.Random, say: Callable[[bytes, int], None]) -> None:
    """Engine and writer until the ring takes nothing more; raises LedgerError if nothing at all."""
    reserve(config.ring_dir, ahead=2, segment_bytes=SEGMENT)
    recording = Recording(config.ring_dir, segment_bytes=SEGMENT)
    writer = Writer(config)
    refused = 0
    for number in range(1, FACTS_MAX):
        seq = recording.append(payload(number))
        if recording.whole:
            say(b"r", seq)
        refused = 0 if recording.whole else refused + 1
        if chance.random() < 0.05 or refused:
            well = writer.turn() == WELL
            say(b"d" if well else b"f", recording.seq_in_ring)
        if refused > STUCK:
            return


def one_size(mount: Path, size: int) -> str:
    """One disk of `size` bytes, from its first fact to its successor's; what came of it."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", mount], check=True)
    try:
        config = config_of(mount)
        ears, mouth = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                evening(config, random.Random(size), lambda c, n: _say(mouth, c, n))
            except (LedgerError, OSError):
                os._exit(3)
            os.kill(os.getpid(), signal.SIGKILL)
        os.close(mouth)
        with os.fdopen(ears, "rb") as pipe:
            words = [
                WORD.unpack(pipe_word) for pipe_word in iter(lambda: pipe.read(WORD.size), b"")
            ]
        _, status = os.waitpid(child, 0)
        last = {said: max((n for c, n in words if c == said), default=0) for said in (b"r", b"d")}
        _judge(config, last[b"r"], last[b"d"])
        subprocess.run(["mount", "-o", "remount,size=256m", mount], check=True)
        _heal(config)
        if not os.WIFSIGNALED(status):
            return "refused at opening"
        return "ledger full" if any(c == b"f" for c, _ in words) else "ring full"
    finally:
        subprocess.run(["umount", mount], check=True)


def _say(mouth: int, said: bytes, number: int) -> None:
    assert os.write(mouth, WORD.pack(said, number)) == WORD.size


def _judge(config: RunConfig, in_ring: int, on_disk: int) -> None:
    """What was said is there, after the kill and before anybody makes room."""
    entries = RingReader(config.ring_dir).read()
    assert [seq for seq, _ in entries] == list(range(1, len(entries) + 1))
    assert all(content == payload(seq) for seq, content in entries)
    assert len(entries) >= in_ring, f"the ring lost {in_ring - len(entries)} facts"
    if not on_disk:
        return
    store = SqliteReader.open(config.state_dir / STORE)
    records = store.read(limit=FACTS_MAX)
    store.close()
    assert verify(records) is None
    assert len(records) >= on_disk, f"the ledger lost {on_disk - len(records)} facts"
    assert all(told(record.seq, record.body) for record in records)


def _heal(config: RunConfig) -> None:
    """With room again, a successor brings the whole ring to the ledger, each fact once."""
    entries = RingReader(config.ring_dir).read()
    writer = Writer(config)
    assert writer.turn() == WELL
    writer.close()
    store = SqliteReader.open(config.state_dir / STORE)
    records = store.read(limit=FACTS_MAX)
    store.close()
    assert verify(records) is None
    assert len(records) == len(entries)
    assert all(told(record.seq, record.body) for record in records)


def main() -> int:
    """Every size, and what came of them."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--to", type=int, default=16 << 20)
    parser.add_argument("--step", type=int, default=PAGE, help="a tmpfs has pages of 4096 bytes")
    parser.add_argument("--out", type=Path, help="keep the results in this file, as JSON")
    asked = parser.parse_args()
    in_a_namespace()
    writer_module.FULL_S = 0.0
    writer_module.reserve = partial(reserve, ahead=2, segment_bytes=SEGMENT)
    # A tmpfs of size 0 is one without a limit.
    sizes = range(max(asked.first, PAGE), asked.to + 1, asked.step)
    began, found = time.monotonic(), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="collavoce-disk-") as temporary:
        for size in sizes:
            try:
                found[one_size(Path(temporary), size)] += 1
            except AssertionError as error:
                print(f"size {size}: {error}", flush=True)
                found["wrong"] += 1
    results = {"sizes": len(sizes), "first": sizes[0], "last": sizes[-1], "step": asked.step}
    results |= found | {"seconds": round(time.monotonic() - began, 1), "load": os.getloadavg()[0]}
    print(json.dumps(results))
    if asked.out:
        asked.out.write_text(json.dumps(results) + "\n", encoding="utf-8")
    return int(found["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main())
