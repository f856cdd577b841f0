"""`collavoce follow` with a keyboard in another key, drums, half a score: said in a line."""

import json
from pathlib import Path

import mido
import pytest
from tests.recorded.playing import Pianist
from tests.recorded.test_follow_command import SCORE, follow, lines

from collavoce.score import read_score


def performance(path: Path, semitones: int = 0, channel: int = 0) -> Path:
    score = read_score(SCORE.read_bytes(), SCORE.name)
    track, now = mido.MidiTrack(), 0
    for note in Pianist().play(score).notes:
        tick = round(note.heard_at * 1000)
        track.append(
            mido.Message(
                "note_on",
                note=note.pitch + semitones,
                velocity=64,
                channel=channel,
                time=tick - now,
            )
        )
        now = tick
    file = mido.MidiFile(ticks_per_beat=500, type=0)
    file.tracks.append(track)
    file.save(path)
    return path


def test_another_key_is_said_and_one_option_puts_it_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = performance(tmp_path / "p.mid", semitones=2)
    follow(SCORE, file)
    assert "fits this score 2 semitones higher than written; set transpose = -2" in (
        capsys.readouterr().out
    )
    follow(SCORE, file, "--jsonl")
    said = [n for line in lines(capsys.readouterr().out) for n in line.get("notices", ())]
    assert said[0]["matter"] == "higher"
    follow(SCORE, file, "--transpose=-2", "--jsonl")
    right = capsys.readouterr().out
    assert all("notices" not in line for line in lines(right))
    assert lines(right)[-1]["state"] == "ended"
    follow(SCORE, performance(tmp_path / "q.mid"), "--jsonl")
    assert right == capsys.readouterr().out


def test_a_piece_on_the_channel_of_drums_is_named_and_moves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    follow(SCORE, performance(tmp_path / "p.mid", channel=9), "--jsonl")
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["state"] for line in printed} == {"waiting"}
    (first, *_) = (n["matter"] for line in printed for n in line.get("notices", ()))
    assert first == "drums"


def test_a_transposition_that_no_keyboard_has_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert follow(SCORE, performance(tmp_path / "p.mid"), "--transpose", "25") == 2
    assert "whole semitones from -24 to 24" in capsys.readouterr().err
