"""The show's file: who may open it, and that it only grows."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from tests.unit.ledger.drafts import draft, drafts

from collavoce.ledger import SqliteReader, SqliteStore, verify
from collavoce.ledger.errors import (
    StoreBusyError,
    StoreMissingError,
    StoreStoppedError,
    StoreUnreadableError,
)
from collavoce.ledger.keeper import CHECKPOINT_PAGES
from collavoce.ledger.reading import SQLITE_OLDEST
from collavoce.ledger.sqlite import COLUMNS

COPY = COLUMNS.replace("key", "{key}").replace("seq", "{seq}") + " FROM event WHERE seq = 2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "show.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore.open(path, ballast_bytes=1 << 16)
    yield store
    store.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_library_is_new_enough_not_to_lose_a_commit_at_a_wal_reset() -> None:
    assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= SQLITE_OLDEST


def test_nobody_else_can_read_folder_or_files(store: SqliteStore, path: Path) -> None:
    store.append([draft(1)])
    assert mode(path.parent) == 0o700
    assert {p.name: mode(p) for p in path.parent.iterdir()} == dict.fromkeys(
        ("show.db", "show.db-wal", "show.db-shm", "show.db.lock", "show.db.ballast"), 0o600
    )


def test_a_folder_and_file_left_open_are_closed(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    path.touch(mode=0o644)
    SqliteStore.open(path, ballast_bytes=0).close()
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)


def test_every_commit_is_synced_and_the_log_is_written_ahead(store: SqliteStore) -> None:
    connection = store._connection
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 2  # FULL
    assert connection.pragma("fullfsync") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET actor = 'nobody' WHERE seq = 1",
        "UPDATE event SET body = x'' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
        "INSERT INTO event ({}) SELECT {}".format(COLUMNS, COPY.format(key="'new'", seq=9)),
        "INSERT OR REPLACE INTO event ({}) SELECT {}".format(
            COLUMNS, COPY.format(key="key", seq=4)
        ),
    ],
)
def test_what_is_kept_cannot_be_changed_removed_or_replaced(
    store: SqliteStore, path: Path, sql: str
) -> None:
    kept = store.append(drafts(1, 3))
    with pytest.raises(apsw.ConstraintError, match=r"never|only"):
        # A connection of one's own, without any of the store's settings.
        apsw.Connection(str(path)).execute(sql)
    assert store.read() == kept


def test_what_was_kept_is_there_for_the_next_process(store: SqliteStore, path: Path) -> None:
    kept = store.append(drafts(1, 5))
    store.close()
    again = SqliteStore.open(path, ballast_bytes=0)
    assert again.read() == kept
    assert again.append([draft(6)])[0].seq == 6
    assert verify(again.read()) is None
    again.close()


def test_a_second_writer_is_sent_away_until_the_first_is_gone(
    store: SqliteStore, path: Path
) -> None:
    with pytest.raises(StoreBusyError, match="another process"):
        SqliteStore.open(path, ballast_bytes=0)
    store.close()
    SqliteStore.open(path, ballast_bytes=0).close()


def test_after_closing_the_one_file_is_the_whole_ledger(store: SqliteStore, path: Path) -> None:
    reader = SqliteReader.open(path)
    kept = store.append(drafts(1, 50))
    assert reader.head()[0] == 50
    store.close()  # and the reader is still there
    copy = path.parent / "copy.db"
    copy.write_bytes(path.read_bytes())
    copied = SqliteReader.open(copy)
    assert copied.read() == kept
    copied.close()
    reader.close()


def test_a_reader_sees_what_comes_and_cannot_write(store: SqliteStore, path: Path) -> None:
    reader = SqliteReader.open(path)
    assert reader.read() == []
    kept = store.append(drafts(1, 3))
    assert reader.read() == kept
    assert reader.head() == store.head()
    assert reader.has("key-2")
    with pytest.raises(apsw.ReadOnlyError):
        reader._connection.execute("DELETE FROM event")
    reader.close()


@pytest.mark.process
def test_another_process_reads_while_this_one_writes(store: SqliteStore, path: Path) -> None:
    store.append(drafts(1, 3))
    program = (
        "import sys; from pathlib import Path; from collavoce.ledger import SqliteReader;"
        "r = SqliteReader.open(Path(sys.argv[1])); print(r.head()[0], r.head()[1].hex())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["3", store.head()[1].hex()]


def test_the_wal_is_copied_back_before_it_grows_without_end(store: SqliteStore, path: Path) -> None:
    for number in range(400):
        store.append([draft(number, bytes(16_000))])
    wal = path.with_name("show.db-wal").stat().st_size
    assert wal < 3 * CHECKPOINT_PAGES * 4096
    assert path.stat().st_size > 4 << 20


def test_there_is_no_reading_where_nothing_was_kept(path: Path) -> None:
    with pytest.raises(StoreMissingError, match="no ledger here"):
        SqliteReader.open(path)
    assert not path.parent.exists()


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"dear diary, " * 1000)
    with pytest.raises(StoreUnreadableError):
        SqliteStore.open(path, ballast_bytes=0)
    with pytest.raises(StoreUnreadableError):
        SqliteReader.open(path)
    assert path.read_bytes() == b"dear diary, " * 1000


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE guests (name)")
    other.close()
    with pytest.raises(StoreUnreadableError, match="another program"):
        SqliteStore.open(path, ballast_bytes=0)
    with pytest.raises(StoreUnreadableError, match="another program"):
        SqliteReader.open(path)


def test_a_newer_schema_is_refused_with_a_word_about_the_release(path: Path) -> None:
    SqliteStore.open(path, ballast_bytes=0).close()
    apsw.Connection(str(path)).pragma("user_version", 99)
    with pytest.raises(StoreUnreadableError, match=r"schema 99 .*matching release"):
        SqliteStore.open(path, ballast_bytes=0)


def test_a_store_that_was_stopped_stays_closed_to_writing_and_open_to_reading(
    store: SqliteStore, path: Path
) -> None:
    store.append([draft(1)])
    store.close()
    path.with_name("show.db.stopped").write_text("disk error")
    with pytest.raises(StoreStoppedError, match="healthy disk"):
        SqliteStore.open(path, ballast_bytes=0)
    reader = SqliteReader.open(path)
    assert reader.head()[0] == 1
    reader.close()


def test_ballast_takes_real_room_on_the_disk(store: SqliteStore, path: Path) -> None:
    ballast = path.with_name("show.db.ballast").stat()
    assert ballast.st_size == 1 << 16
    assert ballast.st_blocks * 512 >= 1 << 16
    assert store.head()[0] == 0
