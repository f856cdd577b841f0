"""`collavoce log`: the ledger for people and for machines."""

import argparse
import json
import sqlite3
from pathlib import Path

import msgspec
import pytest
from tests.unit.ledger.drafts import draft

from collavoce.cli import log as command
from collavoce.cli.errors import UsageError
from collavoce.ledger import Draft, SqliteStore
from collavoce.show.events import AnyEvent, CueFired, CuesArmed, NoteMarked, ShowHeld, ShowOpened
from collavoce.show.told.event import Cause

EVENTS = (
    ShowOpened(at=0.0, title="An evening", plan="ab12"),
    CueFired(at=61.04, cue="LX12", cause=Cause.HAND, by="caller"),
    CuesArmed(at=75.5, cues=("LX13", "LX14"), by="caller"),
    ShowHeld(at=3600.0, by="caller"),
    NoteMarked(at=3601.25, text="late\x1b[31m\nagain", by="caller"),
)


def event_draft(number: int, event: AnyEvent, epoch: int = 1) -> Draft:
    body = msgspec.msgpack.encode(event)
    return msgspec.structs.replace(
        draft(number, body, epoch=epoch), type=type(event).__name__, actor="engine"
    )


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show folder in which something happened."""
    store = SqliteStore.open(tmp_path / ".collavoce" / "show.db", ballast_bytes=0)
    store.append([event_draft(number, event) for number, event in enumerate(EVENTS)])
    store.close()
    return tmp_path


def log(*arguments: object) -> int:
    """The exit code of `collavoce log` with these arguments; raises UsageError."""
    parser = argparse.ArgumentParser()
    command.add(parser)
    return command.run(parser.parse_args(list(map(str, arguments))))


def test_every_event_has_a_line_with_time_type_cue_and_by(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert log(show) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[1].endswith(" is 0:00.0, performance 1")
    assert lines[2:6] == [
        "1 0:00.0 ShowOpened engine title An evening, plan ab12",
        "2 1:01.0 CueFired LX12 caller cause hand",
        "3 1:15.5 CuesArmed caller cues LX13 LX14",
        "4 1:00:00.0 ShowHeld caller",
    ]


def test_no_control_character_of_a_note_reaches_the_terminal(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log(show)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "text late [31m again" in out
    assert len(out.splitlines()) == 1 + 1 + len(EVENTS) + 1


def test_the_last_line_is_the_head_hash(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log(show)
    store = SqliteStore.open(show / ".collavoce" / "show.db", ballast_bytes=0)
    seq, digest = store.head()
    store.close()
    assert capsys.readouterr().out.splitlines()[-1].split() == ["head", str(seq), digest.hex()]


def test_each_performance_has_a_heading(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = SqliteStore.open(show / ".collavoce" / "show.db", ballast_bytes=0)
    store.append([event_draft(100, EVENTS[0], epoch=2)])
    store.close()
    log(show)
    headings = [ln for ln in capsys.readouterr().out.splitlines() if ", performance " in ln]
    assert [heading[-1] for heading in headings] == ["1", "2"]
    assert headings[0].startswith("2023-11-1")


def test_json_gives_every_record_whole_and_the_head(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert log(show, "--json") == 0
    *records, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["body"] for record in records] == [
        json.loads(msgspec.json.encode(event)) for event in EVENTS
    ]
    assert [record["seq"] for record in records] == [1, 2, 3, 4, 5]
    assert records[1]["prev"] == records[0]["hash"]
    assert last == {"head": {"seq": 5, "hash": records[-1]["hash"]}}


def test_a_body_that_is_no_event_is_shown_as_what_it_is(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = SqliteStore.open(show / ".collavoce" / "show.db", ballast_bytes=0)
    store.append([draft(200, b"\xc1"), draft(201, msgspec.msgpack.encode([1, 2]))])
    store.close()
    log(show)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3].endswith("1 bytes that are no event")
    assert lines[-2].endswith("3 bytes that are no event")
    log(show, "--json")
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert records[-3]["body"] == {"hex": "c1"}


def test_verify_says_that_the_chain_holds(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert log(show, "--verify") == 0
    assert "5 records, the chain holds" in capsys.readouterr().out


def test_verify_names_the_first_broken_record(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forger = sqlite3.connect(show / ".collavoce" / "show.db")
    forger.execute("DROP TRIGGER event_is_never_changed")
    forger.execute("UPDATE event SET actor = 'nobody' WHERE seq = 3")
    forger.commit()
    forger.close()
    assert log(show, "--verify") == 1
    assert "broken at seq 3" in capsys.readouterr().out


def test_verify_looks_across_the_limit_of_one_read(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = SqliteStore.open(show / ".collavoce" / "show.db", ballast_bytes=0)
    store.append([draft(number) for number in range(1000, 3500)])
    store.close()
    assert log(show, "--verify") == 0
    assert "2505 records" in capsys.readouterr().out


def test_an_anchor_written_down_earlier_is_found_or_missed(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log(show)
    anchor = capsys.readouterr().out.split()[-1]
    store = SqliteStore.open(show / ".collavoce" / "show.db", ballast_bytes=0)
    store.append([draft(300)])
    store.close()
    assert log(show, "--verify", "--anchor", anchor) == 0
    assert "the anchor is record 5" in capsys.readouterr().out
    assert log(show, "--verify", "--anchor", anchor[:16].upper()) == 0
    assert log(show, "--verify", "--anchor", "00" + anchor[2:]) == 1


@pytest.mark.parametrize("arguments", [(), ("--json",), ("--verify",)])
def test_a_folder_without_a_ledger_is_said_in_one_line(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="nothing was kept here yet") as refused:
        log(tmp_path, *arguments)
    assert len(str(refused.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger_is_said_in_one_line(show: Path) -> None:
    (show / ".collavoce" / "show.db").write_bytes(b"dear diary" * 1000)
    with pytest.raises(UsageError, match="cannot be read") as refused:
        log(show)
    assert len(str(refused.value).splitlines()) == 1


def test_an_anchor_without_verify_is_a_mistake(show: Path) -> None:
    with pytest.raises(UsageError, match="goes with --verify"):
        log(show, "--anchor", "ab")
