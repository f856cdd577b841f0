"""`collavoce new` and `collavoce check`, from the command line."""

import json
import os
from pathlib import Path

import pytest

from collavoce.cli import main


def collavoce(*words: str | Path) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show folder as `collavoce new` writes it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "deep" / "show"
    assert collavoce("new", folder) == 0
    return folder


def test_a_new_show_is_without_fault(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert collavoce("check", show) == 0
    assert capsys.readouterr().out.endswith("\nErrors: 0, warnings: 0. The show can be run.\n")
    assert collavoce("check", show, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["severity"] for one in found} == {"note"}


def test_a_new_show_keeps_what_happened_in_it_out_of_version_control(show: Path) -> None:
    assert ".collavoce/" in (show / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_new_writes_into_no_folder_that_holds_something(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (show / "show.toml").read_bytes()
    assert collavoce("new", show) == 2
    assert "is not empty; choose another folder" in capsys.readouterr().err
    assert (show / "show.toml").read_bytes() == before


def test_new_says_when_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert collavoce("new", tmp_path / "file") == 2
    assert collavoce("new", tmp_path / "file" / "below") == 2
    assert capsys.readouterr().err.count("cannot be written") == 2


def broken(show: Path, good: str, bad: str) -> int:
    """Replace words in the show; the line they stood on."""
    file = show / "show.toml"
    text = file.read_text(encoding="utf-8")
    assert good in text
    file.write_text(text.replace(good, bad), encoding="utf-8")
    return text[: text.index(good)].count("\n") + 1


def test_check_says_file_line_fault_and_remedy(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = broken(show, 'at = "bar 5"', 'at = "bar 99"')
    capsys.readouterr()
    assert collavoce("check", show) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"show.toml:{line}: bar 99 is not in the score -> it ends with bar 12",
        "Errors: 1, warnings: 0. The show cannot be run.",
    ]


def test_check_tells_machines_the_same(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(show, 'friend = "friend"', 'friend = ""')
    lines = (show / "show.toml").read_text(encoding="utf-8").splitlines()
    line = next(index for index, words in enumerate(lines, 1) if words.startswith("person ="))
    capsys.readouterr()
    assert collavoce("check", show, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    (found,) = [one for one in told if one["severity"] == "error"]
    assert found == {
        "file": "show.toml",
        "line": line,
        "what": "the seat “friend” is empty tonight: nobody will be called",
        "remedy": "write who holds it under [seats]",
        "severity": "error",
        "blocking": False,
    }


def test_a_warning_says_that_it_is_one_and_fails_nothing(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(show, 'roles = ["caller"]', "roles = []")
    capsys.readouterr()
    assert collavoce("check", show) == 0
    out = capsys.readouterr().out
    assert "warning: nobody has the role “caller”" in out
    assert out.endswith("Errors: 0, warnings: 1. The show can be run.\n")


def test_what_is_no_show_folder_cannot_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert collavoce("check", tmp_path / "nowhere") == 2
    assert "is not a folder" in capsys.readouterr().err
    assert collavoce("check", tmp_path) == 2
    assert "holds no show.toml" in capsys.readouterr().err


def test_a_score_that_is_a_link_out_of_the_folder_is_not_read(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    score = show / "scores" / "song.musicxml"
    score.rename(tmp_path / "song.musicxml")
    score.symlink_to(tmp_path / "song.musicxml")
    assert collavoce("check", show) == 1
    assert "cannot be read: it is a link that leads out" in capsys.readouterr().out


def test_a_score_that_is_a_pipe_hangs_nothing(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    score = show / "scores" / "song.musicxml"
    score.unlink()
    os.mkfifo(score)
    assert collavoce("check", show) == 1
    assert "cannot be read: it is not a file" in capsys.readouterr().out


def test_a_show_that_is_no_text_is_a_finding(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "show.toml").write_bytes(b"\xff\xfe\x00")
    assert collavoce("check", show) == 1
    assert "show.toml:1: this is not text in UTF-8" in capsys.readouterr().out


def test_a_time_zone_nobody_knows_is_found(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(show, '"Europe/Vienna"', '"Europe"')
    assert collavoce("check", show) == 1
    assert "no time zone “Europe”" in capsys.readouterr().out
