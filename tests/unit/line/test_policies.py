"""What may pass between care, line and show: the table, and that nothing else does."""

from collections.abc import Iterator
from itertools import count
from typing import Any, get_args

import msgspec
import pytest
from tests.unit.line.house import NOW, PLACE, Line, key

from collavoce.care import events as care
from collavoce.care.channels import Channel, Contact, Fate
from collavoce.care.commands import HandOver
from collavoce.care.near import Near
from collavoce.care.opened import Opened
from collavoce.care.state import CareState, evolve
from collavoce.care.states.leave import Leave, Leaves
from collavoce.care.states.letters import Way
from collavoce.company.people import Person
from collavoce.line import commands as c
from collavoce.line import events as line
from collavoce.runtime import mail
from collavoce.runtime.care.canary import OWNER
from collavoce.runtime.care.policies import (
    FROM_CARE,
    RESTRICTED_MOST,
    Away,
    ToShow,
    from_care,
    from_line,
    hand_overs,
    restricted,
    restrictions,
)
from collavoce.runtime.links import LIMIT
from collavoce.show.commands import AskStop, HoldRisk, SetAvailable, SetRestrictions

PASSES = {
    care.HelpArrived,
    care.WithStarted,
    care.WithEnded,
    care.AlertEnded,
    care.AloneSaid,
    care.BackSaid,
    care.DoneSaid,
    care.AwaySaid,
    care.StillAway,
    care.ReturnSaid,
}
COMES_OFF = (("idol", "SR"), ("pianist", "SL"), ("singer", "SR"))
SECRET = b"the server's own"


def kinds() -> Iterator[type[care.Event]]:
    """Every kind of event of care."""
    todo: list[Any] = [care.AnyEvent]
    while todo:
        kind = todo.pop()
        if hasattr(kind, "__args__"):
            todo += kind.__args__
        else:
            yield kind


def name(kind: type[care.Event]) -> str:
    return kind.__name__


def example(kind: type[care.Event]) -> Any:
    """An event of that kind in which everything is about the idol and her friend."""
    values: dict[str, Any] = {}
    samples: dict[Any, Any] = {
        float: 5.0,
        int: 2,
        bool: True,
        bytes: b"x",
        Near: Near(),
        Fate: Fate.ACCEPTED,
        Opened: Opened.SELF,
        tuple[Contact, ...]: (Contact(Channel.SMS, "+43"),),
        tuple[str, ...]: ("friend",),
        float | None: 5.0,
    }
    for field in msgspec.structs.fields(kind):
        if field.name in ("person", "owner"):
            values[field.name] = "idol"
        elif field.name in ("trusted", "by"):
            values[field.name] = "friend"
        elif not field.required:
            continue
        elif field.name == "way":
            values[field.name] = Way.ASKED
        else:
            values[field.name] = samples.get(field.type, "idol")
    return kind(**values)


def said(before: Away, event: Any, *, counts: bool = True) -> tuple[ToShow, ...]:
    keys = count()
    after = before.evolve(event, lambda _o, _t: counts)
    return from_care(before, after, lambda: f"key-{next(keys)}")


EVERY_STATE = (
    Away(),
    Away(frozenset({"idol"})),
    Away(frozenset(), {"idol": frozenset({"friend"})}),
    Away(frozenset({"idol"}), {"idol": frozenset({"friend"})}),
    Away(leaves=Leaves({"idol": Leave(1.0, away=True, day=2, until=3, shown=True)})),
)


@pytest.mark.parametrize("kind", sorted(kinds(), key=name))
def test_an_event_of_care_that_is_not_in_the_table_passes_nothing(kind: type[care.Event]) -> None:
    assert (kind in FROM_CARE) is (kind in PASSES)
    told = [said(before, example(kind)) for before in EVERY_STATE]
    if kind in PASSES:
        assert any(told), "it passes something at least once"
    else:
        assert told == [()] * len(EVERY_STATE)


@pytest.mark.parametrize("kind", sorted(PASSES, key=name))
def test_what_passes_is_a_name_and_whether_they_are_there(kind: type[care.Event]) -> None:
    for before in EVERY_STATE:
        for one in said(before, example(kind)):
            assert isinstance(one.command, SetAvailable)
            assert one.command.person == "idol"
            assert "friend" not in str(one)


RELEASES = {care.CueReleased, care.ReleaseTakenBack}


@pytest.mark.parametrize("kind", sorted(kinds(), key=name))
def test_no_event_but_a_release_changes_which_cues_carry_a_restriction(
    kind: type[care.Event],
) -> None:
    people = {"idol": Person("idol", "Jun"), "friend": Person("friend", "Mira")}
    for cue in ("41", "idol"):
        before = evolve(CareState(), care.CueReleased(1.0, "idol", cue))
        after = evolve(before, example(kind))
        if kind not in RELEASES:
            assert restrictions(people, after) == restrictions(people, before) == (cue,)
    assert (kind in RELEASES) is (kind in get_args(care.MeetsEvent))


def test_what_passes_of_a_release_is_the_cue_and_nothing_else() -> None:
    state = CareState()
    for person in ("idol", "friend", "of no show any more"):
        state = evolve(state, care.CueReleased(1.0, person, "41"))
    state = evolve(state, care.CueReleased(1.0, "of no show any more", "42"))
    people = {"idol": Person("idol", "Jun"), "friend": Person("friend", "Mira")}
    assert restricted(restrictions(people, state), "key") == ToShow(
        SetRestrictions(("41",)), "key", slot="restrictions"
    )


def test_so_many_cues_pass_at_once_as_one_datagram_holds() -> None:
    state = CareState()
    people = {f"p{n}": Person(f"p{n}", "x") for n in range(50)}
    for person in people:
        for n in range(100):
            cue = f"{person} {n}".ljust(40, "x")
            state = evolve(state, care.CueReleased(1.0, person, cue))
    cues = restrictions(people, state)
    assert len(cues) == RESTRICTED_MOST
    asked = mail.Asked(SetRestrictions(cues), "wings", "k" * 32)
    assert len(mail.pack(asked)) < LIMIT


def test_a_press_that_was_taken_back_or_over_before_anybody_came_passes_nothing() -> None:
    away = Away()
    for kind in (care.AlertRaised, care.HelpComing, care.AlertCancelled, care.AlertEnded):
        event = example(kind)
        assert said(away, event) == ()
        away = away.evolve(event, lambda _o, _t: True)
    assert away == Away()


def test_with_them_is_not_available_until_it_is_over() -> None:
    away = Away().evolve(care.HelpArrived(1.0, "idol", "press", "friend"), lambda _o, _t: True)
    assert away.persons == {"idol"}
    assert said(away, care.AlertEnded(2.0, "idol", "press"))[0].command == SetAvailable(
        "idol", available=True
    )


def test_two_who_are_with_them_leave_one_after_the_other() -> None:
    away = Away()
    for trusted in ("friend", "sister"):
        away = away.evolve(care.WithStarted(1.0, "idol", trusted), lambda _o, _t: True)
    away = away.evolve(care.WithEnded(2.0, "idol", "friend"), lambda _o, _t: True)
    assert away.persons == {"idol"}
    assert away.evolve(care.WithEnded(2.0, "idol", "sister"), lambda _o, _t: True) == Away()


def test_the_word_of_somebody_whose_word_does_not_count_passes_nothing() -> None:
    assert said(Away(), care.WithStarted(1.0, "idol", "stalker"), counts=False) == ()


def test_a_canary_is_nobody() -> None:
    assert said(Away(), care.HelpArrived(1.0, OWNER, "press", "canary:second")) == ()


def test_a_breach_at_an_exit_is_a_hold_risk_and_one_elsewhere_is_none() -> None:
    assert from_line(line.LineRaised(NOW, key(1), "SR", "steward"), PLACE.zones) == (
        ToShow(HoldRisk(key(1), "SR", line=True), f"risk-{key(1)}"),
    )
    assert from_line(line.LineRaised(NOW, key(1), "foyer", "steward"), PLACE.zones) == ()


def test_what_a_helper_asks_reaches_the_show_without_a_name() -> None:
    assert from_line(line.RiskAsked(NOW, key(1)), PLACE.zones) == (
        ToShow(HoldRisk(key(1)), f"risk-{key(1)}"),
    )
    assert from_line(line.StopAsked(NOW, key(2)), PLACE.zones) == (
        ToShow(AskStop(key(2)), f"stop-{key(2)}"),
    )


def test_nothing_else_at_the_line_reaches_the_show() -> None:
    made = Line()
    for command, by in (
        (c.KeepClear(key(1), "SR"), "assistant"),
        (c.AskMedic(key(2), "SR"), "assistant"),
        (c.TakeMedic(key(2)), "medic"),
        (c.SayEars("performer", out=True), "operator"),
        (c.AskSupport(key(3)), "caller"),
        (c.ConfirmSupport(key(3)), "seated"),
        (c.TickDrill(by_hand=True), "caller"),
        (c.HandToFriend(key(4), "performer"), "assistant"),
    ):
        made.made(command, by)
    assert [from_line(event, PLACE.zones) for event in made.told] == [()] * 8


def test_a_breach_opens_the_ladders_of_those_who_come_off_there_and_of_no_other() -> None:
    breach = line.LineRaised(NOW, key(1), "SR", "steward")
    opened = hand_overs(breach, PLACE.zones, COMES_OFF, SECRET)
    assert [(o.person, o.how) for o in opened] == [
        ("idol", Opened.BREACH),
        ("singer", Opened.BREACH),
    ]
    assert opened == hand_overs(breach, PLACE.zones, COMES_OFF, SECRET), "again: the same presses"
    elsewhere = line.LineRaised(NOW, key(1), "foyer", "steward")
    assert hand_overs(elsewhere, PLACE.zones, COMES_OFF, SECRET) == ()


def test_nobody_can_guess_the_press_that_a_breach_made() -> None:
    breach = line.LineRaised(NOW, key(1), "SL", "steward")
    (one,) = hand_overs(breach, PLACE.zones, COMES_OFF, SECRET)
    (other,) = hand_overs(breach, PLACE.zones, COMES_OFF, b"another secret")
    assert isinstance(one, HandOver)
    assert one.press != other.press
    assert key(1) not in one.press


def test_a_hand_beside_them_opens_theirs_alone() -> None:
    (one,) = hand_overs(line.HandAsked(NOW, key(1), "idol"), PLACE.zones, COMES_OFF, SECRET)
    assert (one.person, one.how) == ("idol", Opened.HAND)
