"""What cannot be run is said in one line, with exit code 2."""

from pathlib import Path

import pytest

from collavoce import evening
from collavoce.cli import main


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1, said
    return said


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(evening.lay_out(tmp_path / "evening"))


def test_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "nowhere" in refused(capsys, "run", str(tmp_path / "nowhere"))


def test_a_show_that_does_not_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text("title = ")
    assert "check" in refused(capsys, "run", str(tmp_path))


def test_a_speed_that_is_none(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    assert "fast" in refused(capsys, "run", folder, "--speed", "fast")


def test_max_without_a_recording(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    assert "--performer" in refused(capsys, "run", folder, "--speed", "max")


def test_a_recording_that_is_no_midi(
    capsys: pytest.CaptureFixture[str], folder: str, tmp_path: Path
) -> None:
    file = tmp_path / "noise.mid"
    file.write_bytes(b"noise")
    assert "noise.mid" in refused(capsys, "run", folder, "--performer", str(file))


def test_two_players_at_once(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    said = refused(capsys, "run", folder, "--performer", "x.mid", "--midi", "Piano")
    assert "--midi" in said


def test_a_midi_port_that_is_not_there(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    assert "MIDI" in refused(capsys, "run", folder, "--midi", "No such piano")
