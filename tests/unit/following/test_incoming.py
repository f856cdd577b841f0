"""What is said about the input: what is wrong is named, what is right is left alone."""

import random
from collections.abc import Iterable

import pytest
from tests.recorded.measures import heard
from tests.recorded.pieces import melody, piece
from tests.recorded.playing import Passage, Pianist, noodling

from collavoce.following.fitting import share_explained
from collavoce.following.follower import Follower
from collavoce.following.incoming import KEYS, Incoming, Matter, Notice
from collavoce.following.model import events_of, tempo_map
from collavoce.listening import NoteOn, Silence
from collavoce.score.model import Score
from collavoce.units import Instant


def notices(score: Score, notes: Iterable[NoteOn], until: float | None = None) -> list[Notice]:
    follower, incoming = Follower(score), Incoming(score)
    return [
        notice
        for observation in heard(notes, until)
        for notice in incoming.step(observation, follower.step(observation))
    ]


def matters(score: Score, notes: Iterable[NoteOn], until: float | None = None) -> list[Matter]:
    return [notice.matter for notice in notices(score, notes, until)]


def moved(notes: Iterable[NoteOn], semitones: int) -> list[NoteOn]:
    return [NoteOn(n.heard_at, n.pitch + semitones, n.velocity) for n in notes]


@pytest.mark.parametrize("seed", range(4))
def test_of_a_piece_that_is_played_nothing_is_said(seed: int) -> None:
    score = piece("ABC", seed)
    assert notices(score, Pianist(seed).play(score).notes) == []


@pytest.mark.parametrize("seed", range(2))
def test_of_wrong_notes_and_jumps_nothing_is_said(seed: int) -> None:
    score = piece("ABC", seed)
    wrong = Pianist(seed, wrong=0.15).play(score)
    back = Pianist(seed).play(score, Passage(0.0, 64.0), Passage(32.0, score.end, 2.0))
    assert notices(score, wrong.notes) == []
    assert notices(score, back.notes) == []


@pytest.mark.parametrize("semitones", [-12, -5, -2, -1, 1, 2, 3, 6, 7, 12])
def test_another_key_is_named_with_the_setting_that_puts_it_right(semitones: int) -> None:
    score = piece("AB")
    played = moved(Pianist().play(score).notes, semitones)
    first = notices(score, played)[0]
    assert first.matter is (Matter.HIGHER if semitones > 0 else Matter.LOWER)
    assert first.transpose == -semitones
    assert f"set transpose = {-semitones}" in first.words
    assert notices(score, moved(played, first.transpose)) == []


def test_another_key_is_known_within_the_first_bars() -> None:
    score = piece("AB")
    played = moved(Pianist().play(score).notes, 2)[:40]
    assert matters(score, played) == [Matter.HIGHER]


@pytest.mark.parametrize("seed", range(4))
def test_another_piece_is_said_once(seed: int) -> None:
    other = Pianist(seed).play(piece("ABC", seed + 100))
    assert matters(piece("ABC", seed), other.notes).count(Matter.OTHER) == 1


def test_keys_by_chance_are_no_piece_and_in_no_key() -> None:
    assert set(matters(piece("AB"), noodling(1, 1.0, 30.0))) == {Matter.OTHER}


def test_twenty_seconds_without_a_note_are_said_once_and_again_after_the_next_silence() -> None:
    score = melody(*range(60, 72))
    silent = [Silence(Instant(k / 2)) for k in range(100)]
    follower, incoming = Follower(score), Incoming(score)
    said = [(o.heard_at, n.matter) for o in silent for n in incoming.step(o, follower.step(o))]
    assert said == [(20.0, Matter.SILENT)]
    for observation in (NoteOn(Instant(50.0), 60, 64), NoteOn(Instant(50.6), 62, 64)):
        assert incoming.step(observation, follower.step(observation)) == ()
    later = [Silence(Instant(51 + k / 2)) for k in range(100)]
    assert [n.matter for o in later for n in incoming.step(o, follower.step(o))] == [Matter.SILENT]


def test_after_the_end_silence_is_no_news() -> None:
    score = piece("A")
    played = Pianist().play(score)
    assert matters(score, played.notes, played.end + 60.0) == []


def test_a_score_that_ends_before_the_music_does_holds_only_a_part() -> None:
    whole, half = piece("ABC"), piece("A")
    assert Matter.BEYOND in matters(half, Pianist().play(whole).notes)


def test_a_key_that_repeats_by_itself_is_named() -> None:
    score = piece("AB")
    played = Pianist().play(score).notes
    stuck = [NoteOn(Instant(5.0 + 0.3 * k), 61, 90) for k in range(60)]
    said = notices(score, [*played, *stuck])
    assert [notice.matter for notice in said] == [Matter.STUCK]
    assert "C#4 sounded 12 times" in said[0].words


def test_a_note_that_the_score_repeats_is_not_stuck() -> None:
    score = melody(*[60] * 40, step=0.5)
    machine = [NoteOn(Instant(1 + 0.3125 * k), 60, 64) for k in range(40)]
    assert notices(score, machine) == []


def test_drums_alone_are_named_and_beside_notes_are_not() -> None:
    score = melody(60, 62, 64)
    follower, incoming = Follower(score), Incoming(score)
    first = Silence(Instant(0.0))
    (said,) = incoming.step(first, follower.step(first), drums=1)
    assert said.matter is Matter.DRUMS
    assert "channel 10" in said.words
    note = NoteOn(Instant(1.0), 60, 64)
    assert incoming.step(note, follower.step(note), drums=5) == ()


def test_watching_changes_no_estimate() -> None:
    score = piece("AB")
    rng = random.Random(5)
    notes = [
        NoteOn(n.heard_at, n.pitch + rng.choice((0, 0, 1)), 64) for n in Pianist().play(score).notes
    ]
    alone, beside, incoming = Follower(score), Follower(score), Incoming(score)
    for observation in heard(notes):
        estimate = beside.step(observation)
        incoming.step(observation, estimate)
        assert estimate == alone.step(observation)


def test_no_call_searches_in_more_than_one_key() -> None:
    score = piece("AB")
    incoming, follower = Incoming(score), Follower(score)
    calls = 0
    for observation in heard(moved(Pianist().play(score).notes, 2)[:60]):
        said = incoming.step(observation, follower.step(observation))
        calls += incoming.searching
        if said:
            break
    assert calls >= len(KEYS)


def test_all_keys_of_a_passage_are_explained_and_none_of_no_keys() -> None:
    score = melody(60, 62, 64, 65, 67)
    written = events_of(score, tempo_map(score)).written.astype("int16")
    keys = [(0.5 * k, pitch) for k, pitch in enumerate((60, 62, 64, 65, 67))]
    assert share_explained(written, keys) == 1.0
    assert share_explained(written, [(at, key + 3) for at, key in keys], -3) == 1.0
    assert share_explained(written, [(at, key + 30) for at, key in keys]) == 0.0
    assert share_explained(written, []) == 1.0
    assert share_explained(written, [(0.0, 127)], 24) == 0.0
