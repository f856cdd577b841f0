"""The ways a page leaves open, derived from the bars as they are written out."""

from dataclasses import replace

import pytest
from tests.recorded.forms import page

from collavoce.following.branches import LEFT_OUT, ONCE_MORE, branches_of, landings
from collavoce.following.jumps import JUMP
from collavoce.following.model import events_of, tempo_map
from collavoce.following.tables import tables_of
from collavoce.following.track import Track
from collavoce.score.model import Score


def ways(score: Score) -> set[tuple[int, int, float]]:
    """(bar that is due, bar to begin instead, chance), bars counted from 0 as written out."""
    events = events_of(score, tempo_map(score))
    bars = [events.at(bar.start) for bar in score.bars] + [len(events)]
    return {
        (bars.index(branch.due), bars.index(branch.target), branch.chance)
        for branch in branches_of(score, events)
    }


class TestWays:
    def test_a_repeat_may_be_left_out_or_taken_once_more(self) -> None:
        assert ways(page("|: a :| b")) == {(1, 2, LEFT_OUT), (2, 1, ONCE_MORE)}

    def test_of_several_passes_the_nearest_is_begun_again(self) -> None:
        assert ways(page("|: a :|4 b")) == {
            *((k, 4, LEFT_OUT) for k in (1, 2, 3)),
            (4, 3, ONCE_MORE),
        }

    def test_a_volta_may_be_passed_over_or_taken_again_or_run_through(self) -> None:
        # a 1[b] a 2[c] d
        assert ways(page("|: a 1[ b ] :| 2[ c ] d")) == {
            (1, 3, LEFT_OUT),
            (2, 3, LEFT_OUT),
            (3, 1, ONCE_MORE),
        }

    def test_a_da_capo_may_take_the_repeats_and_go_on_past_the_fine(self) -> None:
        # a a b | a
        assert ways(page("a fine :| b dc")) == {
            (1, 2, LEFT_OUT),
            (2, 1, ONCE_MORE),
            (4, 2, ONCE_MORE),
            (4, 3, ONCE_MORE),
        }

    def test_a_sign_may_be_overlooked_and_a_coda_be_too_soon(self) -> None:
        # a b c | b d
        found = ways(page("a segno b tocoda c ds coda d"))
        assert found == {(2, 4, LEFT_OUT), (3, 4, LEFT_OUT), (4, 2, ONCE_MORE)}

    def test_the_end_may_be_played_once_more(self) -> None:
        assert ways(page("a |: b :|")) == {(3, 2, ONCE_MORE)}

    def test_music_without_repeats_and_bars_without_names_have_none(self) -> None:
        assert ways(page("a b c")) == set()
        score = page("|: a :| b")
        nameless = replace(score, bars=tuple(replace(bar, id="") for bar in score.bars))
        assert ways(nameless) == set()

    def test_a_branch_is_far_likelier_than_a_jump(self) -> None:
        assert min(LEFT_OUT, ONCE_MORE) > 100 * JUMP


class TestLandings:
    def test_who_branches_comes_when_the_written_way_is_due(self) -> None:
        score = page("|: a :| b")
        events = events_of(score, tempo_map(score))
        branches = branches_of(score, events)
        track = Track(tables_of(events), 1)
        at, before = 10.0, -1e6
        last = events.at(score.bars[1].start) - 1
        for event in range(1, last + 1):
            at = 10.0 + float(events.seconds[event] - events.seconds[1])
            for pitch in events.written[:, event].nonzero()[0].tolist():
                track.hear(at, pitch, before)
        due = at + float(events.seconds[last + 1] - events.seconds[last])
        onward = events.at(score.bars[2].start)
        hz = {way: dict(landings(branches, track, due + way))[onward] for way in (-0.2, 0.0, 5.0)}
        assert hz[0.0] == pytest.approx(LEFT_OUT * track.coming(last + 1, due))
        assert hz[0.0] > 10 * hz[-0.2]
        assert hz[0.0] > 100 * hz[5.0] > 0
