"""The desk at the line: what the strip shows, what may be said, and a line that is silent."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.browser.fake_stagehand import FakeStagehand
from tests.unit.desk.desk_client import CALLER, ORIGIN, client

from collavoce.desk.line_desk import HEARD_WITHIN_S, LineDesk
from collavoce.desk.stagehand import Told, Unanswered
from collavoce.desk.views import caller_view
from collavoce.line.commands import (
    AskMedic,
    AskSupport,
    ConfirmSupport,
    HandToFriend,
    KeepClear,
    RaiseLine,
    TickDrill,
)
from collavoce.runtime import mail
from collavoce.show.commands import AskStop, SetAvailable
from collavoce.show.events import Refused
from collavoce.words import say


def strip(hand: FakeStagehand) -> Any:
    view: Any = caller_view(
        hand.show, hand.state(), plan="p", seq=1, processes={}, line=hand.line()
    )
    return view["line"] | {"away": view["people"]["away"]}


def test_a_breach_at_an_exit_shows_with_its_risk_the_standby_and_who_decides() -> None:
    hand = FakeStagehand()
    hand.say_at_line(RaiseLine("breach-0001", "SR"), hand.line_house.place.desk())
    shown = strip(hand)
    (breach,) = shown["breaches"]
    assert breach["zone"] == "stage right, to the dock"
    assert breach["sign"]["word"] == "line breach"
    (risk,) = shown["risks"]
    assert risk["holder"] == "ada"
    assert shown["standby"]["word"] == "LX, SND standby"


def test_a_helpers_clear_way_and_medic_are_not_the_callers() -> None:
    hand = FakeStagehand()
    security = hand.line_house.place.who("mina")
    for command in (KeepClear("clear-00001", "SL"), AskMedic("medic-00001", "SL")):
        assert hand.say_at_line(command, security) == Told(recorded=True), "an assistant's"
    assert strip(hand)["clears"] == strip(hand)["medics"] == []


def test_not_available_is_a_name_and_nothing_else() -> None:
    hand = FakeStagehand()
    hand.act(SetAvailable("ren", available=False), "wings")
    (away,) = strip(hand)["away"]
    assert set(away) == {"person", "name", "sign"}
    assert away["sign"]["word"] == "not available"


def test_a_stop_from_the_wings_says_whose_decision_it_is() -> None:
    hand = FakeStagehand()
    hand.act(AskStop("s1"), "wings")
    assert strip(hand)["stop"]["holder_name"] == hand.show.people["ada"].name
    assert strip(hand)["standby"] is not None


def test_support_is_not_ready_until_it_is_and_without_a_word_from_the_line_it_is_not() -> None:
    hand = FakeStagehand()
    place = hand.line_house.place
    assert strip(hand)["support"]["sign"]["is"] == "support.not_ready"
    for by_hand in (True, False):
        hand.say_at_line(TickDrill(by_hand=by_hand), place.desk())
    hand.say_at_line(AskSupport("round-00001"), place.desk())
    hand.say_at_line(ConfirmSupport("round-00001", trip_ms=40.0), place.who("mina"))
    support = strip(hand)["support"]
    assert support["sign"]["is"] == "support.ready"
    assert support["oldest"] == 0
    assert support["drill"]["voice"]["name"] == hand.show.people["ada"].name
    hand.line_silent = True
    assert strip(hand)["silent"]["word"] == "line silent: use the radio"
    assert strip(hand)["support"]["sign"]["is"] == "support.not_ready"


async def said(hand: FakeStagehand, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    async with client(hand, CALLER) as desk:
        answer = await desk.post("/line", json=body, headers={"Origin": ORIGIN})
        return answer.status_code, answer.json()


def test_what_is_said_at_the_line_is_told_refused_or_not_answered() -> None:
    hand = FakeStagehand()
    press = {"type": "RaiseLine", "key": "breach-0001", "zone": "SR"}
    assert asyncio.run(said(hand, press)) == (200, {"kept": True, "recorded": True})
    nowhere = {"type": "RaiseLine", "key": "breach-0002", "zone": "attic"}
    assert asyncio.run(said(hand, nowhere)) == (409, {"refused": say("line.refused.no_zone")})
    status, _ = asyncio.run(said(hand, {"type": "Press", "key": "breach-0003"}))
    assert status == 400
    hand.line_silent = True
    assert asyncio.run(said(hand, press)) == (503, {"refused": say("desk.line.unanswered")})


def test_handing_over_is_answered_alike_for_whoever_it_is() -> None:
    hand = FakeStagehand()
    answers = [
        asyncio.run(said(hand, {"type": "HandToFriend", "key": f"hand-00{i}", "person": person}))
        for i, person in enumerate(("ren", "ada", "darya"))
    ]
    assert answers == [(200, {"kept": True, "recorded": True})] * 3


KEY = "desk-key-0001"


class Wire:
    """A mailbox that a test looks into."""

    def __init__(self) -> None:
        self.sent: list[mail.LineAsked] = []
        self.at = 0.0

    def send(self, _to: Path, payload: bytes) -> bool:
        asked = mail.unpack(payload)
        assert isinstance(asked, mail.LineAsked)
        self.sent.append(asked)
        return True

    def clock(self) -> float:
        return self.at


def test_a_line_that_is_silent_is_not_shown_as_it_was() -> None:
    wire = Wire()
    desk = LineDesk(wire.send, Path(), wire.clock)
    assert desk.now() is None
    desk.take(mail.LineTold({"may": []}))
    assert desk.now() == {"may": []}
    wire.at += HEARD_WITHIN_S + 0.1
    assert desk.now() is None


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (mail.LineAnswered(KEY, done=True, recorded=True), Told(recorded=True)),
        (mail.LineAnswered(KEY, done=True, recorded=False), Told(recorded=False)),
        (mail.LineAnswered(KEY, done=False, recorded=True, why="no"), Refused("no")),
        (
            mail.LineAnswered(KEY, done=False, recorded=False),
            Refused(say("desk.line.not_recorded")),
        ),
    ],
)
def test_the_desk_is_answered_by_the_line(answer: mail.LineAnswered, wanted: object) -> None:
    wire = Wire()
    desk = LineDesk(wire.send, Path(), wire.clock)

    async def ask() -> object:
        asked = asyncio.create_task(desk.ask(HandToFriend(KEY, "ren"), KEY, "caller"))
        await asyncio.sleep(0)
        desk.take(answer)
        return await asked

    assert asyncio.run(ask()) == wanted
    assert [asked.role for asked in wire.sent] == ["caller"]


def test_a_line_that_does_not_answer_is_asked_again_with_the_same_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("collavoce.desk.line_desk.ANSWER_S", 0.01)
    wire = Wire()
    desk = LineDesk(wire.send, Path(), wire.clock)
    assert asyncio.run(desk.ask(HandToFriend(KEY, "ren"), KEY, "caller")) == Unanswered()
    assert {asked.key for asked in wire.sent} == {KEY}
    assert len(wire.sent) > 1
