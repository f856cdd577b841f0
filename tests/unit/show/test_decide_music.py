"""What the follower may fire, and what it may not."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collavoce.following.estimate import Music
from collavoce.show.commands import Follow, Go, GoTo, Hold, PointTo, Resume, StartNumber
from collavoce.show.events import (
    CueDropped,
    CueFired,
    CueOffered,
    MusicChanged,
    MusicEnded,
    MusicPlaced,
)
from collavoce.show.rules.reached import REACHED, Leave, Meeting
from collavoce.show.state import Came
from collavoce.show.told.event import Cause
from collavoce.units import Quarters

if TYPE_CHECKING:
    from conftest import Begin


def test_a_place_cue_fires_when_the_music_reaches_it_and_says_what_was_heard(
    begin: "Begin",
) -> None:
    stage = begin("1 at 4")
    stage.now = 5.0
    assert stage.hear(3.99) == (MusicChanged(at=5.0, state=Music.FOLLOWING, quarter=3.99),)
    stage.now = 5.5
    fired = stage.hear(4.0, heard_at=5.4)[0]
    assert fired == CueFired(
        at=5.5, cue="1", cause=Cause.FOLLOWER, by="follower", quarter=4.0, heard_at=5.4
    )


def test_a_place_is_reached_even_if_thirds_add_up_a_hair_short(begin: "Begin") -> None:
    stage = begin("1 at 1")
    stage.hear(0.9999999999)
    assert stage.fired == ["1"]


def test_nothing_is_reached_before_anything_was_heard(begin: "Begin") -> None:
    stage = begin("1 at 0")
    stage.hear(0.0, Music.WAITING)
    assert stage.told == []
    stage.hear(0.0)
    assert stage.fired == ["1"]


def test_cues_fire_in_the_order_of_the_music_and_as_written_at_one_place(begin: "Begin") -> None:
    stage = begin("1 at 8", "2 at 4", "3 at 4")
    stage.hear(9.0)
    assert stage.fired == ["2", "3", "1"]


def test_a_position_that_wobbles_back_fires_nothing_twice(begin: "Begin") -> None:
    stage = begin("1 at 4 again skipped")
    for quarter in (4.0, 3.0, 4.0, 0.0, 5.0):
        stage.hear(quarter)
    assert stage.fired == ["1"]


def test_what_is_not_sure_is_offered_once_with_the_reason(begin: "Begin") -> None:
    stage = begin("1 at 4")
    stage.hear(4.0, sure=0.31)
    stage.hear(4.1, sure=0.32)
    assert stage.fired == []
    offers = [event for event in stage.told if isinstance(event, CueOffered)]
    assert [(offer.cue, offer.why) for offer in offers] == [("1", "The follower is 31 % sure.")]
    assert stage.state.offered == {"1"}


@pytest.mark.parametrize("music", [Music.HELD, Music.LOST])
def test_music_that_stands_or_is_lost_fires_nothing(begin: "Begin", music: Music) -> None:
    stage = begin("1 at 4")
    stage.hear(4.0, music, sure=1.0)
    assert stage.fired == []
    assert stage.state.offered == {"1"}


def test_an_offered_cue_fires_when_the_follower_is_sure_again_near_its_place(
    begin: "Begin",
) -> None:
    stage = begin("1 at 4")
    stage.hear(4.0, sure=0.2)
    stage.hear(5.9)
    assert stage.fired == ["1"]
    assert stage.state.offered == frozenset()


def test_an_offered_cue_stays_with_the_caller_once_the_music_is_far_past_it(
    begin: "Begin",
) -> None:
    stage = begin("1 at 4", "2 at 20")
    stage.hear(4.0, sure=0.2)
    stage.hear(6.1)
    assert stage.fired == []
    stage.when(Go())
    assert stage.fired == ["1"]


def test_a_cue_fired_by_hand_is_not_fired_again_by_the_music(begin: "Begin") -> None:
    stage = begin("1 at 4", "2 at 8")
    stage.when(Go())
    stage.hear(9.0)
    assert stage.fired == ["1", "2"]


def test_in_a_hold_nothing_fires_and_nothing_is_offered(begin: "Begin") -> None:
    stage = begin("1 at 4")
    stage.when(Hold())
    stage.told.clear()
    stage.hear(4.0)
    assert stage.kinds() == ["MusicChanged"]


def test_after_a_hold_what_has_just_passed_fires_and_what_is_long_past_is_offered(
    begin: "Begin",
) -> None:
    stage = begin("1 at 4", "2 at 9", "3 at 20")
    stage.when(Hold())
    stage.hear(10.0)
    stage.when(Resume())
    stage.hear(10.0)
    assert stage.fired == ["2"]
    assert stage.state.offered == {"1"}
    stage.hear(20.0)
    assert stage.fired == ["2", "3"]


def test_with_follow_off_the_caller_leads_alone(begin: "Begin") -> None:
    stage = begin("1 at 4", "2 at 8")
    stage.when(Follow(on=False))
    stage.hear(4.0)
    assert stage.fired == []
    stage.when(Follow(on=True))
    stage.hear(8.0)
    assert stage.fired == ["2"]
    assert stage.state.offered == {"1"}


def test_the_old_number_s_estimates_are_not_about_the_new_one(begin: "Begin") -> None:
    stage = begin("1 at 4", then=("9 at 0", "10 end + 0"))
    stage.hear(5.0)
    stage.now = 60.0
    stage.when(StartNumber("2"))
    assert stage.hear(99.0, Music.ENDED, heard_at=59.9) == ()


def test_go_to_while_the_music_plays_far_ahead_does_not_set_off_everything_between(
    begin: "Begin",
) -> None:
    stage = begin("1 at 4", "2 at 8", "3 at 12")
    stage.hear(30.0)
    stage.told.clear()
    stage.when(GoTo("2"))
    stage.hear(30.1)
    assert stage.fired == []
    assert stage.state.offered == {"2", "3"}
    stage.hear(6.0, jump_from=30.1)
    stage.hear(8.0)
    assert stage.fired == ["2"]


def test_the_follower_has_taken_over_again_with_its_first_estimate(begin: "Begin") -> None:
    stage = begin("1 at 20")
    stage.hear(1.0)
    stage.when(Hold())
    stage.when(Resume())
    stage.hear(5.0)
    stage.hear(50.0)
    assert stage.fired == ["1"]


def test_four_chances_in_five_are_enough(begin: "Begin") -> None:
    stage = begin("1 at 4", "2 at 8")
    stage.hear(4.0, sure=0.8)
    stage.hear(8.0, sure=0.799)
    assert stage.fired == ["1"]


def test_every_way_of_reaching_a_place_has_an_outcome() -> None:
    assert set(REACHED) == {(leave, meeting) for leave in Leave for meeting in Meeting}


class TestJumps:
    """The player goes elsewhere."""

    def test_what_is_jumped_over_is_dropped_and_the_target_itself_is_reached(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4", "2 at 8", "3 at 12", "4 at 16")
        stage.hear(4.0)
        stage.hear(12.0, jump_from=5.0)
        assert stage.fired == ["1", "3"]
        assert [e.cue for e in stage.told if isinstance(e, CueDropped)] == ["2"]
        assert stage.state.pointer == "4"

    def test_a_cue_that_asks_for_it_fires_when_it_is_jumped_over(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8 skipped", "3 at 6 skipped", "4 at 16")
        stage.hear(5.0)
        stage.hear(12.0, jump_from=5.0)
        causes = [(e.cue, e.cause) for e in stage.told if isinstance(e, CueFired)]
        assert causes == [("1", "follower"), ("3", "jump"), ("2", "jump")]
        assert stage.state.pointer == "4"

    def test_what_was_offered_before_the_leap_stays_offered(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8")
        stage.hear(4.0, sure=0.1)
        stage.hear(12.0, jump_from=6.0)
        assert stage.state.offered == {"1"}
        assert stage.state.dropped == {"2"}

    def test_what_was_offered_is_met_anew_on_the_way_back(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8")
        stage.hear(4.0, sure=0.1)
        stage.hear(1.0, jump_from=6.0)
        assert stage.state.offered == frozenset()
        stage.hear(7.5)
        assert stage.fired == ["1"]

    def test_beyond_the_last_place_the_end_is_next(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 after 1 + 9", "3 end + 0")
        stage.hear(10.0, jump_from=0.0)
        assert stage.state.pointer == "3"

    def test_in_a_hold_a_jump_fires_nothing(self, begin: "Begin") -> None:
        stage = begin("1 at 4 skipped", "2 at 8")
        stage.when(Hold())
        stage.hear(8.0, jump_from=0.0)
        assert stage.fired == []

    def test_coming_back_fires_again_only_what_asks_for_it(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8 again", "3 at 12")
        stage.hear(9.0)
        stage.hear(3.0, jump_from=9.0)
        assert stage.state.pointer == "1"
        stage.hear(8.0)
        stage.hear(12.0)
        assert stage.fired == ["1", "2", "2", "3"]

    def test_the_place_that_is_jumped_back_to_counts_as_met(self, begin: "Begin") -> None:
        stage = begin("1 at 4 again", "2 at 8 again")
        stage.hear(8.0)
        stage.hear(4.0, jump_from=8.0)
        assert stage.fired == ["1", "2", "1"]

    def test_what_was_jumped_over_is_met_for_the_first_time_on_the_way_back(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4", "2 at 8", "3 at 12")
        stage.hear(10.0, jump_from=0.0)
        stage.hear(5.0, jump_from=10.0)
        stage.hear(8.0)
        assert stage.fired == ["2"]
        assert stage.state.dropped == {"1"}

    def test_the_standby_after_a_jump_keeps_the_hand_cues_written_before_the_place(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4", "2 hand", "3 at 12", "4 at 20")
        stage.hear(10.0, jump_from=0.0)
        assert stage.state.pointer == "2"
        stage.hear(19.0, jump_from=10.0)
        assert stage.state.pointer == "4"

    def test_with_follow_off_the_standby_does_not_move_under_the_finger(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4", "2 at 8")
        stage.when(Follow(on=False))
        stage.hear(6.0, jump_from=0.0)
        assert stage.state.pointer == "1"


class TestPointer:
    """GO always carries the next in order."""

    def test_it_stands_at_the_first_cue_and_moves_behind_what_fires(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8", "3 hand")
        assert stage.state.pointer == "1"
        stage.hear(4.0)
        assert stage.state.pointer == "2"
        stage.hear(8.0)
        stage.when(Go())
        assert stage.state.pointer is None

    def test_it_never_moves_back_for_a_cue_that_fires_behind_it(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8", "3 at 12")
        stage.when(PointTo("3"))
        stage.hear(4.0)
        assert stage.state.pointer == "3"

    def test_a_late_after_cue_does_not_carry_it_away(self, begin: "Begin") -> None:
        stage = begin("1 at 4", "2 at 8", "3 at 12", "4 after 1 + 5")
        stage.hear(4.0)
        stage.after(5.0)
        assert stage.fired == ["1", "4"]
        assert stage.state.pointer == "2"


class TestTheEnd:
    """The last onset, held as written."""

    def test_end_cues_fire_their_wait_after_the_end_and_once(self, begin: "Begin") -> None:
        stage = begin("1 end + 2", "2 end + 0")
        stage.now = 100.0
        stage.hear(32.0, Music.ENDED)
        stage.hear(32.0, Music.ENDED)
        assert stage.fired == ["2"]
        assert stage.state.ended_at == 100.0
        assert stage.kinds().count("MusicEnded") == 1
        stage.after(1.99)
        assert stage.fired == ["2"]
        stage.after(0.01)
        stage.after(10.0)
        assert stage.fired == ["2", "1"]
        assert [e.cause for e in stage.told if isinstance(e, CueFired)] == ["end", "end"]

    def test_the_end_is_when_the_last_onset_has_been_held_as_written(self, begin: "Begin") -> None:
        stage = begin("1 end + 1")
        numbers = (replace(stage.show.numbers[0], last_hold=Quarters(3.0)), stage.show.numbers[1])
        stage.show = replace(stage.show, numbers=numbers)
        stage.hear(32.0, Music.ENDED)
        assert MusicEnded(at=0.0, quarter=32.0, held=3.0) in stage.told
        stage.after(3.9)
        assert stage.fired == []
        stage.after(0.1)
        assert stage.fired == ["1"]

    def test_an_end_nobody_is_sure_of_offers_its_cues(self, begin: "Begin") -> None:
        stage = begin("1 end + 0")
        stage.hear(32.0, Music.ENDED, sure=0.1)
        stage.after(10.0)
        assert stage.fired == []
        assert stage.state.offered == {"1"}

    def test_a_jump_back_means_that_it_was_not_the_end(self, begin: "Begin") -> None:
        stage = begin("1 at 4 again", "2 end + 2")
        stage.hear(32.0, Music.ENDED)
        stage.now += 1.0
        stage.hear(3.0, jump_from=32.0)
        stage.after(10.0)
        assert stage.fired == ["1"]
        stage.hear(32.0, Music.ENDED)
        stage.after(2.0)
        assert stage.fired == ["1", "1", "2"]

    def test_switching_follow_off_hands_the_end_cues_to_the_caller(self, begin: "Begin") -> None:
        stage = begin("1 end + 2")
        stage.hear(32.0, Music.ENDED)
        stage.when(Follow(on=False))
        stage.after(5.0)
        assert stage.fired == []
        assert stage.state.offered == {"1"}
        stage.when(Go())
        assert stage.fired == ["1"]

    def test_end_cues_that_were_offered_are_set_under_way_by_the_true_end(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 end + 0", "2 end + 1")
        stage.hear(32.0, Music.ENDED, sure=0.1)
        stage.hear(3.0, jump_from=32.0)
        stage.hear(32.0, Music.ENDED)
        stage.when(Follow(on=False))
        assert stage.state.offered == {"2"}
        stage.when(Follow(on=True))
        stage.hear(3.0, jump_from=32.0)
        stage.hear(32.0, Music.ENDED)
        stage.after(1.0)
        assert stage.fired == ["1", "2"]

    def test_in_a_hold_the_wait_after_the_end_stands_still(self, begin: "Begin") -> None:
        stage = begin("1 end + 2")
        stage.when(Hold())
        stage.now = 10.0
        stage.hear(32.0, Music.ENDED)
        stage.after(60.0)
        stage.when(Resume())
        stage.after(1.9)
        assert stage.fired == []
        stage.after(0.1)
        assert stage.fired == ["1"]

    def test_what_is_left_to_the_hand_when_jumped_over_is_offered_and_stays_so(
        self, begin: "Begin"
    ) -> None:
        stage = begin("2 at 8 skipped?", "3 at 12")
        stage.hear(5.0)
        stage.hear(8.5, jump_from=5.0)
        stage.hear(9.0)
        assert "2" not in stage.fired
        assert stage.state.offered == {"2"}
        stage.hear(5.0, jump_from=9.5)
        assert "2" not in stage.state.offered
        stage.hear(8.0)
        assert "2" in stage.fired

    def test_what_is_left_to_the_hand_when_met_again_is_offered_and_stays_so(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4 again?", "2 at 12")
        stage.hear(4.0)
        stage.hear(2.0, jump_from=6.0)
        stage.hear(4.0)
        stage.hear(4.5)
        assert stage.fired == ["1"]
        (offer,) = [event for event in stage.told if isinstance(event, CueOffered)]
        assert offer.why == "The music meets it again."
        stage.when(PointTo("1"))
        stage.when(Go())
        assert stage.fired == ["1", "1"]

    def test_an_end_that_is_left_to_the_hand_is_offered_the_second_time(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 end + 0 again?")
        stage.hear(20.0, Music.ENDED)
        assert stage.fired == ["1"]
        stage.hear(5.0, jump_from=20.0)
        stage.hear(20.0, Music.ENDED)
        assert stage.fired == ["1"]
        assert stage.state.offered == {"1"}


class TestPlaced:
    """Somebody says where the music is."""

    def test_it_is_an_event_with_who_and_from_where_to_where(self, begin: "Begin") -> None:
        stage = begin("1 at 20")
        stage.hear(3.0)
        stage.now = 9.0
        told = stage.hear(12.0, Music.HELD, jump_from=3.0, placed_by="caller")
        assert MusicPlaced(at=9.0, origin=3.0, target=12.0, by="caller") in told
        arrival = stage.state.arrival
        assert arrival is not None
        assert (arrival.how, arrival.by) == (Came.PLACED, "caller")

    def test_it_fires_nothing_and_what_would_have_fired_is_offered(self, begin: "Begin") -> None:
        stage = begin("1 at 4 skipped", "2 at 8", "3 at 9 skipped?")
        stage.hear(3.0)
        stage.hear(12.0, Music.HELD, jump_from=3.0, placed_by="caller")
        stage.hear(12.5)
        assert stage.fired == []
        assert stage.state.offered == {"1", "3"}
        assert stage.state.dropped == {"2"}

    def test_back_where_it_was_makes_the_music_meet_what_it_had_passed(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4", "2 at 8")
        stage.hear(5.0)
        stage.hear(12.0, jump_from=5.0)
        assert stage.state.dropped == {"2"}
        stage.hear(6.0, Music.HELD, jump_from=13.0, placed_by="caller")
        stage.hear(8.0)
        assert stage.fired == ["1", "2"]

    def test_what_fired_before_the_follower_went_astray_is_not_offered_once_more(
        self, begin: "Begin"
    ) -> None:
        stage = begin("1 at 4 again skipped")
        stage.hear(4.0)
        stage.hear(2.0, jump_from=6.0)
        stage.hear(8.0, Music.HELD, jump_from=3.0, placed_by="caller")
        assert stage.fired == ["1"]
        assert stage.state.offered == frozenset()


def test_how_the_music_came_there_is_remembered(begin: "Begin") -> None:
    stage = begin("1 at 20")
    assert stage.state.arrival is None
    came: list[Came] = []
    for quarter, music, origin in (
        (1.0, Music.FOLLOWING, None),
        (2.0, Music.LOST, None),
        (3.0, Music.FOLLOWING, None),
        (9.0, Music.JUMPED, 3.0),
    ):
        stage.hear(quarter, music, jump_from=origin)
        arrival = stage.state.arrival
        assert arrival is not None
        came.append(arrival.how)
    assert came == [Came.BEGAN, Came.BEGAN, Came.FOUND, Came.JUMPED]


def test_on_the_landing_of_a_jump_nobody_is_told_anew(begin: "Begin") -> None:
    stage = begin("1 end + 0 friend 40")
    stage.hear(4.0, remaining=30.0)
    stage.now = 5.0
    stage.hear(9.0, Music.JUMPED, remaining=20.0, jump_from=4.0)
    assert "ExitCorrected" not in stage.kinds()
    stage.now = 5.5
    stage.hear(9.5, remaining=19.5)
    assert "ExitCorrected" in stage.kinds()
