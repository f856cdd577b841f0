"""Everything that can happen around a press, in every order it can happen in."""

from collections.abc import Callable
from itertools import permutations

import pytest
from tests.scenario.press_stage import Evening

from collavoce.care.commands import (
    AnswerRequest,
    CancelAlert,
    Climb,
    EndAlert,
    RaiseAlert,
    SayComing,
    SayWith,
    SetCircle,
)
from collavoce.care.events import HelpComing, RungReached
from collavoce.care.reached.standing import CallState

Step = Callable[[Evening], object]

STEPS: dict[str, Step] = {
    "due at 20 s": lambda e: (e.advance(max(0.0, 1020.0 - e.now)), e.ask(Climb("p1"))),
    "due at 60 s": lambda e: (e.advance(max(0.0, 1060.0 - e.now)), e.ask(Climb("p1"))),
    "friend: coming": lambda e: e.ask(SayComing("friend", "p1")),
    "second: coming": lambda e: e.ask(SayComing("second", "p1")),
    "second: with": lambda e: e.ask(SayWith("second", "p1")),
    "press again": lambda e: e.ask(RaiseAlert("pianist", "p1")),
    "cancel": lambda e: e.ask(CancelAlert("pianist", "p1")),
    "over": lambda e: e.ask(EndAlert("pianist", "p1")),
    "friend leaves": lambda e: e.ask(AnswerRequest("friend", "pianist", agrees=False)),
    "second dropped": lambda e: e.ask(SetCircle("pianist", ("friend", "third"), 20.0)),
}


def evening(*, restarting: bool) -> Evening:
    it = Evening(restarting=restarting)
    it.lawful()
    it.looks_every = 10.0
    it.circle("pianist", "friend", "second", "third")
    it.press()
    return it


@pytest.mark.parametrize("restarting", [False, True], ids=["one process", "killed at every step"])
def test_every_order_of_three_steps_keeps_the_promises(restarting: bool) -> None:  # noqa: FBT001
    for order in permutations(STEPS, 3):
        it = evening(restarting=restarting)
        for name in order:
            STEPS[name](it)
            promises_hold(it, order)
        it.advance(200.0)
        promises_hold(it, order)


def test_accept_against_due_in_every_order_and_at_every_moment() -> None:
    for seconds in (0.0, 19.999, 20.0, 20.001, 59.999, 60.0, 60.001, 119.999, 120.0, 120.001):
        for accept_first in (True, False):
            it = evening(restarting=True)
            it.advance(min(seconds, 19.0))
            it.now = 1000.0 + seconds
            steps: list[Step] = [
                lambda e: e.ask(SayComing("friend", "p1")),
                lambda e: e.ask(Climb("p1")),
            ]
            for step in steps if accept_first else reversed(steps):
                step(it)
            it.advance(300.0)
            promises_hold(it, (str(seconds), str(accept_first)))
            assert it.told["pianist"][-1] == "press: coming friend"
            assert "press: not_reached" not in " ".join(it.told["pianist"]) or seconds >= 120.0


def promises_hold(it: Evening, order: tuple[str, ...]) -> None:
    """What must be true of any evening with one press of the pianist."""
    for person, keys in it.rings.items():
        assert len(keys) == len(set(keys)), (order, person, "was rung twice for one step")
    assert not it.rings["manager"], (order, "somebody outside was called")
    assert not it.rings["singer"], (order, "somebody outside was called")
    events = it.events()
    for index, event in enumerate(events):
        if isinstance(event, RungReached):
            assert event.at >= 1000.0 + (20.0, 20.0, 60.0, 120.0)[event.rung], (order, "early")
        if isinstance(event, HelpComing):
            cleared = it.state.alerts.by_press.get("p1")
            after = [later for later in events[index + 1 :] if isinstance(later, RungReached)]
            if cleared is not None and cleared.coming is not None:
                assert not after, (order, "climbed although somebody was coming")
    for person in ("friend", "second", "third"):
        # A page shows each call once, as the last step of it has it.
        states = dict(list(it.calls_now[person].items())[-1:])
        alert = it.state.alerts.by_press.get("p1")
        if alert is not None and alert.coming is not None and alert.end is None:
            expected = {CallState.COMING} if alert.coming == person else {CallState.COVERED}
            released = {CallState.OVER} if person in alert.released else set[CallState]()
            assert set(states.values()) <= expected | released, (order, person, states)
