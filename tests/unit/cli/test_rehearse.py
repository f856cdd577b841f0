"""`collavoce rehearse` says what came out, leaves with 0 or 1, and touches nothing."""

import json
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from collavoce.cli import main
from collavoce.evening import PERFORMANCE, lay_out

ROOT = Path(__file__).parents[3]
NEW = ROOT / "src/collavoce/cli/new_show"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(NEW, tmp_path / "show")
    return tmp_path / "show"


def code_of(*words: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main(["rehearse", *map(str, words)])
    assert isinstance(left.value.code, int)
    return left.value.code


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return json.loads(capsys.readouterr().out)


def add(folder: Path, text: str) -> None:
    file = folder / "show.toml"
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_new_show_rehearses_without_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(folder, "--json") == 0
    account = told(capsys)
    assert account["failed"] is False
    assert account["fired"] >= account["cues"] > 0
    assert [problem for problem in account["problems"] if problem["failure"]] == []


def test_nothing_leaves_the_machine_and_the_folder_stays_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a rehearsal opened a socket")

    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(socket.socket, "__init__", refuse)
    assert code_of(folder) == 0
    assert sorted(tmp_path.rglob("*")) == before


def test_a_sound_that_is_missing_is_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(folder, '\n[[numbers]]\nid = "later"\ntitle = "Later"\n[[numbers.cues]]\nnumber = "99"\n')
    add(folder, 'name = "Rain"\ndepartment = "SND"\nby = "hand"\nsound = "rain.wav"\n')
    assert code_of(folder, "--json") == 1
    (fault,) = [one for one in told(capsys)["problems"] if one["failure"]]
    assert fault["kind"] == "folder"
    assert "“rain.wav” is not there" in fault["what"]
    assert code_of(folder) == 1
    out = capsys.readouterr().out
    assert "fault: show.toml:" in out
    assert "Faults: 1" in out


def test_a_recording_plays_the_first_number_with_a_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show = lay_out(tmp_path / "show")
    assert code_of(show, "--json", "--performer", show / PERFORMANCE) == 0
    recorded = told(capsys)["numbers"][0]["minutes"]
    assert code_of(show, "--json", "--performer", f"nocturne={show / PERFORMANCE}") == 0
    assert told(capsys)["numbers"][0]["minutes"] == recorded
    assert code_of(show, "--json", "--performer", "model") == 0
    assert told(capsys)["numbers"][0]["minutes"] != recorded


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--performer", "nothing.mid"), "nothing.mid"),
        (("--performer", "encore=nothing.mid"), "“encore” has no score"),
        (("--speed", "slow"), "slow"),
        (("--performer", "song=PERF", "--performer", "PERF"), "two performers"),
        (("--speed", "0"), "0"),
    ],
)
def test_what_cannot_be_rehearsed_is_said_and_leaves_with_2(
    folder: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    performance = str(lay_out(folder.parent / "bundled") / PERFORMANCE)
    assert code_of(folder, *(word.replace("PERF", performance) for word in words)) == 2
    assert why in capsys.readouterr().err


def test_no_name_is_looked_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "show.toml"
    text = file.read_text(encoding="utf-8").replace("127.0.0.1:", "nowhere.invalid:")
    assert "nowhere.invalid" in text
    file.write_text(text, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise AssertionError("a rehearsal asked a name server")

    monkeypatch.setattr("collavoce.cli.reading.resolves", refuse)
    assert code_of(folder) == 0


def test_a_show_that_cannot_be_run_cannot_be_rehearsed(folder: Path) -> None:
    add(folder, "[[numbers]]\n")
    assert code_of(folder) == 2


def test_a_speed_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("collavoce.cli.rehearse.sleep", slept.append)
    # On a clock that stands still everything is left to sleep.
    monkeypatch.setattr("collavoce.cli.rehearse.monotonic_ns", lambda: 0)
    assert code_of(folder, "--speed", "10", "--json") == 0
    assert slept == sorted(slept)
    assert slept[-1] == pytest.approx(told(capsys)["seconds"] / 10, abs=0.2)
