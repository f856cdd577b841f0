"""What keeping costs: appends beside the disk's own sync, group commit, the ring, erasure.

    python bench/ledger/run.py [--small] [--folder DIR]

A disk's sync is as fast as the disk is and as busy as it is, so the store and a bare `fdatasync`
take turns on the same disk in the same run: the ratio is what carries to another machine.
`--folder` chooses the disk (a folder in memory, such as /tmp on some systems, measures nothing).
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from collavoce.ledger import Draft, SealedStore, SqliteReader, SqliteStore, verify
from collavoce.ledger.drain import drain_once, drained
from collavoce.ledger.ring import RingReader, RingWriter

BODY = bytes(120)
"""A fired cue, packed, is about this long."""

FDATASYNC: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


def draft(number: int) -> Draft:
    """A fact like a fired cue."""
    return Draft(
        epoch=1,
        stream="show",
        type="CueFired",
        version=1,
        key=f"key-{number}",
        actor="caller",
        cause="",
        mono_ns=number,
        wall_ns=number,
        boot="boot",
        body=BODY,
    )


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that `work` took."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3


def p50_p99(samples: list[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    cuts = quantiles(samples, n=100, method="inclusive")
    return cuts[49], cuts[98]


def report(what: str, samples: list[float]) -> None:
    p50, p99 = p50_p99(samples)
    print(f"{what:32} p50 {p50:8.3f} ms   p99 {p99:8.3f} ms   n {len(samples)}")


def bench_latency(folder: Path, count: int) -> None:
    """One append, beside a write of as many bytes as one fact makes and a sync of a bare file."""
    store = SqliteStore.open(folder / "latency" / "show.db", ballast_bytes=0)
    sealed = SealedStore.open(folder / "sealed" / "care.db", ballast_bytes=0)
    bare = os.open(folder / "bare", os.O_RDWR | os.O_CREAT, 0o600)
    pages = bytes(4 * 4120)  # a commit of one fact writes some four pages to the WAL
    os.pwrite(bare, bytes(len(pages) * 256), 0)
    os.fsync(bare)

    def sync(number: int) -> None:
        os.pwrite(bare, pages, number % 256 * len(pages))
        FDATASYNC(bare)

    disk: list[float] = []
    rows: dict[str, list[float]] = {"show, one fact": [], "show, 20 facts": [], "sealed": []}
    for number in range(count):
        group = [draft(21 * number + i) for i in range(21)]
        disk.append(timed(lambda n=number: sync(n)))
        rows["show, one fact"].append(timed(lambda g=group: store.append(g[:1])))
        rows["show, 20 facts"].append(timed(lambda g=group: store.append(g[1:])))
        rows["sealed"].append(timed(lambda: sealed.append("stream", BODY)))
    report("bare write and fdatasync", disk)
    base = p50_p99(disk)
    for what, samples in rows.items():
        report(f"append: {what}", samples)
        ours = p50_p99(samples)
        print(f"{'':32} {ours[0] / base[0]:11.2f} x the disk {ours[1] / base[1]:9.2f} x")
    os.close(bare)
    store.close()
    sealed.close()


def bench_groups(folder: Path, total: int) -> None:
    """Facts a second in groups of one commit each."""
    for size in (1, 10, 100, 500):
        store = SqliteStore.open(folder / f"groups-{size}" / "show.db", ballast_bytes=0)
        count = min(total, 20 * size + total // 4)
        start = perf_counter()
        for first in range(0, count, size):
            store.append([draft(number) for number in range(first, first + size)])
        per_s = count / (perf_counter() - start)
        print(f"groups of {size:3}: {per_s:9.0f} facts/s {per_s / size:9.0f} commits/s")
        store.close()


def bench_ring(folder: Path, count: int) -> None:
    """The engine's side, and the drain behind it up to the verified chain."""
    writer = RingWriter.open(folder / "ring")
    samples = [timed(lambda: writer.append(BODY)) * 1e3 for _ in range(count)]
    p50, p99 = p50_p99(samples)
    print(
        f"ring append: p50 {p50:.2f} us, p99 {p99:.2f} us, worst {max(samples):.0f} us, n {count}"
    )
    store = SqliteStore.open(folder / "drained" / "show.db", ballast_bytes=0)
    reader = RingReader(writer.folder, drained(store, 1))
    start = perf_counter()
    while drain_once(reader, store, lambda seq, _: draft(seq)):
        pass
    print(f"drain to disk: {count / (perf_counter() - start):.0f} entries/s")
    store.close()
    kept = SqliteReader.open(folder / "drained" / "show.db")
    start = perf_counter()
    records = kept.read(limit=count)
    assert len(records) == count
    assert verify(records) is None
    print(f"read and verify: {count / (perf_counter() - start):.0f} records/s")
    kept.close()


def bench_erasure(folder: Path, megabytes: int) -> None:
    """How long a stream's erasure takes in a file of some size."""
    store = SealedStore.open(folder / "erasure" / "care.db", ballast_bytes=0)
    for number in range(megabytes * 4):
        store.put_key(f"stream-{number}", os.urandom(60))
        store.append(f"stream-{number}", os.urandom(256 << 10))
    samples = [timed(lambda n=n: store.delete_key(f"stream-{n}")) for n in range(10)]
    print(f"erasure in a file of {megabytes} MB: median {sorted(samples)[5]:.1f} ms")
    store.close()


def commit() -> str:
    """The commit that is measured."""
    asked = subprocess.run(
        ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or "no commit"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few of each, to see that it runs")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    args = parser.parse_args()
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {commit()}"
    )
    few: bool = args.small
    with tempfile.TemporaryDirectory(prefix="collavoce-bench-", dir=args.folder) as name:
        folder = Path(name)
        bench_latency(folder, 30 if few else 5_000)
        bench_groups(folder, 600 if few else 40_000)
        bench_ring(folder, 1_000 if few else 200_000)
        bench_erasure(folder, 1 if few else 20)


if __name__ == "__main__":
    sys.exit(main())
