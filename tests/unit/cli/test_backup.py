"""`collavoce backup` and `restore`: it comes back whole, sealed, and never over another."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collavoce.cli import main
from collavoce.ledger import SealedStore, SqliteStore
from collavoce.runtime.care.backup import CONTENTS, BackupError, back_up, checked, restore
from collavoce.runtime.care.home import HomeError, care_home, server_key

NOW = datetime(2026, 5, 1, 20, 0, tzinfo=UTC)


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show with a ledger, a ring and a care store, at home under `tmp_path`."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    show = tmp_path / "show"
    (show / ".collavoce" / "ring" / "000001").mkdir(parents=True)
    (show / ".collavoce" / "ring" / "000001" / "seg-1").write_bytes(b"an entry")
    SqliteStore.open(show / ".collavoce" / "show.db").close()
    home = care_home(show)
    server_key(home)
    store = SealedStore.open(home.folder / "care.db", ballast_bytes=0)
    store.append("a", b"sealed")
    store.close()
    return show


def command(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return int(ended.value.code or 0)


def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another machine with the show's folder and nothing else."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other" / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "other" / "config"))
    folder = tmp_path / "other" / "show"
    folder.mkdir(parents=True)
    return folder


def test_a_backup_with_its_key_opens_on_another_machine(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = server_key(care_home(show))
    assert command("backup", show, tmp_path / "copy", "--with-key") == 0
    assert "Keep it like the key to the building" in capsys.readouterr().out
    other = elsewhere(tmp_path, monkeypatch)
    assert command("restore", tmp_path / "copy", other) == 0
    home = care_home(other)
    assert server_key(home) == key
    store = SealedStore.open(home.folder / "care.db", ballast_bytes=0)
    assert [body for _, body in store.read("a")] == [b"sealed"]
    store.close()
    assert (other / ".collavoce" / "ring" / "000001" / "seg-1").read_bytes() == b"an entry"
    assert (other / ".collavoce" / "show.db").is_file()


def test_without_its_key_it_is_put_back_and_says_what_is_missing(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = server_key(care_home(show))
    assert command("backup", show, tmp_path / "copy") == 0
    assert "Without the key file" in capsys.readouterr().out
    content = b"".join(p.read_bytes() for p in (tmp_path / "copy").rglob("*") if p.is_file())
    assert key not in content
    assert {p.stat().st_mode & 0o077 for p in (tmp_path / "copy").rglob("*")} == {0}
    other = elsewhere(tmp_path, monkeypatch)
    assert command("restore", tmp_path / "copy", other) == 1
    assert str(care_home(other).key_file) in capsys.readouterr().out
    with pytest.raises(HomeError, match="put the key file back"):
        server_key(care_home(other))


def test_nothing_that_is_there_is_written_over(show: Path, tmp_path: Path) -> None:
    back_up(show, tmp_path / "copy", NOW)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    with pytest.raises(BackupError, match="move it away first"):
        restore(tmp_path / "copy", show)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    with pytest.raises(BackupError, match="not empty"):
        back_up(show, tmp_path / "copy", NOW)
    assert command("backup", show, tmp_path / "copy") == 2


def test_a_changed_or_half_backup_is_put_back_nowhere(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(show, tmp_path / "copy", NOW)
    other = elsewhere(tmp_path, monkeypatch)
    with (tmp_path / "copy" / "care" / "care.db").open("ab") as file:
        file.write(b"!")
    with pytest.raises(BackupError, match="not as it was"):
        restore(tmp_path / "copy", other)
    (tmp_path / "copy" / CONTENTS).unlink()
    with pytest.raises(BackupError, match="no whole backup"):
        restore(tmp_path / "copy", other)
    assert list(other.iterdir()) == []


def test_a_backup_that_names_a_place_outside_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "evil").write_text("x", encoding="utf-8")
    said = {"form": 1, "taken_at": "", "files": {"../evil": "2d711642b726b044"}}
    (tmp_path / "copy" / CONTENTS).write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(BackupError):
        checked(tmp_path / "copy")


def test_another_key_in_the_place_is_not_replaced(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(show, tmp_path / "copy", NOW, with_key=True)
    other = elsewhere(tmp_path, monkeypatch)
    home = care_home(other)
    key = server_key(home)
    with pytest.raises(HomeError, match="another key"):
        restore(tmp_path / "copy", other)
    assert server_key(home) == key
    assert not (home.folder / "care.db").exists()


def test_a_show_that_never_ran_has_nothing_to_copy(tmp_path: Path) -> None:
    (tmp_path / "show").mkdir()
    assert command("backup", tmp_path / "show", tmp_path / "copy") == 2
    assert command("backup", tmp_path / "none", tmp_path / "copy2") == 2
    assert command("restore", tmp_path / "copy", tmp_path / "show") == 2


def test_what_may_speak_to_the_show_is_copied_with_the_keys_and_never_without(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections = show / ".collavoce" / "connections.json"
    connections.write_bytes(b'{"keys": "secret"}')
    assert command("backup", show, tmp_path / "plain") == 0
    assert not list((tmp_path / "plain").rglob("connections.json"))
    assert command("backup", show, tmp_path / "keyed", "--with-key") == 0
    other = elsewhere(tmp_path, monkeypatch)
    assert command("restore", tmp_path / "keyed", other) == 0
    restored = other / ".collavoce" / "connections.json"
    assert restored.read_bytes() == b'{"keys": "secret"}'
    assert restored.stat().st_mode & 0o777 == 0o600
