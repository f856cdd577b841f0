"""A copy taken under a running writer is whole: all that was committed, and no half of it."""

import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collavoce.ledger import SealedStore, SqliteReader, SqliteStore
from collavoce.ledger.copying import copy_store
from collavoce.ledger.errors import StoreMissingError, StoreUnreadableError

WRITER = """
import sys
from pathlib import Path
from collavoce.ledger import SealedStore
store = SealedStore.open(Path(sys.argv[1]), ballast_bytes=0)
print("ready", flush=True)
number = 0
while True:
    number += 1
    # Two streams that belong together, and now and then a file written anew.
    store.append_all([("a", b"%d" % number), ("b", b"%d" % number + bytes(3000))])
    if number % 40 == 0:
        store.change({"thing": b"%d" % number})
    if number % 10 == 0:
        print(number, flush=True)
"""


def numbers(path: Path, stream: str) -> list[int]:
    store = SealedStore.open(path, ballast_bytes=0)
    try:
        return [int(body.rstrip(b"\0")) for _, body in store.read(stream)]
    finally:
        store.close()


@pytest.mark.process
def test_every_copy_under_a_writer_and_its_erasures_is_whole(tmp_path: Path) -> None:
    source = tmp_path / "live" / "care.db"
    with subprocess.Popen(
        (sys.executable, "-c", WRITER, str(source)), stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        try:
            assert writer.stdout.readline() == b"ready\n"
            for turn in range(12):
                said = int(writer.stdout.readline())
                target = tmp_path / f"copy{turn}" / "care.db"
                copy_store(source, target)
                assert [p.name for p in target.parent.iterdir()] == ["care.db"]
                a, b = numbers(target, "a"), numbers(target, "b")
                assert a == b == list(range(1, len(a) + 1))
                assert len(a) >= said, "what was kept before the copy began is in it"
                time.sleep(0.02)
        finally:
            writer.kill()


def test_a_copy_of_a_closed_store_and_of_one_that_was_killed(tmp_path: Path) -> None:
    source = tmp_path / "care.db"
    store = SealedStore.open(source, ballast_bytes=0)
    store.append("a", b"1")
    copy_store(source, tmp_path / "open" / "care.db")  # all of it stands in the WAL
    store.append("a", b"2")
    store.close()
    copy_store(source, tmp_path / "closed" / "care.db")
    assert numbers(tmp_path / "open" / "care.db", "a") == [1]
    assert numbers(tmp_path / "closed" / "care.db", "a") == [1, 2]
    assert stat.S_IMODE((tmp_path / "closed" / "care.db").stat().st_mode) == 0o600


def test_the_shows_own_ledger_is_copied_as_well(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "show.db")
    copy_store(tmp_path / "show.db", tmp_path / "copy" / "show.db")
    store.close()
    reader = SqliteReader.open(tmp_path / "copy" / "show.db")
    assert reader.read(after_seq=0) == []
    reader.close()


def test_what_is_not_there_or_is_damaged_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        copy_store(tmp_path / "none.db", tmp_path / "copy.db")
    store = SealedStore.open(tmp_path / "care.db", ballast_bytes=0)
    store.append_all([("a", bytes(3000))] * 100)
    store.close()
    damaged = bytearray((tmp_path / "care.db").read_bytes())
    damaged[8192:20000] = b"\xee" * (20000 - 8192)
    (tmp_path / "care.db").write_bytes(damaged)
    with pytest.raises(StoreUnreadableError):
        copy_store(tmp_path / "care.db", tmp_path / "copy" / "care.db")
    assert not (tmp_path / "copy" / "care.db").exists()
    assert list((tmp_path / "copy").iterdir()) == []
