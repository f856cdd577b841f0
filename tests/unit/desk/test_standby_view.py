"""Standbys, hazards, waited-for people, timers, edits: what the caller and the crew are shown."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.browser.little_show import score

from collavoce.desk.tonight import evening_now
from collavoce.desk.views import (
    caller_view,
    due_view,
    options_view,
    phone_view,
    plan_view,
    times_view,
)
from collavoce.desk.views.firings import history_view
from collavoce.desk.views.place import foreseen_at
from collavoce.following.estimate import Ahead
from collavoce.show.actions.person import CallPerson
from collavoce.show.commands import (
    Acknowledge,
    Arm,
    Audition,
    CallStandby,
    ChangeSetList,
    ConfirmHazard,
    Go,
    GoTo,
    Hold,
    Lock,
    NotClear,
    SayPerson,
    StartTimer,
    Stop,
    Undo,
)
from collavoce.show.cues import Crew
from collavoce.show.person import PersonIs
from collavoce.show.setlist.evening import Lengths
from collavoce.show.triggers import AtPlace
from collavoce.units import Seconds


@pytest.fixture
def hand() -> FakeStagehand:
    hand = FakeStagehand(show=full_show())
    hand.begin(STORM)
    return hand


def seen(hand: FakeStagehand) -> Any:
    view = caller_view(
        hand.show, hand.state(), plan="p", seq=0, processes={}, history=hand.history()
    )
    return msgspec.json.decode(msgspec.json.encode(view))


def crew(hand: FakeStagehand, person: str) -> Any:
    return msgspec.json.decode(msgspec.json.encode(phone_view(hand.show, hand.state(), person)))[
        "crew"
    ]


def test_a_call_asks_the_people_of_its_departments(hand: FakeStagehand) -> None:
    hand.act(CallStandby())
    people = seen(hand)["called"]["1A"]["people"]
    assert [(one["letters"], one["name"], one["sign"]["word"]) for one in people] == [
        ("LX", "Lena Okafor", "asked"),
        ("SND", "서미나", "asked"),
    ]


def test_who_is_not_clear_and_why_stands_against_go_until_it_is_taken_back(
    hand: FakeStagehand,
) -> None:
    hand.act(CallStandby())
    assert seen(hand)["go"]["unready"] == []
    hand.act(NotClear("1A", "mina", "the way is not free"), "mina")
    (why,) = seen(hand)["go"]["unready"]
    assert "서미나" in why
    assert "the way is not free" in why
    hand.act(Acknowledge("1A", "mina"), "mina")
    assert seen(hand)["go"]["unready"] == []


def test_a_department_without_names_is_entered_by_the_caller(hand: FakeStagehand) -> None:
    crews = {"SND": hand.show.crews["SND"], "LX": Crew("LX", "Light")}
    hand.show = replace(hand.show, crews=crews)
    hand.act(CallStandby())
    hand.act(NotClear("1A", "LX", "said aloud"))
    people = seen(hand)["called"]["1A"]["people"]
    assert [(p["person"], p["letters"], p["name"], p["sign"]["word"]) for p in people] == [
        ("mina", "SND", "서미나", "asked"),
        ("LX", "LX", "Light", "not clear"),
    ]
    assert seen(hand)["go"]["unready"] == ["LX is not clear: said aloud"]


def test_what_a_person_called_into_position_wrote_is_on_no_page_of_the_desk(
    hand: FakeStagehand,
) -> None:
    first, *rest = hand.show.number(STORM).cues
    walks = replace(first, actions=(CallPerson("friend", "SL", Seconds(40.0)),))
    storm = replace(hand.show.number(STORM), cues=(walks, *rest))
    others = (n for n in hand.show.numbers if n.id != STORM)
    hand.show = replace(hand.show, numbers=(*others, storm))
    hand.act(CallStandby("1A"))
    hand.act(NotClear("1A", "mina", "canary of a reason"), "mina")
    hand.act(Go("1A"))
    hand.act(Go("1A", override=True))
    hand.act(CallStandby("1A"))
    hand.act(NotClear("1A", "mina", "canary of a reason"), "mina")
    assert "canary" not in str(seen(hand))
    assert "canary" not in str(history_view(hand.show, hand.history().deeds, {}))


def test_a_hazard_waits_for_its_operators_word(hand: FakeStagehand) -> None:
    hand.act(GoTo("3A"))
    assert seen(hand)["hazards"] == []
    hand.act(Go("3A"))
    (hazard,) = seen(hand)["hazards"]
    assert (hazard["cue"], hazard["hazard"], hazard["name"]) == ("3A", "pyro", "Дарья Воронина")
    assert [one["cue"] for one in crew(hand, "darya")["hazards"]] == ["3A"]
    assert crew(hand, "mina")["hazards"] == []
    hand.act(ConfirmHazard("3A", "darya"), "darya")
    assert seen(hand)["hazards"] == []


def test_people_on_whose_word_cues_wait_are_named_with_what_is_known(hand: FakeStagehand) -> None:
    (friend,) = seen(hand)["people"]["waited_for"]
    assert (friend["person"], friend["wants"]) == ("mina", ["in position"])
    assert friend["sign"]["word"] == "not said"
    hand.act(SayPerson("mina", PersonIs.IN_POSITION))
    (friend,) = seen(hand)["people"]["waited_for"]
    assert friend["sign"]["word"] == "in position"


def test_a_cue_that_is_disarmed_says_so_and_undo_says_what_it_takes_back(
    hand: FakeStagehand,
) -> None:
    hand.act(Arm(("2A",), on=False))
    view = seen(hand)
    assert view["cues"]["2A"] == {"is": "cue.disarmed", "off": True}
    assert view["edits"]["undo"]
    hand.act(Undo())
    assert seen(hand)["cues"]["2A"] == {"is": "cue.by_hand"}
    assert seen(hand)["edits"]["redo"]


def test_a_locked_show_says_so(hand: FakeStagehand) -> None:
    assert seen(hand)["edits"]["sign"]["word"] == "editing"
    hand.act(Lock(on=True))
    assert seen(hand)["edits"]["sign"]["word"] == "locked"


def test_a_timer_is_told_by_when_it_was_started_so_that_nothing_changes_while_it_runs(
    hand: FakeStagehand,
) -> None:
    hand.act(StartTimer("stage"))
    before = seen(hand)
    assert before["timers"]["stage"] == {"run": 0.0, "since": 0.0, "seconds": 600.0}
    assert before["timers"]["doors"]["seconds"] == 73_800.0
    hand.pass_to(3.0)
    assert seen(hand) == before


def test_an_audition_says_what_the_cue_would_do(hand: FakeStagehand) -> None:
    hand.act(Audition("5A"))
    audition = seen(hand)["audition"]
    assert audition["cue"] == "5A"
    assert audition["levels"] == [[0, 20], [1, 60]]
    assert audition["does"] == ["front 20 %, back 60 % in 3 s"]
    assert seen(hand)["cues"]["5A"] == {"is": "cue.by_hand"}


def test_how_long_a_stop_fades_is_told_so_that_the_next_press_cuts(hand: FakeStagehand) -> None:
    assert seen(hand)["stopping"] is None
    hand.act(Stop(fade=2.0))
    assert seen(hand)["stopping"] == 2.0


def test_the_plan_names_departments_hazards_inputs_and_what_each_cue_does() -> None:
    plan: Any = plan_view(full_show(), {})
    cues = {cue["number"]: cue for cue in plan["cues"]}
    assert [one["letters"] for one in plan["departments"]][:3] == ["LX", "SND", "FX"]
    assert cues["1A"]["crews"] == ["LX", "SND"]
    assert cues["1A"]["inputs"] == ["midi control 64 channel 1"]
    assert cues["2A"]["does"] == ["desk: /go 2"]
    assert cues["3A"]["hazard"] == "pyro"
    assert cues["4A"]["pre"] == 1.0
    assert cues["5A"]["needs"] == ["when friend 서미나 is in position"]
    assert cues["6A"]["when"] == "at 21:10"
    assert "hazard" not in cues["1A"]


def test_a_crew_phone_knows_its_own_standby_and_nothing_of_others(hand: FakeStagehand) -> None:
    hand.act(CallStandby("2A"))
    (mine,) = crew(hand, "mina")["standbys"]
    assert (mine["cue"], mine["said"]) == ("2A", "asked")
    assert crew(hand, "lena")["standbys"] == []
    hand.act(NotClear("2A", "mina", "equipment"), "mina")
    (mine,) = crew(hand, "mina")["standbys"]
    assert (mine["said"], mine["reason"]) == ("not_clear", "equipment")
    quiet = crew(hand, "lena")
    hand.act(Acknowledge("2A", "mina"), "mina")
    assert crew(hand, "lena") == quiet


def test_go_reaches_those_whose_cue_it_was(hand: FakeStagehand) -> None:
    hand.act(CallStandby("1A"))
    hand.act(Go("1A"))
    assert crew(hand, "mina")["go"]["cue"] == "1A"
    assert crew(hand, "mina")["standbys"] == []
    assert crew(hand, "darya")["go"] is None


def test_the_next_cue_of_a_department_is_its_own_and_is_not_disarmed(hand: FakeStagehand) -> None:
    assert crew(hand, "mina")["next"]["cue"] == "1A"
    hand.act(GoTo("2A"))
    assert crew(hand, "lena")["next"]["cue"] == "4A"
    hand.act(Arm(("4A",), on=False))
    assert crew(hand, "lena")["next"]["cue"] == "5A"


def test_a_hold_is_said_to_the_crew(hand: FakeStagehand) -> None:
    hand.act(Hold())
    assert crew(hand, "lena")["held"] is True


def test_the_crew_is_told_when_its_next_cue_is_due_and_in_a_hold_nothing(
    hand: FakeStagehand,
) -> None:
    def due(person: str) -> Any:
        return due_view(hand.show, hand.state(), hand.music(), person)

    assert due("mina") == {"cue": "1A", "due_at": None}
    hand.act(GoTo("3A"))
    hand.act(Go("3A"))
    assert due("lena") == {"cue": "4A", "due_at": 4}
    assert due("darya") == {"cue": None, "due_at": None}
    hand.act(Hold())
    assert due("lena") == {"cue": "4A", "due_at": None}


def test_where_the_music_is_foreseen_a_cues_own_time_is_too() -> None:
    written = score()
    hand = FakeStagehand(written, show=full_show(written))
    hand.begin("nocturne")
    cue = next(cue for cue in hand.show.numbers[1].cues if cue.number == "4")
    assert isinstance(cue.trigger, AtPlace)
    hand.hear(0.2)
    hand.hear(1.0, foreseen=(Ahead(cue.trigger.quarter, Seconds(6.0), Seconds(0.2)),))
    assert foreseen_at(hand.state(), hand.music(), cue) == 6.0
    assert foreseen_at(hand.state(), None, cue) is None


def test_over_and_under_are_words_and_a_shape(hand: FakeStagehand) -> None:
    view: Any = times_view(evening_now(hand, Lengths()))
    assert view["sign"]["tone"] == "danger"
    assert "behind the curfew" in view["sign"]["word"]
    assert view["ends"].startswith("Ends at 20:")


def test_every_option_of_the_set_list_can_be_chosen_as_it_is_shown(hand: FakeStagehand) -> None:
    shown: Any = msgspec.json.decode(
        msgspec.json.encode(options_view(evening_now(hand, Lengths())))
    )
    skip = next(one for one in shown["options"] if one["words"].startswith("Cut "))
    assert skip["cost"]
    order = {"type": "ChangeSetList", **{k: skip[k] for k in ("plan", "option", "instead")}}
    hand.act(msgspec.convert(order, ChangeSetList))
    assert "cut" in [row["is"] for row in seen(hand)["set"]]
