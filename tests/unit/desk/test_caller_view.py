"""The caller's view: what the page says in each state of the show."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import score

from collavoce.desk.stagehand import Happening
from collavoce.desk.views import caller_view
from collavoce.following.estimate import Music
from collavoce.show.commands import Acknowledge, Go, GoTo, Hold, LightsSeen, NotClear, PointTo, Stop

END = 247.0


@pytest.fixture(scope="module")
def piece() -> Any:
    return score()


@pytest.fixture
def hand(piece: Any) -> FakeStagehand:
    return FakeStagehand(piece)


def seen(hand: FakeStagehand) -> dict[str, Any]:
    """The view as the page receives it."""
    view = caller_view(
        hand.show,
        hand.state(),
        plan="p",
        seq=hand.seq(),
        processes=hand.processes(),
        recent=[Happening(1, "20:14:03", "opened")],
    )
    return msgspec.json.decode(msgspec.json.encode(view))


def test_before_the_first_number_nothing_is_in_standby_and_the_first_may_be_started(
    hand: FakeStagehand,
) -> None:
    view = seen(hand)
    assert view["rail"]["number"] is None
    assert view["rail"]["show"]["word"] == "waiting"
    assert view["standby"] is None
    assert view["go"] == {"cue": None, "deaf_until": None, "start": "nocturne", "unready": []}
    assert view["cues"] == {}
    assert [row["is"] for row in view["set"]] == ["to_come"] * 3


def test_the_standby_its_next_three_and_what_go_will_fire(hand: FakeStagehand) -> None:
    hand.begin()
    view = seen(hand)
    assert view["standby"] == view["go"]["cue"] == "1"
    assert view["next"] == ["2", "4", "5"]
    assert view["cues"]["1"] == {"is": "cue.standby"}
    assert view["cues"]["2"] == {"is": "cue.armed"}
    assert view["cues"]["9"] == {"is": "cue.by_hand"}
    assert view["cues"]["6.5"] == {"is": "cue.to_come"}
    assert [row["is"] for row in view["set"]] == ["now", "to_come", "to_come"]


def test_the_last_firing_says_by_whom_and_in_how_many_milliseconds(hand: FakeStagehand) -> None:
    hand.begin()
    hand.act(Go("1"))
    view = seen(hand)
    assert view["last"] == {"cue": "1", "by": "caller", "ms": 0.4, "at": 0.0, "sent": []}
    assert view["cues"]["1"] == {
        "is": "cue.fired",
        "times": 1,
        "by": "caller",
        "ms": 0.4,
        "until": 2.0,
        "paused": False,
    }


def test_go_is_deaf_until_the_guard_time_is_over(hand: FakeStagehand) -> None:
    hand.begin()
    hand.pass_to(12.0)
    hand.act(Go("1"))
    assert seen(hand)["go"]["deaf_until"] == 13.5


def test_a_number_begun_again_still_says_what_was_fired_last(hand: FakeStagehand) -> None:
    hand.begin()
    hand.act(Go("1"))
    hand.begin()
    assert seen(hand)["last"] == {"cue": "1", "by": None, "ms": None, "at": None, "sent": []}


def test_a_cue_that_waits_counts_down_and_stands_still_in_a_hold(hand: FakeStagehand) -> None:
    hand.begin()
    hand.act(GoTo("6"))
    hand.act(Go("6"))
    assert seen(hand)["cues"]["6.5"] == {"is": "cue.due", "due_at": 1.5}
    hand.pass_to(1.0)
    hand.act(Hold())
    assert seen(hand)["cues"]["6.5"] == {"is": "cue.due", "due_in": 0.5}


def test_a_hold_is_said_in_the_rail(hand: FakeStagehand) -> None:
    hand.begin()
    hand.act(Stop())
    rail = seen(hand)["rail"]
    assert rail["held"] is True
    assert rail["show"] == {"is": "show.held", "word": "hold", "shape": "■", "tone": "hold"}


def test_the_end_of_a_number_offers_the_next_one(hand: FakeStagehand) -> None:
    hand.begin()
    hand.act(GoTo("29"))
    hand.act(Go("29"))
    view = seen(hand)
    assert view["go"]["cue"] is None
    assert view["go"]["start"] == "talk"
    assert view["next"] == []


def test_the_end_of_the_show_offers_none(hand: FakeStagehand) -> None:
    hand.begin("encore")
    assert seen(hand)["go"] == {"cue": None, "deaf_until": None, "start": None, "unready": []}


def test_an_exit_goes_from_asked_to_in_position_to_off(hand: FakeStagehand) -> None:
    hand.begin()
    hand.hear(END - 40.0, remaining=38.0)
    (way,) = seen(hand)["people"]["exits"]
    assert way == {
        "cue": "28",
        "person": "mina",
        "name": "서미나",
        "seat": "friend",
        "exit": "stage left, to the corridor",
        "off_at": 38.0,
        "sign": {"is": "exit.asked", "word": "asked", "shape": "‖", "tone": "wait"},
    }
    hand.act(Acknowledge("28", "mina"), "mina")
    assert seen(hand)["people"]["exits"][0]["sign"]["word"] == "in position"
    hand.act(GoTo("28"))
    hand.act(Go("28"))
    people = seen(hand)["people"]
    assert people["exits"][0]["sign"]["word"] == "off"
    assert people["on_stage"][0]["sign"]["word"] == "off"


def test_not_clear_is_said_and_its_reason_is_not(hand: FakeStagehand) -> None:
    hand.begin()
    hand.hear(END - 40.0, remaining=38.0)
    hand.act(NotClear("28", "mina", "he is not well"), "mina")
    view = seen(hand)
    assert view["people"]["exits"][0]["sign"]["word"] == "not clear"
    assert "not well" not in msgspec.json.encode(view).decode()


def test_who_is_on_stage_is_a_name_not_an_id(hand: FakeStagehand) -> None:
    hand.begin()
    (person,) = seen(hand)["people"]["on_stage"]
    assert person["name"] == "きりしま れん"
    assert person["sign"]["word"] == "on stage"


def test_processes_are_words_and_shapes(hand: FakeStagehand) -> None:
    hand.running |= {"writer": "given up", "care": "starting"}
    signs = {row["name"]: row["sign"] for row in seen(hand)["rail"]["processes"]}
    assert signs["engine"]["tone"] == "quiet"
    assert signs["writer"] == {
        "is": "process.given_up",
        "word": "given up",
        "shape": "▲",
        "tone": "danger",
    }
    assert signs["care"]["word"] == "starting"


def test_lights_out_is_said_when_it_was_seen(hand: FakeStagehand) -> None:
    hand.begin()
    assert seen(hand)["lights_out_at"] is None
    hand.hear(END, music=Music.ENDED, remaining=0.0)
    for instant in (1.5, 5.0, 9.0, 30.0):
        hand.pass_to(instant)
    hand.act(LightsSeen(dark=True), "stage")
    assert seen(hand)["lights_out_at"] == 30.0


def test_the_same_state_gives_the_same_bytes(hand: FakeStagehand) -> None:
    hand.begin()
    before = seen(hand)
    hand.pass_to(3.0)
    assert seen(hand) == before


def test_a_folder_that_was_edited_meanwhile_does_not_stop_the_desk(
    hand: FakeStagehand,
) -> None:
    hand.begin()
    hand.hear(END - 40.0, remaining=38.0)
    hand.act(PointTo("7"))
    smaller = replace(hand.show, numbers=hand.show.numbers[1:], people={}, exits={}, seats={})
    view = caller_view(smaller, hand.state(), plan="p", seq=1, processes={})
    assert view["standby"] == "7"
    assert view["next"] == []
