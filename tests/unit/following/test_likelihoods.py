"""What the filters hold for likely: keys, delays, pace."""

import numpy as np
import pytest
from tests.recorded.pieces import note, score_of

from collavoce.following import emission
from collavoce.following.model import Events, events_of, tempo_map
from collavoce.following.motion import (
    DOUBT,
    LONG_AGO,
    PAUSE,
    SKIP,
    SWAY,
    delay_density,
    learn_pace,
    skips,
)
from collavoce.following.prediction import MeanPace


def events() -> Events:
    score = score_of(
        [
            note(0, 60),
            *(note(1, p) for p in (48, 64, 67)),
            note(2, 72, 2.0, ornament="trill"),
            note(3, 50),
            note(4, 76, 0.0, grace=True),
            *(note(4, p) for p in (60, 77)),
        ]
    )
    return events_of(score, tempo_map(score))


def density(delay: float, expected: float = 0.5, doubt: float = 0.01) -> float:
    table, _ = delay_density(np.array([delay]), np.array([expected]), np.array([doubt]))
    return float(table[0])


class TestKeys:
    def test_what_begins_an_event_is_one_of_the_128_keys_at_most(self) -> None:
        total = emission.entering(events()).sum(axis=0)
        assert total[0] == 0
        assert (total[1:] > 0.95).all()
        assert (total[1:] < 1.0 + 1e-9).all()

    def test_a_written_key_is_likelier_than_its_neighbour_than_any_key(self) -> None:
        first = emission.entering(events())[:, 1]
        assert first[60] > 100 * first[61]
        assert first[61] > 5 * first[90] > 0

    def test_an_octave_is_a_likelier_slip_than_a_ninth(self) -> None:
        slips = emission.slips(events())[:, 1]
        assert slips[72] > 10 * slips[74]

    def test_a_trill_sounds_its_neighbours_while_it_lasts_and_no_longer(self) -> None:
        running = emission.running(events())
        assert running[74, 3] == running[72, 4] > 1.0
        assert running[74, 6] == 0

    def test_the_notes_of_a_chord_come_at_once_or_rarely_late(self) -> None:
        since = np.linspace(0, 10, 100_001)
        table = emission.chord_density(since, np.full(len(since), emission.SPREAD))
        assert np.trapezoid(table, since) == pytest.approx(1.0, abs=0.01)
        assert np.trapezoid(table[since < 0.1], since[since < 0.1]) > 0.85

    def test_unwritten_notes_grow_rare_in_a_silence(self) -> None:
        assert emission.liberty(0.1) == 1.0
        assert emission.liberty(2.0) < 0.2
        assert emission.liberty(8.0) < 0.02


class TestDelays:
    def test_the_density_of_a_delay_is_about_one_in_all(self) -> None:
        delays = np.linspace(0.0, 300.0, 3_000_001)
        table, _ = delay_density(delays, np.full_like(delays, 0.5), np.full_like(delays, 0.01))
        assert np.trapezoid(table, delays) == pytest.approx(1.0, abs=0.1)

    def test_rushing_is_rarer_than_dragging(self) -> None:
        assert density(0.3) < 0.2 * density(0.7)

    def test_the_length_of_a_pause_hardly_matters(self) -> None:
        assert density(2.0) > 0.1 * PAUSE
        assert density(8.5) > density(2.0) / 20

    def test_a_beginning_may_come_whenever_it_likes(self) -> None:
        assert density(1.0 - LONG_AGO) == density(100.0 - LONG_AGO) > 0.4

    def test_an_unknown_pace_forgives_another_tempo(self) -> None:
        assert density(0.9, doubt=DOUBT) > 3 * density(0.9, doubt=SWAY**2)


class TestPace:
    def learn(self, ratio: float, times: int, trust: float = 1.0) -> tuple[float, float]:
        pace, doubt = np.array([0.0]), np.array([DOUBT])
        for _ in range(times):
            expected = 0.5 * np.exp(pace)
            pace, doubt = learn_pace(
                pace, doubt, np.array([0.5 * ratio]), expected, np.array([trust])
            )
        return float(np.exp(pace[0])), float(doubt[0])

    @pytest.mark.parametrize("ratio", [0.6, 1.0, 1.7])
    def test_a_few_intervals_teach_the_pace(self, ratio: float) -> None:
        pace, doubt = self.learn(ratio, 8)
        assert pace == pytest.approx(ratio, rel=0.05)
        assert doubt < DOUBT / 5

    def test_a_pause_teaches_none(self) -> None:
        assert self.learn(9.0, 3, trust=0.0)[0] == 1.0

    def test_no_interval_makes_the_pace_absurd(self) -> None:
        assert self.learn(1000.0, 50)[0] < 4.0


class TestLeavingOut:
    def test_the_next_event_is_free_and_every_one_left_out_costs(self) -> None:
        prices = skips(events())
        assert (prices[0, 1:] == 1.0).all()
        assert 1.0 > prices[1, 3] > prices[2, 4] > 0

    def test_leaving_out_a_chord_costs_more_than_a_note_and_grace_notes_least(self) -> None:
        prices = skips(events())
        over_chord, over_note, over_grace = prices[1, 3], prices[1, 5], prices[1, 6]
        assert over_chord < over_note < over_grace

    @pytest.mark.parametrize("count", range(1, SKIP + 3))
    def test_a_short_score_has_no_further_to_go(self, count: int) -> None:
        score = score_of([note(k, 60) for k in range(count)])
        prices = skips(events_of(score, tempo_map(score)))
        assert prices.shape == (SKIP, count + 1)
        assert prices[-1].any() == (count >= SKIP)


class TestMeanPace:
    def test_it_is_the_pace_of_the_last_phrases(self) -> None:
        mean = MeanPace()
        for _ in range(40):
            mean.add(0.5, 0.5)
        for _ in range(120):
            mean.add(0.75, 0.5)
        assert mean.pace(otherwise=9.0) == pytest.approx(1.5, abs=0.05)

    def test_before_a_few_seconds_were_heard_there_is_none(self) -> None:
        mean = MeanPace()
        mean.add(1.0, 1.0)
        assert mean.pace(otherwise=0.8) == 0.8

    def test_a_stop_hardly_changes_it(self) -> None:
        mean = MeanPace()
        for _ in range(40):
            mean.add(0.5, 0.5)
        mean.add(60.0, 0.5)
        assert mean.pace(otherwise=9.0) == pytest.approx(1.0, abs=0.1)
