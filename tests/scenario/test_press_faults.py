"""Every channel at fault in every way at every step; every answer in every order with messages."""

from collections.abc import Callable
from itertools import permutations, product

import pytest
from tests.scenario.press_stage import (
    FAILS,
    MAIL,
    PUSH,
    SILENT,
    SMS,
    TAKES,
    VOICE,
    WITH_LEAD,
    Evening,
)

from collavoce.care.channels import CALLS, OFFS, Channel
from collavoce.care.commands import (
    CancelAlert,
    EndAlert,
    SayComing,
    SayWith,
    SetCircle,
    SetNear,
    SetWords,
)
from collavoce.care.near import Kind, Near

NEXT_WITHIN_S = 5.0
WAYS = (PUSH, SMS, VOICE, MAIL)
STEPS = {"friend": 0.0, "second": 20.0, "lead": 120.0}


@pytest.mark.parametrize("who", STEPS)
def test_after_every_fault_the_next_way_is_used_within_five_seconds_and_the_performer_is_told(
    who: str,
) -> None:
    for answers in product((TAKES, FAILS, SILENT), repeat=len(WAYS)):
        it = Evening(people=WITH_LEAD)
        it.lawful()
        it.looks_every = 10.0
        it.shows = False
        it.circle("pianist", "friend", "second")
        it.contacts(**{who: WAYS})
        it.services = {way.channel: answer for way, answer in zip(WAYS, answers, strict=True)}
        it.press()
        it.advance(STEPS[who] + 12.0)
        it.sleep(120.0)
        tried = {message.channel: at for at, message in it.sent if message.to == who}
        first = 1000.0 + STEPS[who]
        assert tried[Channel.PUSH] == first, answers
        push, sms, voice, _ = answers
        at_once = push is FAILS or push is SILENT
        assert tried[Channel.SMS] <= first + NEXT_WITHIN_S, answers
        assert (tried[Channel.SMS] < first + NEXT_WITHIN_S) is at_once, answers
        assert tried[Channel.VOICE] == first + NEXT_WITHIN_S, answers
        gone = [c for c, a in ((Channel.SMS, sms), (Channel.VOICE, voice)) if a is not TAKES]
        assert (Channel.MAIL in tried) is bool(gone), answers
        if gone:
            assert tried[Channel.MAIL] - min(tried[c] for c in gone) <= NEXT_WITHIN_S, answers
        assert it.told["pianist"][-1].startswith("press: not_reached"), answers


Step = Callable[[Evening], object]

ENDS: dict[str, Step] = {
    "friend: coming": lambda it: it.ask(SayComing("friend", "p1")),
    "second: coming": lambda it: it.ask(SayComing("second", "p1")),
    "second: with": lambda it: it.ask(SayWith("second", "p1")),
    "cancel": lambda it: it.ask(CancelAlert("pianist", "p1", "true")),
    "other word": lambda it: it.ask(CancelAlert("pianist", "p1", "other")),
    "over": lambda it: it.ask(EndAlert("pianist", "p1")),
    "friend dropped": lambda it: it.ask(SetCircle("pianist", ("second", "third"), 20.0)),
    "second kept away": lambda it: it.ask(SetNear("pianist", Near(Kind.NOT, ("second",)))),
    "5 s": lambda it: it.advance(5.0),
    "to the next rung": lambda it: it.advance(20.0),
}


def test_in_every_order_nobody_is_called_after_an_answer_and_all_who_were_reached_hear_of_it() -> (
    None
):
    for order in permutations(ENDS, 3):
        it = Evening()
        it.lawful()
        it.looks_every = 10.0
        it.shows = False
        it.circle("pianist", "friend", "second", "third")
        it.does(SetWords("pianist", "true", "other"))
        it.contacts(friend=(PUSH, SMS), second=(SMS, VOICE), third=(PUSH,))
        it.press()
        for name in order:
            ENDS[name](it)
            holds(it, order)
        it.advance(1.0)
        holds(it, order)
        alert = it.state.alerts.by_press.get("p1")
        if alert is None:
            continue
        reached = {m.to for _, m in it.sent if m.wording in CALLS}
        told_off = {m.to for _, m in it.sent if m.wording in OFFS}
        if alert.end is not None or alert.coming is not None:
            there = alert.arrived or (alert.coming if alert.end is None else "")
            assert reached - told_off <= {there}, order
        count = len([m for _, m in it.sent if m.wording in CALLS])
        it.sleep(70.0)
        it.sleep(70.0)
        if alert.end is not None or alert.coming is not None:
            assert len([m for _, m in it.sent if m.wording in CALLS]) == count, order


def holds(it: Evening, order: tuple[str, ...]) -> None:
    """What must be true after each step."""
    keys = [message.key for _, message in it.sent]
    assert len(keys) == len(set(keys)), order
    assert {message.to for _, message in it.sent} <= {"friend", "second", "third"}, order
    alert = it.state.alerts.by_press.get("p1")
    for at, message in it.sent:
        if message.wording in CALLS and alert is not None and message.to in alert.released:
            assert at <= alert.released[message.to], (order, "called although they were let go")
