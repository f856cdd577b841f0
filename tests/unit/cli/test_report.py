"""`collavoce report` over a show that was played."""

import json
from pathlib import Path

import pytest

from collavoce import evening
from collavoce.cli import main


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


@pytest.fixture(name="played", scope="module")
def _played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = evening.lay_out(tmp_path_factory.mktemp("report") / "evening")
    performer = str(folder / evening.PERFORMANCE)
    assert code("run", str(folder), "--performer", performer, "--speed", "max") == 0
    return folder


def test_three_files_are_written_and_agree(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code("report", str(played), "--out", str(tmp_path / "out")) == 0
    told = capsys.readouterr().out
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["report-0001.html", "report-0001.json", "report-0001.pdf"]
    assert all(name in told for name in names)
    report = json.loads((tmp_path / "out" / "report-0001.json").read_text(encoding="utf-8"))
    assert report["fired"] == 35
    assert report["closed"] is True
    capsys.readouterr()
    assert code("log", str(played), "--verify", "--anchor", report["head"][:16]) == 0


def test_the_reports_lie_where_no_git_takes_them(played: Path) -> None:
    assert code("report", str(played)) == 0
    assert (played / ".collavoce" / "reports" / "report-0001.pdf").read_bytes()[:5] == b"%PDF-"
    assert (played / ".collavoce" / ".gitignore").read_text(encoding="ascii") == "*\n"


def test_a_performance_that_is_not_there_is_said_with_those_that_are(
    played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code("report", str(played), "--performance", "7") == 2
    assert "no performance 7 in the ledger; there are: 1" in capsys.readouterr().err


def test_a_show_that_was_never_run_has_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = evening.lay_out(tmp_path / "evening")
    assert code("report", str(folder)) == 2
    assert "nothing was kept here yet" in capsys.readouterr().err
