"""`collavoce follow`, called as a person would."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import mido
import pytest
from tests.recorded.playing import Passage, Pianist, Played

from collavoce.cli import main
from collavoce.following.follower import Follower
from collavoce.listening import NoteOn
from collavoce.score import Score, read_score

SCORE = Path(__file__).parents[1] / "scores" / "minuet.musicxml"


@pytest.fixture
def score() -> Score:
    return read_score(SCORE.read_bytes(), SCORE.name)


def write(played: Played, path: Path, until: float = float("inf"), ppq: int = 500) -> Path:
    """The performance as a MIDI file, 1000 ticks a second."""
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1000 * ppq)])
    now = 0
    for note in played.notes:
        if note.heard_at <= until:
            tick = round(note.heard_at * 1000)
            track.append(
                mido.Message("note_on", note=note.pitch, velocity=note.velocity, time=tick - now)
            )
            now = tick
    file = mido.MidiFile(ticks_per_beat=ppq, type=0)
    file.tracks.append(track)
    file.save(path)
    return path


def follow(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main(["follow", *(str(argument) for argument in arguments)])
    return int(left.value.code or 0)


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.mark.parametrize("ppq", [1, 97, 16_383])
def test_how_a_file_counts_its_ticks_makes_no_difference(
    score: Score, tmp_path: Path, capsys: pytest.CaptureFixture[str], ppq: int
) -> None:
    played = Pianist().play(score)
    said: list[str] = []
    for count in (500, ppq):
        assert follow(SCORE, write(played, tmp_path / f"{count}.mid", ppq=count), "--jsonl") == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_jsonl_says_ten_times_a_second_where_the_music_is(
    score: Score, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played = Pianist().play(score)
    assert follow(SCORE, write(played, tmp_path / "p.mid"), "--jsonl") == 0
    said = lines(capsys.readouterr().out)
    instants = [line["t"] for line in said]
    assert all(0 <= b - a < 0.11 for a, b in pairwise(instants))
    keys = {"t", "quarter", "bar", "beat", "tempo", "confidence", "state"}
    assert all(set(line) == keys for line in said)
    assert said[0]["state"] == "waiting"
    assert said[-1]["state"] == "ended"
    assert said[-1]["bar"] == score.bars[-1].number
    assert isinstance(said[0]["bar"], str)
    assert all(line["beat"] >= 1.0 for line in said)


def test_jsonl_says_a_jump_on_its_line(
    score: Score, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half = score.bars[len(score.bars) // 2].start
    passages = Passage(0.0, half + 6.0), Passage(0.0, score.end, 3.0)
    follow(SCORE, write(Pianist().play(score, *passages), tmp_path / "p.mid"), "--jsonl")
    jumps = [line for line in lines(capsys.readouterr().out) if "jump" in line]
    assert len(jumps) == 1
    origin, target = jumps[0]["jump"]
    assert origin > target
    # Where he landed; by the time it is believed he has played on.
    assert target == 0.0
    assert target <= jumps[0]["quarter"] < 8.0


def test_what_comes_later_changes_nothing_that_was_said(
    score: Score, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played = Pianist(2, wrong=0.1).play(score)
    follow(SCORE, write(played, tmp_path / "whole.mid"), "--jsonl")
    whole = lines(capsys.readouterr().out)
    cut = played.end / 2
    follow(SCORE, write(played, tmp_path / "cut.mid", until=cut), "--jsonl")
    part = lines(capsys.readouterr().out)
    last = max(n.heard_at for n in played.notes if n.heard_at <= cut)
    before = [line for line in part if line["t"] <= last]
    assert len(before) > 50
    assert before == whole[: len(before)]


def test_the_table_ends_with_a_summary(
    score: Score, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played = Pianist().play(score)
    assert follow(SCORE, write(played, tmp_path / "p.mid")) == 0
    printed = capsys.readouterr().out
    assert f"{len(played.notes)} notes heard" in printed
    assert "the end was reached at" in printed
    assert "jumps: 0" in printed
    assert "following" in printed


def test_the_command_says_what_the_follower_said(
    score: Score, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played = Pianist().play(score)
    follow(SCORE, write(played, tmp_path / "p.mid"), "--jsonl")
    first = played.notes[0]
    at = round(first.heard_at, 3)
    (line,) = (e for e in lines(capsys.readouterr().out) if e["t"] == at)
    estimate = Follower(score).step(NoteOn(first.heard_at, first.pitch, first.velocity))
    assert line["state"] == estimate.state
    assert line["quarter"] == estimate.quarter


@pytest.mark.parametrize(
    ("score_bytes", "midi_bytes", "words"),
    [
        (None, b"MThd", "no.musicxml: there is no such file; give the path of a MusicXML score"),
        (b"<score", b"MThd", "s.musicxml"),
        (b"", b"MThd", "s.musicxml"),
        (SCORE.read_bytes(), None, "no.mid: there is no such file; give the path of a MIDI file"),
        (SCORE.read_bytes(), b"", "p.mid: the MIDI file is empty"),
        (SCORE.read_bytes(), b"RIFF1234", "p.mid: not a Standard MIDI File"),
    ],
    ids=["no score", "broken score", "empty score", "no MIDI", "empty MIDI", "other file"],
)
def test_what_cannot_be_read_is_said_in_one_line(
    score_bytes: bytes | None,
    midi_bytes: bytes | None,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    score, performance = tmp_path / "no.musicxml", tmp_path / "no.mid"
    if score_bytes is not None:
        score = tmp_path / "s.musicxml"
        score.write_bytes(score_bytes)
    if midi_bytes is not None:
        performance = tmp_path / "p.mid"
        performance.write_bytes(midi_bytes)
    assert follow(score, performance) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("collavoce follow: ")
    assert words in said.err
    assert said.err.count("\n") == 1
