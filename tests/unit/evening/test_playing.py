"""The performance that is shipped, and the model that made it."""

import json
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from collavoce import evening
from collavoce.evening.making import SCORE, made
from collavoce.evening.playing import STOP, play
from collavoce.evening.rubato import STEPS, tempo_curve
from collavoce.evening.truth import Truth, TruthError, read_truth
from collavoce.evening.unfolding import unfold
from collavoce.listening.midi import observe
from collavoce.listening.observation import NoteOn
from collavoce.score import read_score
from collavoce.units import Instant
from collavoce.wire.midi import read_performance

SLIPS = {"omission", "substitution", "addition"}


@pytest.fixture(scope="module")
def truth() -> Truth:
    return read_truth(evening.truth_json())


@pytest.fixture(scope="module")
def heard() -> list[NoteOn]:
    observed = (
        observe(Instant(at), message)
        for at, message in read_performance(evening.performance_midi())
    )
    return [note for note in observed if isinstance(note, NoteOn)]


def test_making_the_files_again_gives_the_same_bytes() -> None:
    files = made()
    assert files[evening.PERFORMANCE] == evening.performance_midi()
    assert files[evening.TRUTH] == evening.truth_json()
    assert files[SCORE] == (evening.show_files() / SCORE).read_bytes()


def test_another_seed_is_another_evening() -> None:
    assert made(seed=7)[evening.PERFORMANCE] != evening.performance_midi()


def test_it_says_that_no_human_played_it(truth: Truth) -> None:
    assert "not by a human hand" in truth.made_by
    assert b"not by a human hand" in evening.performance_midi()


def test_every_true_place_is_a_key_pressed_at_that_instant(
    truth: Truth, heard: list[NoteOn]
) -> None:
    pressed = {round(note.heard_at, 4) for note in heard}
    for way in truth.passes:
        for onset in way:
            assert onset.seconds in pressed, onset


def test_at_every_true_place_a_note_of_the_score_or_a_listed_slip_is_heard(
    truth: Truth, heard: list[NoteOn]
) -> None:
    score = read_score((evening.show_files() / SCORE).read_bytes(), "evening.musicxml")
    written: dict[float, set[int]] = {}
    for note in score.notes:
        written.setdefault(round(note.onset, 6), set()).add(note.pitch)
    wrong = {(event.quarter, event.played) for event in truth.events if event.what in SLIPS}
    keys = Counter((round(note.heard_at, 4), note.pitch) for note in heard)
    for way in truth.passes:
        for onset in way:
            pitches = {pitch for (at, pitch) in keys if at == onset.seconds}
            slips = {played for quarter, played in wrong if quarter == onset.quarter}
            assert pitches & (written[round(onset.quarter, 6)] | slips), onset


def test_every_onset_of_the_score_is_played_and_the_jump_plays_some_twice(truth: Truth) -> None:
    score = read_score((evening.show_files() / SCORE).read_bytes(), "evening.musicxml")
    played = Counter(onset.quarter for way in truth.passes for onset in way)
    onsets = {round(note.onset, 6) for note in score.notes if not note.grace}
    assert {round(quarter, 6) for quarter in played} == onsets
    (jump,) = (event for event in truth.events if event.what == "jump")
    assert jump.to is not None
    again = {quarter for quarter, times in played.items() if times == 2}
    assert again == {q for q in played if jump.to <= q < jump.quarter}
    assert (jump.bar, jump.to_bar) == (37, 29)


def test_bars_and_beats_of_the_truth_are_those_a_cue_would_name(truth: Truth) -> None:
    places = {(o.bar, o.beat): o.quarter for way in truth.passes for o in way}
    assert places[0, 3] == 0, "the pickup is the last beat"
    assert places[75, 1] == 244
    assert places[10, 1.333333] == pytest.approx(49 + 1 / 3, abs=1e-5)


def test_in_a_pass_time_only_goes_forward(truth: Truth) -> None:
    for way in truth.passes:
        for before, after in pairwise(way):
            assert before.seconds < after.seconds
            assert before.quarter < after.quarter


def test_the_stop_is_six_seconds_of_no_new_key(truth: Truth, heard: list[NoteOn]) -> None:
    (stop,) = (event for event in truth.events if event.what == "stop")
    before = max(note.heard_at for note in heard if note.heard_at < stop.at)
    after = min(note.heard_at for note in heard if note.heard_at > stop.at)
    assert stop.seconds == STOP == 6.0
    assert 6.0 <= after - before <= 7.5


def test_two_or_three_keys_in_a_hundred_are_wrong(truth: Truth, heard: list[NoteOn]) -> None:
    slips = Counter(event.what for event in truth.events if event.what in SLIPS)
    assert set(slips) == SLIPS
    assert 0.015 < slips.total() / len(heard) < 0.035


def test_it_lasts_as_long_as_a_newcomer_will_watch(truth: Truth, heard: list[NoteOn]) -> None:
    assert 180 < truth.end < 240
    assert truth.last_onset <= max(note.heard_at for note in heard) < truth.end


def test_no_key_is_pressed_while_it_is_down() -> None:
    down: set[int] = set()
    for at, message in read_performance(evening.performance_midi()):
        match observe(Instant(at), message):
            case NoteOn(pitch=pitch):
                assert pitch not in down, (at, pitch)
                down.add(pitch)
            case None:
                pass
            case off:
                down.discard(getattr(off, "pitch", -1))
    assert not down


def test_the_tempo_breathes_with_the_phrase_and_falls_at_the_end() -> None:
    piece = unfold()
    curve = tempo_curve(piece)
    first_phrase = [_seconds(curve, piece.bar(number).start) for number in range(1, 5)]
    assert min(first_phrase[1:3]) < min(first_phrase[0], first_phrase[3])
    assert _seconds(curve, piece.bar(74).start) > 1.2 * _seconds(curve, piece.bar(72).start)


def test_the_melody_leads_and_sings(heard: list[NoteOn]) -> None:
    performance = play(unfold())
    piece = unfold()
    onset = {heard.quarter: heard.at for heard in performance.passes[1]}
    leads: list[float] = []
    for tone in piece.tones:
        if tone.melody and tone.onset in onset and not tone.tags:
            below = [t.pitch for t in piece.tones if t.onset == tone.onset and t.hand == "left"]
            keys = {k.pitch: k for k in performance.keys if abs(k.on - onset[tone.onset]) < 0.06}
            leads += [
                keys[p].on - keys[tone.pitch].on for p in below if p in keys and tone.pitch in keys
            ]
    assert 0.015 < sum(leads) / len(leads) < 0.035
    assert len(heard) == len(performance.keys)


@pytest.mark.parametrize("spoilt", [b"", b"{}", b'{"passes": [], "last_onset": 1, "end": 2}'])
def test_a_spoilt_truth_file_is_refused(spoilt: bytes) -> None:
    with pytest.raises(TruthError):
        read_truth(spoilt)


def test_the_truth_file_names_its_units() -> None:
    told: dict[str, Any] = json.loads(evening.truth_json())
    assert set(told["units"]) >= {"quarter", "beat", "seconds"}
    assert told["columns"] == ["quarter", "bar", "beat", "seconds"]


def _seconds(curve: list[float], start: Fraction) -> float:
    first = int(start * STEPS)
    return sum(curve[first : first + 3 * STEPS])
