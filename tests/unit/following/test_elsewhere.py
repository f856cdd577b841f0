"""The coarse filter over the whole score, and the second hearing of what it suspects."""

from math import exp

import numpy as np
import pytest
from tests.recorded.pieces import piece

from collavoce.following.evidence import Lead
from collavoce.following.jumps import Elsewhere, jump_hz, landing_prior
from collavoce.following.model import Events, events_of, tempo_map
from collavoce.following.motion import LONG_AGO
from collavoce.following.rehearing import Heard, rehear
from collavoce.following.tables import Tables, tables_of
from collavoce.score.model import Score

SCORE = piece("ABCA")
NOTHING_LIKE_IT = -5.5
"""Log density of a note that the track cannot explain."""


def opened(score: Score = SCORE) -> tuple[Events, Tables, Elsewhere]:
    events = events_of(score, tempo_map(score))
    tables = tables_of(events)
    return events, tables, Elsewhere(tables, landing_prior(score, events))


def keys(events: Events, start: float, count: int) -> list[Heard]:
    """The notes of `count` events from quarter `start` on, as nothing the track explains."""
    first = events.at(start)
    heard: list[Heard] = []
    for event in range(first, first + count):
        at = 10.0 + float(events.seconds[event] - events.seconds[first])
        pitches = np.flatnonzero(events.written[:, event]).tolist()
        heard += [
            Heard(at + 0.01 * k, pitch, LONG_AGO, NOTHING_LIKE_IT, rested=False)
            for k, pitch in enumerate(pitches)
        ]
    return heard


class TestPrior:
    def test_jumps_lead_to_bars_and_above_all_to_the_top(self) -> None:
        events, _, _ = opened()
        prior = landing_prior(SCORE, events)
        assert prior.sum() == pytest.approx(1.0)
        assert prior[0] == 0
        assert prior.argmax() == 1
        bar, within = events.at(20.0), events.at(20.0) + 1
        assert prior[bar] > 10 * prior[within] > 0

    def test_the_bar_where_a_repeat_goes_on_is_likelier_than_another(self) -> None:
        events, _, _ = opened()
        prior = landing_prior(SCORE, events)
        assert prior[events.at(96.0)] > prior[events.at(92.0)]

    def test_a_near_place_is_likelier_than_a_far_one_and_the_top_is_always_near(self) -> None:
        events, _, elsewhere = opened()
        elsewhere.stand(events.at(60.0), 1.0)
        near, far, top = (elsewhere.landing[events.at(q)] for q in (64.0, 120.0, 0.0))
        assert top > near > far > 0

    def test_a_silence_that_nothing_foretold_makes_a_jump_likelier(self) -> None:
        assert jump_hz(rested=True) > 10 * jump_hz(rested=False)


class TestOdds:
    def test_notes_that_only_another_place_explains_raise_its_odds(self) -> None:
        events, _, elsewhere = opened()
        elsewhere.stand(events.at(0.0), 1.0)
        for note in keys(events, 36.0, 6):
            elsewhere.hear(note.at, note.pitch, note.on_track, rested=False)
        event, odds, notes = elsewhere.best()
        assert event == events.at(36.0) + 5
        assert odds > 1e6
        assert notes == pytest.approx(len(keys(events, 36.0, 6)), abs=1)

    def test_notes_that_the_track_explains_as_well_do_not(self) -> None:
        events, _, elsewhere = opened()
        elsewhere.stand(events.at(0.0), 1.0)
        for note in keys(events, 0.0, 12):
            elsewhere.hear(note.at, note.pitch, 2.0, rested=False)
        elsewhere.disregard(events.at(0.0), np.ones(30))
        assert elsewhere.best()[1] < 1.0

    def test_a_passage_that_comes_twice_has_a_second_place_of_like_odds(self) -> None:
        events, _, elsewhere = opened()
        elsewhere.stand(events.at(60.0), 1.0)
        for note in keys(events, 8.0, 8):
            elsewhere.hear(note.at, note.pitch, note.on_track, rested=False)
        event, odds, _ = elsewhere.best()
        assert elsewhere.around(event)[1] > odds / 100

    def test_after_a_leap_the_odds_are_against_the_new_place(self) -> None:
        events, _, elsewhere = opened()
        elsewhere.stand(events.at(60.0), 1.0)
        for note in keys(events, 36.0, 8):
            elsewhere.hear(note.at, note.pitch, note.on_track, rested=False)
        event, _, _ = elsewhere.best()
        left = events.at(60.0)
        elsewhere.take_over(event, left, 0.01)
        assert elsewhere.odds[event] == pytest.approx(1.0)
        assert elsewhere.odds[left] == pytest.approx(0.01)


class TestSecondHearing:
    def test_it_finds_the_place_its_pace_and_overwhelming_odds(self) -> None:
        events, tables, elsewhere = opened()
        elsewhere.stand(events.at(0.0), 1.0)
        heard = keys(events, 36.0, 6)
        event = events.at(36.0) + 5
        rival = rehear(tables, heard, elsewhere.landing, event, len(heard), 0.2)
        assert rival.track.peak == event
        assert rival.odds > 1e6
        assert rival.explained >= 6
        assert rival.evidence.lead > 3
        pace = exp(float(rival.track.pace[event - rival.track.base]))
        assert pace == pytest.approx(1.0, abs=0.1)

    def test_it_does_not_confirm_a_place_where_other_notes_stand(self) -> None:
        events, tables, elsewhere = opened()
        elsewhere.stand(events.at(0.0), 1.0)
        heard = keys(events, 36.0, 6)
        rival = rehear(tables, heard, elsewhere.landing, events.at(80.0), len(heard), 0.0)
        assert rival.evidence.lead < 2.5 or rival.odds < 50

    def test_a_place_at_the_very_end_of_the_score_can_be_heard_again(self) -> None:
        events, tables, elsewhere = opened()
        elsewhere.stand(1, 1.0)
        heard = keys(events, 124.0, 4)
        last = len(events) - 1
        assert rehear(tables, heard, elsewhere.landing, last, 99.0, 0.0).odds > 0


class TestLead:
    def test_notes_struck_together_count_as_one_chord(self) -> None:
        lead = Lead()
        for at in (1.0, 1.01, 1.02, 2.0, 2.01):
            lead.add(at, 1)
        assert lead.total() == 2.0

    def test_added_octaves_count_half(self) -> None:
        lead = Lead()
        for at, each in ((1.0, 0), (1.01, 1), (2.0, 0), (2.01, 1)):
            lead.add(at, each)
        assert lead.total() == 1.0

    def test_only_the_last_chords_count(self) -> None:
        lead = Lead()
        for k in range(20):
            lead.add(float(k), 1 if k < 15 else 0)
        assert lead.total() == 0
