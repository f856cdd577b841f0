"""The writer goes on when the disk does not, says so, and never writes again to one that failed."""

import inspect
from pathlib import Path

import msgspec
import pytest

from collavoce.ledger import SqliteReader, SqliteStore
from collavoce.ledger.errors import StoreBusyError, StoreFullError, StoreStoppedError
from collavoce.ledger.ring import SEGMENTS_AHEAD, RingWriter
from collavoce.ledger.segment import begun, listing
from collavoce.runtime import writer as module
from collavoce.runtime.config import RunConfig
from collavoce.runtime.entry import Entry, encode
from collavoce.runtime.writer import FAILED, NOT_RECORDING, STORE, WELL, Writer
from collavoce.show.events import ShowOpened

OPTIONAL = len(RunConfig.__struct_defaults__)


@pytest.fixture
def config(tmp_path: Path) -> RunConfig:
    """A performance in a folder of its own."""
    (tmp_path / ".collavoce").mkdir()
    facts = {"folder": str(tmp_path), "epoch": 2, "speed": 1.0, "headless": False, "boot": "boot"}
    for name, kind in inspect.get_annotations(RunConfig).items():
        if name not in facts and name not in RunConfig.__struct_fields__[-OPTIONAL:]:
            facts[name] = kind()
    return msgspec.convert(facts, RunConfig)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk in trouble is tried again at once."""
    monkeypatch.setattr(module, "FULL_S", 0.0)


def append(ring: RingWriter, count: int) -> None:
    for _ in range(count):
        event = ShowOpened(at=0.0, title="", plan="")
        ring.append(encode(Entry(event, "engine", "", 0, 0, 0)))


def kept(config: RunConfig) -> list[str]:
    reader = SqliteReader.open(config.state_dir / STORE)
    keys = [record.key for record in reader.read()]
    reader.close()
    return keys


def test_what_the_ring_has_is_on_disk_after_a_turn(config: RunConfig) -> None:
    ring, writer = RingWriter.open(config.ring_dir), Writer(config)
    for count in (1, 2, 5):
        append(ring, count)
        assert writer.turn() == WELL
    assert len(kept(config)) == 8
    writer.close()


def test_segments_are_made_ahead_of_the_engine(config: RunConfig) -> None:
    RingWriter.open(config.ring_dir)
    writer = Writer(config)
    writer.turn()
    segments = listing(config.ring_dir)
    assert [begun(path) for path in segments] == [True] + [False] * SEGMENTS_AHEAD
    writer.close()


@pytest.mark.parametrize("error", [StoreFullError, StoreBusyError])
@pytest.mark.parametrize("where", ["open", "append"])
def test_a_full_disk_is_tried_again_and_nothing_is_lost_or_doubled(
    config: RunConfig, monkeypatch: pytest.MonkeyPatch, error: type[Exception], where: str
) -> None:
    ring, writer = RingWriter.open(config.ring_dir), Writer(config)
    append(ring, 3)

    def refuses(*_: object, **__: object) -> object:
        raise error("no")

    with monkeypatch.context() as trouble:
        trouble.setattr(SqliteStore, where, refuses)
        assert [writer.turn() for _ in range(3)] == [NOT_RECORDING] * 3
        append(ring, 3)
        assert writer.turn() == NOT_RECORDING
    assert writer.turn() == WELL
    assert kept(config) == [f"ring:00000002:{seq:016d}" for seq in range(1, 7)]
    writer.close()


def test_a_disk_that_failed_is_not_asked_again(
    config: RunConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, writer = RingWriter.open(config.ring_dir), Writer(config)
    append(ring, 3)
    asked = 0

    def fails(*_: object) -> object:
        nonlocal asked
        asked += 1
        raise StoreStoppedError("disk error")

    with monkeypatch.context() as trouble:
        trouble.setattr(SqliteStore, "append", fails)
        assert writer.turn() == FAILED
    append(ring, 3)
    assert [writer.turn() for _ in range(3)] == [FAILED] * 3
    writer.close()
    assert asked == 1
    assert kept(config) == []


def test_a_successor_on_a_disk_that_failed_says_so_and_lives(config: RunConfig) -> None:
    Writer(config).close()
    (config.state_dir / (STORE + ".stopped")).write_text("disk error\n", encoding="utf-8")
    append(RingWriter.open(config.ring_dir), 3)
    writer = Writer(config)
    assert writer.turn() == FAILED
    writer.close()
    assert kept(config) == []


def test_what_an_earlier_performance_left_goes_to_disk_first_and_once(config: RunConfig) -> None:
    earlier = config.ring_dir.parent / "000001"
    append(RingWriter.open(earlier), 4)
    append(RingWriter.open(config.ring_dir), 2)
    for _ in range(2):
        writer = Writer(config)
        assert writer.turn() == WELL
        writer.close()
    assert [key[:13] for key in kept(config)] == ["ring:00000001"] * 4 + ["ring:00000002"] * 2
    assert not earlier.exists()
