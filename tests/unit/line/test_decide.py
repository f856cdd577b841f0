"""The line, one thing after the other."""

from tests.unit.line.house import NOW, Line, key

from collavoce.line import commands as c
from collavoce.line import events as e
from collavoce.line.decide import OPEN_MOST
from collavoce.line.state import EVENTS, REMEMBERED
from collavoce.words import say


def test_one_press_raises_one_breach_however_often_it_arrives() -> None:
    line = Line()
    assert line.when(c.RaiseLine(key(1), "SR"), "steward") == (
        e.LineRaised(NOW, key(1), "SR", "steward"),
    )
    assert line.when(c.RaiseLine(key(1), "SR"), "steward") == ()
    assert line.when(c.RaiseLine(key(1), "SL"), "steward") == (), "the first word stands"


def test_several_breaches_stand_side_by_side() -> None:
    line = Line()
    for number, zone in enumerate(("SR", "SL", "foyer", "SR")):
        line.when(c.RaiseLine(key(number), zone), "steward")
    line.when(c.ResolveLine(key(1)), "security_lead")
    open_ = [k for k, b in line.state.breaches.items() if b.resolved_at is None]
    assert open_ == [key(0), key(2), key(3)]


def test_a_breach_is_raised_acknowledged_and_resolved_and_each_once() -> None:
    line = Line()
    line.when(c.RaiseLine(key(1), "SR"), "assistant")
    for command, by in (
        (c.ComeToLine(key(1)), "security_lead"),
        (c.LogRadio(key(1)), "caller"),
        (c.ResolveLine(key(1)), "security_lead"),
    ):
        assert len(line.made(command, by)) == 1
        assert line.when(command, by) == ()
    breach = line.state.breaches[key(1)]
    assert (breach.coming, breach.radio_at, breach.resolved_at) == (("security_lead",), NOW, NOW)
    assert line.when(c.ComeToLine(key(1)), "steward") == (), "it is over"


def test_a_zone_that_is_none_is_said_to_be_none() -> None:
    assert Line().when(c.RaiseLine(key(1), "attic"), "steward") == e.Refused(
        say("line.refused.no_zone")
    )


def test_what_is_not_there_is_refused_in_words() -> None:
    line = Line()
    for command, by, word in (
        (c.ComeToLine(key(1)), "security_lead", "no_breach"),
        (c.LogRadio(key(1)), "caller", "no_breach"),
        (c.ResolveLine(key(1)), "caller", "no_breach"),
        (c.WriteRecord(key(1)), "security_lead", "no_breach"),
        (c.LiftClear(key(1)), "security_lead", "no_clear"),
        (c.TakeMedic(key(1)), "medic", "no_medic"),
        (c.EndMedic(key(1)), "medic", "no_medic"),
        (c.SayEars("nobody", out=True), "operator", "nobody"),
        (c.HandToFriend(key(1), "nobody"), "assistant", "nobody"),
        (c.ConfirmSupport(key(1)), "seated", "round_over"),
    ):
        assert line.when(command, by) == e.Refused(say(f"line.refused.{word}")), command


def test_the_record_is_written_after_the_breach_is_over_and_replaced_when_written_again() -> None:
    line = Line()
    line.when(c.RaiseLine(key(1), "SR"), "steward")
    line.when(c.ResolveLine(key(1)), "security_lead")
    line.when(c.WriteRecord(key(1), " 7 ", "PN-1", "led out"), "security_lead")
    assert line.when(c.WriteRecord(key(1), "7", "PN-1", "led out"), "security_lead") == ()
    line.when(c.WriteRecord(key(1), "7", "PN-2", "led out"), "security_lead")
    record = line.state.breaches[key(1)].record
    assert record is not None
    assert (record.camera, record.police, record.by) == ("7", "PN-2", "security_lead")


def test_a_way_is_kept_clear_once_and_says_nobodys_name() -> None:
    line = Line()
    (asked,) = line.made(c.KeepClear(key(1), "SL"), "assistant")
    assert asked == e.ClearAsked(NOW, key(1), "SL", desk=False)
    assert line.when(c.KeepClear(key(2), "SL"), "security_lead") == ()
    line.when(c.LiftClear(key(1)), "security_lead")
    assert len(line.made(c.KeepClear(key(3), "SL"), "security_lead")) == 1


def test_the_desk_sees_and_lifts_the_ways_it_asked_for_and_knows_of_no_other() -> None:
    line = Line()
    desk = line.place.desk()
    line.when(c.KeepClear(key(1), "SL"), "assistant")
    no_such = e.Refused(say("line.refused.no_clear"))
    assert line.when(c.LiftClear(key(1)), desk) == no_such
    assert line.when(c.LiftClear(key(9)), desk) == no_such, "the same words"
    line.when(c.KeepClear(key(2), "SL"), desk)
    assert line.when(c.LiftClear(key(2)), desk) == (e.ClearLifted(NOW, key(2)),)


def test_a_medic_is_asked_for_without_a_name_and_says_that_they_come() -> None:
    line = Line()
    assert line.when(c.AskMedic(key(1), "SR"), "performer") == (
        e.MedicAsked(NOW, key(1), "SR", desk=False),
    )
    assert line.when(c.TakeMedic(key(1)), "medic") == (e.MedicComes(NOW, key(1), "medic"),)
    assert line.view("medic")["medics"] == [
        {"id": key(1), "zone": "SR", "is": "coming", "who": "medic", "age": 0}
    ]
    line.when(c.EndMedic(key(1)), "medic")
    assert line.view("medic")["medics"] == []


def test_ears_are_out_until_they_are_in() -> None:
    line = Line()
    line.when(c.SayEars("performer", out=True), "operator")
    assert line.view("caller")["ears"] == line.view("assistant")["ears"] == ["performer"]
    assert line.when(c.SayEars("performer", out=True), "assistant") == ()
    line.when(c.SayEars("performer", out=False), "assistant")
    assert line.view("operator")["ears"] == []


def test_what_is_only_let_through_is_let_through_once() -> None:
    line = Line()
    for command, by in (
        (c.StopShow(key(1)), "operator"),
        (c.RaiseRisk(key(2)), "caller"),
        (c.HandToFriend(key(3), "performer"), "assistant"),
    ):
        assert len(line.made(command, by)) == 1
        assert line.when(command, by) == ()


def test_a_flood_of_breaches_is_bounded_and_says_so() -> None:
    line = Line()
    for number in range(OPEN_MOST):
        line.when(c.RaiseLine(key(number), "SR"), "steward")
    assert line.when(c.RaiseLine(key(999), "SR"), "steward") == e.Refused(
        say("line.refused.too_many")
    )


def test_what_is_open_is_never_forgotten_for_what_is_over() -> None:
    line = Line()
    line.when(c.RaiseLine(key(0), "SR"), "steward")
    for number in range(1, REMEMBERED + 20):
        line.when(c.RaiseLine(key(number), "SL"), "steward")
        line.when(c.ResolveLine(key(number)), "security_lead")
    assert key(0) in line.state.breaches
    assert len(line.state.breaches) <= REMEMBERED


def test_every_event_has_its_line() -> None:
    assert set(EVENTS) == {*e.BreachEvent.__args__, *e.AnyEvent.__args__}
