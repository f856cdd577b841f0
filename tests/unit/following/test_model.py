"""The events of a score."""

from dataclasses import replace

import numpy as np
import pytest
from tests.recorded.pieces import melody, note, score_of

from collavoce.following.model import (
    GRACE_S,
    LEAD_S,
    RUN,
    RUNS_MOST,
    EmptyScoreError,
    TempoMap,
    events_of,
    tempo_map,
)
from collavoce.following.motion import SKIP
from collavoce.score.model import Score, Tempo
from collavoce.units import Bpm, Quarters


def with_tempos(*tempos: tuple[float, float]) -> Score:
    plain = melody(*range(60, 70))
    changed = tuple(Tempo(Quarters(at), Bpm(bpm)) for at, bpm in tempos)
    return Score(
        plain.title, plain.notes, plain.bars, changed, plain.marks, plain.fermatas, plain.end
    )


def test_what_begins_together_is_one_event_after_the_silence_before() -> None:
    score = score_of([note(0, 60), note(0, 64), note(0, 64), note(1, 62)])
    events = events_of(score, tempo_map(score))
    assert len(events) == 3
    assert events.size.tolist() == [1, 2, 1]
    assert np.flatnonzero(events.written[:, 1]).tolist() == [60, 64]
    assert not events.written[:, 0].any()
    assert events.onset.tolist() == [False, True, True]


def test_grace_notes_are_an_event_of_their_own_shortly_before_their_beat() -> None:
    score = score_of(
        [note(0, 60), note(2, 76, 0, grace=True), note(2, 78, 0, grace=True), note(2, 64)]
    )
    events = events_of(score, tempo_map(score))
    assert np.flatnonzero(events.written[:, 2]).tolist() == [76, 78]
    assert events.onset.tolist() == [False, True, False, True]
    assert events.seconds[3] - events.seconds[2] == pytest.approx(GRACE_S)
    assert events.reached().tolist() == [0, 1, 1, 3]


def test_a_long_run_of_grace_notes_is_a_few_events_in_the_order_written() -> None:
    run = [note(2, pitch, 0, grace=True) for pitch in range(84, 72, -1)]
    score = replace(score_of([note(0, 60)]), notes=(note(0, 60), *run, note(2, 64)))
    events = events_of(score, tempo_map(score))
    assert events.onset.tolist() == [False, True, False, False, False, True]
    assert events.size.tolist() == [1, 1, RUN, RUN, RUN, 1]
    assert np.flatnonzero(events.written[:, 2]).tolist() == [81, 82, 83, 84]
    assert (np.diff(events.seconds) > 0).all()


def test_no_run_is_too_long_to_be_left_out() -> None:
    run = [note(2, 40 + k, 0, grace=True) for k in range(50)]
    score = score_of([note(0, 60), *run, note(2, 64)])
    assert len(events_of(score, tempo_map(score))) == 2 + RUNS_MOST + 1
    assert RUNS_MOST < SKIP


def test_seconds_go_by_the_written_tempo_and_never_stand_still() -> None:
    score = with_tempos((0.0, 60.0), (4.0, 120.0))
    events = events_of(score, tempo_map(score))
    assert events.seconds[1:].tolist() == [0, 1, 2, 3, 4, 4.5, 5, 5.5, 6, 6.5]
    assert events.seconds[0] == -LEAD_S
    assert (np.diff(events.seconds) > 0).all()


def test_a_trill_lasts_as_long_as_its_note() -> None:
    trill = note(0, 72, 2.0, ornament="trill")
    score = score_of([trill, *(note(k, 48 + k) for k in range(4))])
    events = events_of(score, tempo_map(score))
    assert events.running[72].tolist() == [False, True, True, False, False]


def test_a_place_is_the_first_event_that_is_not_before_it() -> None:
    score = melody(60, 62, 64)
    events = events_of(score, tempo_map(score))
    assert [events.at(q) for q in (-1.0, 0.0, 0.5, 1.0, 2.0, 9.0)] == [1, 1, 2, 2, 3, 3]


def test_a_score_without_notes_has_no_events() -> None:
    score = melody(60)
    empty = Score("rests", (), score.bars, score.tempos, (), (), score.end)
    with pytest.raises(EmptyScoreError, match="rests"):
        events_of(empty, tempo_map(empty))


@pytest.mark.parametrize("quarter", [-1.0, 0.0, 2.5, 4.0, 7.0, 20.0])
def test_quarters_and_seconds_lead_back_to_each_other(quarter: float) -> None:
    tempo: TempoMap = tempo_map(with_tempos((0.0, 60.0), (4.0, 120.0), (6.0, 33.0)))
    assert tempo.quarter_at(tempo.seconds_at(quarter)) == pytest.approx(quarter)


def test_the_tempo_in_force_is_the_last_one_written() -> None:
    tempo = tempo_map(with_tempos((0.0, 60.0), (4.0, 120.0)))
    assert [tempo.bpm_at(q) for q in (0.0, 3.9, 4.0, 50.0)] == [60, 60, 120, 120]
