"""How the music came to where it is, in words, and the way back."""

import asyncio
from typing import Any

import pytest
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import score
from tests.unit.desk.desk_client import CALLER, ORIGIN, client

from collavoce.cli.text.asking import AskingError
from collavoce.cli.text.place import arrival_says, place_says, start_of
from collavoce.desk.placing import BACK_S, back_where_it_was, within
from collavoce.desk.views import place_view, plan_view
from collavoce.desk.views.arrival import arrival_view
from collavoce.following.estimate import Ahead, Jump, Music
from collavoce.show.state import ShowState
from collavoce.show.triggers import AtPlace
from collavoce.units import Instant, Quarters, Seconds

SCORE, ENGRAVING = score()


def start(bar: str, turn: int = 1) -> float:
    return next(b.start for b in SCORE.bars if b.number == bar and b.turn == turn)


@pytest.fixture
def hand() -> FakeStagehand:
    fake = FakeStagehand((SCORE, ENGRAVING))
    fake.begin()
    fake.hear(start("5", 2) + 0.5)
    return fake


def jump(hand: FakeStagehand, bar: str, **more: Any) -> None:
    origin = Quarters(hand.music_at())
    hand.hear(start(bar), jump=Jump(origin, Quarters(start(bar))), **more)


def view(hand: FakeStagehand) -> Any:
    return arrival_view(hand.show, hand.state(), SCORE)


def test_before_anything_is_heard_there_is_nothing_to_say() -> None:
    assert arrival_view(FakeStagehand().show, ShowState(), SCORE) is None
    assert list(arrival_says(None)) == []


def test_a_jump_is_told_with_what_became_of_each_cue(hand: FakeStagehand) -> None:
    jump(hand, "20", music=Music.JUMPED)
    told = view(hand)
    assert told["text"] == "jumped from bar 5 pass 2 to bar 20"
    assert told["cues"] == "LX 6, LX 7, SND 8 jumped over"
    assert list(arrival_says(told)) == [
        "The music jumped from bar 5 pass 2 to bar 20.",
        "LX 6, LX 7, SND 8 jumped over.",
    ]


def test_a_jump_within_a_bar_is_told_by_its_beats(hand: FakeStagehand) -> None:
    at = Quarters(start("20"))
    hand.hear(at + 1)
    hand.hear(at, jump=Jump(Quarters(at + 1), at))
    assert view(hand)["text"] == "jumped from bar 20 beat 2 to bar 20 beat 1"


def test_many_cues_are_counted_and_not_read_out(hand: FakeStagehand) -> None:
    jump(hand, "40")
    assert view(hand)["cues"].endswith(" more jumped over")


def test_a_placing_says_by_whom_and_which_other_pass_may_be_meant(hand: FakeStagehand) -> None:
    where = Quarters(start("5"))
    gone = Jump(Quarters(hand.music_at()), where, placed_by="caller")
    hand.hear(where, music=Music.HELD, jump=gone)
    told = view(hand)
    assert told["text"] == "placed at bar 5 by the caller"
    assert told["passes"] == [{"turn": 2, "quarter": start("5", 2)}]
    hand.hear(where, jump=Jump(where, Quarters(where + 2), placed_by="mina"))
    assert view(hand)["text"].endswith("by 서미나")


def test_what_was_played_since_a_jump_counts_on_the_way_back(hand: FakeStagehand) -> None:
    origin = hand.music_at()
    jump(hand, "20")
    hand.hear(start("20") + 3)
    now = hand.now()
    assert back_where_it_was(hand.state(), hand.music(), now) == origin + 3
    late = Instant(now + BACK_S + 0.1)
    assert back_where_it_was(hand.state(), hand.music(), late) is None


def test_playing_on_is_nothing_to_take_back(hand: FakeStagehand) -> None:
    assert view(hand)["is"] == "began"
    assert view(hand)["back_until"] is None
    assert back_where_it_was(hand.state(), hand.music(), hand.now()) is None


def test_a_place_is_held_within_the_score() -> None:
    assert within(SCORE, -3.0) == 0.0
    assert within(SCORE, 1e9) == SCORE.end
    assert within(None, 7.0) == 7.0


def test_back_where_it_was_by_post_is_a_placing_of_the_caller(hand: FakeStagehand) -> None:
    def place(quarter: float | None) -> tuple[int, Any]:
        async def ask() -> tuple[int, Any]:
            async with client(hand, CALLER) as http:
                said = {"quarter": quarter}
                answer = await http.post("/place", json=said, headers={"origin": ORIGIN})
                return answer.status_code, answer.json()

        return asyncio.run(ask())

    assert place(None)[0] == 409
    origin = hand.music_at()
    jump(hand, "20")
    assert place(None) == (200, {"placed": origin})
    assert view(hand)["text"] == "placed at bar 5 pass 2 by the caller"
    assert place(1e9) == (200, {"placed": SCORE.end})


class TestNext:
    """The next cue, with its time and how sure that is."""

    def test_it_is_the_nearest_armed_place_that_is_foreseen(self, hand: FakeStagehand) -> None:
        six = hand.show.cue("6").trigger
        assert isinstance(six, AtPlace)
        place = six.quarter
        ahead = (Ahead(place, Seconds(3.14), Seconds(0.21)),)
        hand.hear(place - 4, foreseen=ahead)
        told: Any = place_view(hand.show, hand.state(), hand.music(), SCORE)
        assert told["next"] == {"cue": "6", "in": 3.1, "give": 0.2}
        said = list(place_says(told, "LX 6 Lamps"))
        assert said[-1] == "Next, LX 6 Lamps in 3.1 seconds, give or take 0.2."

    def test_what_is_not_foreseen_is_not_said(self, hand: FakeStagehand) -> None:
        told: Any = place_view(hand.show, hand.state(), hand.music(), SCORE)
        assert told["next"] is None


def bars() -> Any:
    plan: Any = plan_view(FakeStagehand((SCORE, ENGRAVING)).show, {"nocturne": SCORE})
    return plan["numbers"][0]["bars"]


class TestTyped:
    """A bar as it is typed in a terminal."""

    def test_of_a_bar_that_is_played_twice_the_nearest_is_meant(self) -> None:
        assert start_of(bars(), "3", start("3")) == (start("3"), "Placed at bar 3, pass 1.")
        assert start_of(bars(), "3", 60.0) == (start("3", 2), "Placed at bar 3, pass 2.")

    def test_or_the_one_that_is_named(self) -> None:
        assert start_of(bars(), "3 pass 2", 0.0)[0] == start("3", 2)
        assert start_of(bars(), "3/2", 0.0)[0] == start("3", 2)
        assert start_of(bars(), "20", 0.0) == (start("20"), "Placed at bar 20.")

    def test_what_is_not_there_is_said(self) -> None:
        with pytest.raises(AskingError, match="no bar 999"):
            start_of(bars(), "999", 0.0)
        with pytest.raises(AskingError, match="not played 7 times"):
            start_of(bars(), "3 pass 7", 0.0)
