"""`collavoce takes`, and what `check` and `backup` make of takes."""

import json
from pathlib import Path

import pytest
from tests.unit.takes.memories import SCORE, held, take

from collavoce.cli import main
from collavoce.cli.takes import shelf_of
from collavoce.runtime.takes.shelf import WORD, Kept
from collavoce.runtime.takes.word import By

SHOW = """
title = "Little evening"
timezone = "Europe/Vienna"

[[people]]
id = "yuna"
name = "Yuna Park"
roles = ["performer"]

[[people]]
id = "kid"
name = "Jun Seo"
roles = ["performer"]
under_18 = true
guardian = "ada"
chaperone = "ada"

[[people]]
id = "ada"
name = "Ada Lind"
roles = ["caller", "welfare lead"]

[[people]]
id = "gone"
name = "Ben Adler"
roles = ["performer"]
engagement_end = "2001-01-01"

[[numbers]]
id = "song"
title = "Song"
performer = "yuna"

[[numbers.cues]]
number = "1"
name = "Bell"
department = "SND"
by = "hand"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "show"
    folder.mkdir()
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    return folder


def command(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return int(ended.value.code or 0)


def kept(folder: Path, *times: float, person: str = "yuna") -> None:
    shelf = shelf_of(folder)
    word = shelf.yes(person)
    assert word is not None
    for at in times:
        assert shelf.keep(person, SCORE, Kept(at, take()), word.id)


def test_it_lists_how_many_and_when_and_never_how(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("takes", folder) == 0
    assert "Nobody has allowed" in capsys.readouterr().out
    assert command("takes", folder, "allow", "Yuna") == 0
    kept(folder, 1_790_000_000.0, 1_790_086_400.0)
    capsys.readouterr()
    assert command("takes", folder, "list") == 0
    out = capsys.readouterr().out
    assert "Yuna Park: allowed, 2 kept, from 2026-09-21 14:13 to 2026-09-22 14:13 UTC" in out
    assert "2.25" not in out
    assert command("takes", folder, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "takes": [
            {
                "person": "yuna",
                "kept": 2,
                "first": "2026-09-21 14:13",
                "last": "2026-09-22 14:13",
            }
        ],
        "not_allowed": 0,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("allow",), "say whose"),
        (("forget",), "--all"),
        (("list", "--all"), "--all goes with forget"),
        (("forget", "yuna", "--all"), "--all goes with forget"),
        (("allow", "ada"), "does not perform"),
        (("allow", "kid"), "under 18"),
        (("allow", "gone"), "engagement"),
        (("allow", "nobody at all"), "person"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    before = held(folder.parent)
    assert command("takes", folder, *words) == 2
    assert said in capsys.readouterr().err
    assert held(folder.parent) == before


def test_the_keyboard_cannot_say_yes_for_whoever_said_no_on_their_phone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf_of(folder).withdraw("yuna", By.PHONE)
    assert command("takes", folder, "allow", "yuna") == 2
    assert "only that phone" in capsys.readouterr().err
    assert shelf_of(folder).yes("yuna") is None


def test_forgetting_at_the_keyboard_leaves_no_byte(folder: Path) -> None:
    before = held(folder.parent)
    assert command("takes", folder, "allow", "yuna") == 0
    kept(folder, 1.79e9)
    assert command("takes", folder, "forget", "Yuna Park") == 0
    assert {path.name for path in held(folder.parent).keys() - before.keys()} == {"key"}


def test_everything_is_forgotten_whatever_is_wrong_with_the_show_file(folder: Path) -> None:
    before = held(folder.parent)
    command("takes", folder, "allow", "yuna")
    kept(folder, 1.79e9)
    (folder / "show.toml").write_text("this is [ no toml", encoding="utf-8")
    assert command("takes", folder, "forget", "--all") == 0
    assert {path.name for path in held(folder.parent).keys() - before.keys()} == {"key"}


def test_somebody_who_left_the_show_is_forgotten_by_the_id_they_had(folder: Path) -> None:
    command("takes", folder, "allow", "yuna")
    kept(folder, 1.79e9)
    (folder / "show.toml").write_text(SHOW.replace('"yuna"', '"anna"'), encoding="utf-8")
    assert command("takes", folder, "forget", "yuna") == 0
    assert shelf_of(folder).yes("yuna") is None


def test_check_says_a_count_and_no_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("check", folder) == 0
    bare = capsys.readouterr().out
    assert "takes" not in bare
    command("takes", folder, "allow", "yuna")
    kept(folder, 1.79e9, 1.79e9 + 1)
    capsys.readouterr()
    assert command("check", folder) == 0
    out = capsys.readouterr().out
    assert "takes are kept by their players' own word: 2" in out
    assert "Yuna" not in out
    assert "yuna" not in out


def test_check_warns_of_takes_that_nobody_allowed_and_says_how_to_erase_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("takes", folder, "allow", "yuna")
    kept(folder, 1.79e9)
    home = shelf_of(folder).folder("yuna")
    assert home is not None
    (home / WORD).unlink()
    capsys.readouterr()
    assert command("check", folder) == 0
    out = capsys.readouterr().out
    assert "warning: takes lie here that nobody has allowed" in out
    assert f"collavoce takes {folder} forget --all" in out
    assert command("takes", folder, "forget", "--all") == 0
    capsys.readouterr()
    assert command("check", folder) == 0
    assert "takes" not in capsys.readouterr().out


def test_check_names_a_broken_file_once_and_the_show_runs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("takes", folder, "allow", "yuna")
    home = shelf_of(folder).folder("yuna")
    assert home is not None
    (home / WORD).write_bytes(b"collavoce takes 1\n but not for long")
    capsys.readouterr()
    assert command("check", folder) == 0
    out = capsys.readouterr().out
    assert out.count(str(home / WORD)) == 1
    assert "The show can be run." in out


def test_a_backup_holds_no_take(folder: Path, tmp_path: Path) -> None:
    (folder / ".collavoce" / "ring" / "000001").mkdir(parents=True)
    (folder / ".collavoce" / "ring" / "000001" / "seg-1").write_bytes(b"an entry")
    command("takes", folder, "allow", "yuna")
    kept(folder, 1.79e9)
    assert command("backup", folder, tmp_path / "copy", "--with-key") == 0
    copied = b"".join(held(tmp_path / "copy").values())
    for path in held(tmp_path / "data").keys() | held(tmp_path / "config").keys():
        assert path.read_bytes() not in copied
