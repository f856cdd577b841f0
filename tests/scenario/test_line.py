"""The line, story B: a fan breaks through, he cannot press, one person comes, the show goes on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.scenario.line_stage import PEOPLE, Backstage, kept, key, press

from collavoce.care.commands import (
    CancelAlert,
    EndAlert,
    RaiseAlert,
    SayAlone,
    SayBack,
    SayComing,
    SayWith,
    StartWith,
)
from collavoce.care.events import AlertRaised
from collavoce.care.opened import Opened
from collavoce.line import commands as c
from collavoce.line.events import Kept, NotRecorded, Refused
from collavoce.show import events as e
from collavoce.show.commands import ClearRisk, Resume, TakeRisk, WriteReport
from collavoce.words import say


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Backstage]:
    made = Backstage(tmp_path)
    yield made
    made.close()


def his_press(stage: Backstage) -> str:
    """The press that somebody else's act made for the idol."""
    (raised,) = kept(stage.care_disk.events, AlertRaised)
    return raised.press


# B3


def test_ears_out_is_a_fact_about_equipment_that_caller_and_monitors_see(
    stage: Backstage,
) -> None:
    assert stage.line("asm", c.SayEars("idol", out=True)) == Kept()
    assert stage.desk_view["ears"] == stage.view("monitors")["ears"] == ["idol"]
    for person in set(PEOPLE) - {"monitors", "asm", "caller"}:
        assert "ears" not in stage.view(person)
    assert stage.show_told == []


# B4


def test_one_press_tells_security_caller_and_liaison_and_nobody_else(stage: Backstage) -> None:
    assert stage.line("steward", c.RaiseLine(key(1), "SR")) == Kept()
    assert [b["id"] for b in stage.desk_view["breaches"]] == [key(1)]
    told = {p for p in PEOPLE if stage.view(p).get("breaches")}
    assert told == {"security", "caller", "liaison", "steward"}, "and whoever pressed"
    stage.line("security", c.ComeToLine(key(1)))
    assert stage.view("steward")["breaches"][0]["is"] == "coming"
    stage.desk(c.LogRadio(key(1)))
    assert stage.desk_view["breaches"][0]["radio"] is True


def test_a_disk_that_takes_nothing_keeps_no_breach_from_being_told(stage: Backstage) -> None:
    stage.line_disk.full = True
    assert stage.line("steward", c.RaiseLine(key(1), "SR")) == NotRecorded(done=True)
    assert stage.view("security")["breaches"]
    assert list(stage.show.risks) == [key(1)]
    assert stage.line("security", c.ComeToLine(key(1))) == NotRecorded(done=False)
    stage.line_disk.full = False
    assert stage.line("security", c.ComeToLine(key(1))) == Kept()
    assert [type(event).__name__ for event in stage.line_disk.events] == [
        "LineRaised",
        "LineAcknowledged",
    ]


# B5b


def test_a_breach_at_his_exit_calls_the_one_he_chose(stage: Backstage) -> None:
    stage.circle("idol", "friend", "second")
    stage.circle("pianist", "second")
    stage.line("steward", c.RaiseLine(key(1), "door4"))
    assert stage.called() == {"friend": "idol"}
    (raised,) = kept(stage.care_disk.events, AlertRaised)
    assert raised.how is Opened.BREACH


def test_if_his_card_does_not_say_so_a_breach_calls_nobody_and_looks_the_same(
    tmp_path: Path,
) -> None:
    seen: list[str] = []
    for allowed in (True, False):
        folder = tmp_path / str(allowed)
        folder.mkdir()
        stage = Backstage(folder)
        stage.circle("idol", "friend", breach=allowed)
        answer = stage.line("steward", c.RaiseLine(key(1), "SR"))
        assert bool(stage.called()) is allowed
        others = {p: stage.view(p) for p in PEOPLE if p not in ("friend", "second")}
        seen.append(json.dumps([repr(answer), others, stage.desk_view, repr(stage.show)]))
        stage.close()
    assert seen[0] == seen[1]


def test_a_breach_where_nobody_comes_off_calls_nobody(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.line("steward", c.RaiseLine(key(1), "foyer"))
    assert stage.called() == {}
    assert stage.show.risks == {}


@pytest.mark.parametrize("by", ["asm", "pianist", "steward", "caller"])
def test_a_hand_beside_him_hands_him_to_his_friend(stage: Backstage, by: str) -> None:
    stage.circle("idol", "friend")
    assert stage.line(by, c.HandToFriend(key(1), "idol")) == Kept()
    assert stage.called() == {"friend": "idol"}
    assert stage.show_told == []


def test_the_answer_to_a_hand_over_is_always_the_same(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.circle("pianist", "second", hand=False)
    answers = [
        stage.line("asm", c.HandToFriend(key(1), "idol")),
        stage.line("asm", c.HandToFriend(key(2), "idol")),  # called already
        stage.line("asm", c.HandToFriend(key(3), "pianist")),  # does not allow it
        stage.line("asm", c.HandToFriend(key(4), "caller")),  # has nobody
    ]
    assert answers == [Kept()] * 4
    assert stage.called() == {"friend": "idol"}
    assert stage.line("manager", c.HandToFriend(key(5), "idol")) == Refused(
        say("line.refused.not_yours")
    )


# B6


def test_coming_passes_nothing_by_itself_and_offers_a_clear_way_and_a_hold_risk(
    stage: Backstage,
) -> None:
    stage.circle("idol", "friend")
    stage.care(RaiseAlert("idol", press(1)))
    assert set(stage.view("friend")["may"]) == {"medic", "stop", "confirm"}
    stage.care(SayComing("friend", press(1)))
    assert set(stage.view("friend")["may"]) == {"medic", "stop", "confirm", "clear", "risk"}
    assert stage.show_told == []
    assert stage.view("security")["clears"] == []
    assert stage.line("friend", c.KeepClear(key(1), "door4")) == Kept()
    assert stage.view("security")["clears"] == [{"id": key(1), "zone": "door4", "age": 0}]
    assert stage.desk_view["clears"] == [], "to security and the ASM, nobody else"
    assert stage.line("friend", c.RaiseRisk(key(2))) == Kept()
    (risk,) = stage.show.risks.values()
    assert (risk.place, risk.line, risk.holder) == ("", False, "caller")


def test_whoever_is_not_called_may_ask_for_none_of_it(stage: Backstage) -> None:
    stage.circle("idol", "friend", "second")
    stage.care(RaiseAlert("idol", press(1)))
    for person in ("second", "manager", "admin"):
        assert stage.line(person, c.RaiseRisk(key(1))) == Refused(say("line.refused.not_yours"))
    assert stage.line("admin", c.StopShow(key(1))) == Refused(say("line.refused.not_yours"))
    assert stage.line("second", c.StopShow(key(1))) == Refused(say("line.refused.not_yours"))
    assert stage.line("friend", c.RaiseRisk(key(1))) == Refused(say("line.refused.not_yours"))


def test_the_helper_sends_a_medic_and_only_the_medic_knows_where(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.care(RaiseAlert("idol", press(1)))
    stage.line("friend", c.AskMedic(key(1), "SR"))
    assert {p for p in PEOPLE if stage.view(p).get("medics")} == {"medic"}
    assert stage.view("medic")["medics"] == [
        {"id": key(1), "zone": "SR", "is": "asked", "who": "", "age": 0}
    ]
    stage.line("medic", c.TakeMedic(key(1)))
    assert stage.view("medic")["medics"][0]["is"] == "coming"


# B7


def test_a_breach_at_an_exit_is_a_hold_risk_that_a_named_human_holds(stage: Backstage) -> None:
    stage.line("steward", c.RaiseLine(key(1), "SR"))
    (risk,) = stage.show.risks.values()
    assert (risk.place, risk.line, risk.holder) == ("SR", True, "caller")
    assert stage.show.held is False, "it warns; a human decides"
    stage.call_show(TakeRisk(key(1), "manager"))
    assert stage.show.risks[key(1)].holder == "manager"
    stage.line("security", c.ResolveLine(key(1)))
    assert list(stage.show.risks) == [key(1)], "the line stands again; the human still decides"
    stage.call_show(ClearRisk(key(1)))
    assert stage.show.risks == {}


def test_a_press_is_never_a_hold_risk(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.care(RaiseAlert("idol", press(1)))
    stage.passes(130.0)
    stage.care(EndAlert("idol", press(1)))
    assert stage.show_told == []


def test_a_stop_from_the_wings_holds_at_once_and_names_nobody(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.care(RaiseAlert("idol", press(1)))
    assert stage.line("friend", c.StopShow(key(1))) == Kept()
    assert stage.show.held is True
    assert stage.show.stop_asked == "caller"
    assert stage.show_told == [
        e.StopAsked(at=stage.now, ask=key(1), holder="caller"),
        e.ShowHeld(at=stage.now, by="wings"),
    ]
    assert stage.asked_by == {"wings"}
    stage.call_show(Resume())
    assert stage.show.stop_asked is None
    stage.line("friend", c.StopShow(key(1)))
    assert stage.show.held is False, "the same press once more"


def test_what_the_engine_did_not_hear_is_said_until_it_does(stage: Backstage) -> None:
    stage.pump()  # what is said at every start has arrived
    stage.engine_dies()
    stage.line("steward", c.RaiseLine(key(1), "SR"))
    stage.line("asm", c.StopShow(key(2)))
    stage.passes(3.0)
    assert stage.show_told == []
    assert stage.passing.engine.waiting == 2
    stage.engine_is_back()
    stage.passes(1.0)
    assert list(stage.show.risks) == [key(1)]
    assert stage.show.held is True
    stage.passes(3.0)
    assert len([x for x in stage.show_told if isinstance(x, e.RiskRaised)]) == 1
    assert stage.passing.engine.waiting == 0


def test_a_process_that_dies_between_keeping_and_telling_tells_when_it_is_back(
    stage: Backstage,
) -> None:
    stage.circle("idol", "friend")
    stage.engine_dies()
    stage.passing.ask("steward", c.RaiseLine(key(1), "SR"))  # kept, and nothing after it
    assert stage.called() == {}
    stage.killed()
    stage.engine_is_back()
    stage.open()
    stage.pump()
    assert stage.called() == {"friend": "idol"}
    assert list(stage.show.risks) == [key(1)]
    stage.killed()
    stage.open()
    stage.passes(1.0)
    assert len(kept(stage.care_disk.events, AlertRaised)) == 1
    assert len([x for x in stage.show_told if isinstance(x, e.RiskRaised)]) == 1


# B8


def test_the_security_record_is_apart_from_care_and_for_security_alone(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.line("steward", c.RaiseLine(key(1), "SR"))
    stage.line("security", c.ResolveLine(key(1)))
    stage.line("security", c.WriteRecord(key(1), "camera 7", "PN 4711", "led out by two"))
    for person in PEOPLE:
        assert ("PN 4711" in str(stage.view(person))) is (person == "security")
    assert "PN 4711" not in str(stage.desk_view)
    assert "PN 4711" not in str(stage.care_disk.events)
    assert "idol" not in str(stage.line_disk.events), "and of him it says nothing"


# availability


def test_with_him_is_not_available_and_over_is_available_again(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.line("steward", c.RaiseLine(key(1), "SR"))
    stage.care(SayComing("friend", his_press(stage)))
    assert stage.show.unavailable == frozenset()
    stage.care(SayWith("friend", his_press(stage)))
    assert stage.show.unavailable == {"idol"}
    seen = stage.view("manager")
    assert seen["away"] == {"idol": "not available"}
    assert seen.keys() == {"may", "away", "hazards"}
    assert "away" not in stage.view("security")
    stage.care(EndAlert("idol", his_press(stage)))
    assert stage.show.unavailable == frozenset()
    said = [x for x in stage.show_told if isinstance(x, e.AvailabilitySaid)]
    assert [(x.person, x.available) for x in said] == [("idol", False), ("idol", True)]


def test_alone_is_not_available_until_he_is_back_or_the_time_he_gave_is_over(
    stage: Backstage,
) -> None:
    stage.care(SayAlone("idol", 30.0))
    assert stage.show.unavailable == {"idol"}
    stage.care(SayBack("idol"))
    assert stage.show.unavailable == frozenset()
    stage.care(SayAlone("idol", 1.0))
    stage.passes(59.0)
    assert stage.show.unavailable == {"idol"}
    stage.passes(2.0)
    assert stage.show.unavailable == frozenset()


def test_who_is_away_is_known_after_a_restart_and_what_changed_meanwhile_is_said(
    stage: Backstage,
) -> None:
    stage.circle("idol", "friend")
    stage.care(StartWith("friend", "idol"))
    assert stage.show.unavailable == {"idol"}
    stage.killed()
    stage.show = type(stage.show)()  # another performance: its show knows nothing yet
    stage.open()
    stage.pump()
    assert stage.show.unavailable == {"idol"}


def test_a_press_taken_back_reaches_the_show_in_no_way(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    stage.care(RaiseAlert("idol", press(1)))
    stage.care(SayComing("friend", press(1)))
    stage.care(CancelAlert("idol", press(1)))
    assert stage.show_told == []


# B10


def test_the_report_says_when_and_what_and_no_reason(stage: Backstage) -> None:
    stage.line("steward", c.RaiseLine(key(1), "SR"))
    stage.call_show(ClearRisk(key(1)))
    stage.call_show(WriteReport("22:14-22:21 hold, line breach SR, resolved"))
    assert stage.show_told[-1] == e.ReportWritten(
        at=stage.now, text="22:14-22:21 hold, line breach SR, resolved", by="caller"
    )
