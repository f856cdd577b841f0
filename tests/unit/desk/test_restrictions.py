"""A restriction on stage at the caller's desk, and at no other."""

import asyncio
from typing import Any

import msgspec
import pytest
from tests.browser.fake_stagehand import KEY, FakeStagehand
from tests.unit.desk.desk_client import CALLER, MINA, stream

from collavoce.desk.access import DESK_COOKIE, assistant_key, desk_token
from collavoce.desk.app import create_app
from collavoce.desk.views import caller_view
from collavoce.desk.views.line import line_plan, line_strip
from collavoce.line import commands as c
from collavoce.line.hazards import KINDS
from collavoce.runtime.telling import tell, worth_telling
from collavoce.show.commands import Arm, CallStandby, Go, SetRestrictions
from collavoce.show.events import RestrictionLifted, RestrictionNoted

ASSISTANT = {DESK_COOKIE: desk_token(assistant_key(KEY))}


@pytest.fixture
def hand() -> FakeStagehand:
    hand = FakeStagehand()
    hand.begin()
    return hand


def cues(hand: FakeStagehand) -> dict[str, dict[str, Any]]:
    view = caller_view(hand.show, hand.state(), plan="p", seq=1, processes={})
    return msgspec.json.decode(msgspec.json.encode(view["cues"]))


def noticed(hand: FakeStagehand) -> set[str]:
    return {number for number, cue in cues(hand).items() if cue.get("restricted")}


def test_the_cue_carries_it_in_the_list_whatever_else_it_is(hand: FakeStagehand) -> None:
    hand.act(SetRestrictions(("2", "4")), "wings")
    assert noticed(hand) == {"2", "4"}
    hand.act(Arm(("2",), on=False))
    hand.act(CallStandby("2"))
    assert noticed(hand) == {"2", "4"}
    assert cues(hand)["2"]["off"] is True
    hand.act(SetRestrictions(()), "wings")
    assert noticed(hand) == set()


def test_a_cue_of_a_number_to_come_carries_it_too(hand: FakeStagehand) -> None:
    other = next(cue.number for n in hand.show.numbers if n.id != "nocturne" for cue in n.cues)
    assert other not in cues(hand)
    hand.act(SetRestrictions((other,)), "wings")
    assert noticed(hand) == {other}


def test_it_keeps_nothing_back(hand: FakeStagehand) -> None:
    hand.act(SetRestrictions(("1",)), "wings")
    view: Any = caller_view(hand.show, hand.state(), plan="p", seq=1, processes={})
    assert view["go"]["unready"] == []
    hand.act(Go(cue="1"))
    assert cues(hand)["1"]["times"] == 1
    assert noticed(hand) == {"1"}


def test_the_desk_that_looks_on_and_a_phone_see_the_same_bytes_with_it_and_without() -> None:
    async def frames(*, restricted: bool) -> dict[str, list[dict[str, Any]]]:
        hand = FakeStagehand()
        hand.begin()
        app = create_app(hand)
        seen: dict[str, list[dict[str, Any]]] = {}
        async with (
            stream(app, "/events", CALLER) as caller,
            stream(app, "/events", ASSISTANT) as assistant,
            stream(app, "/phone/events", MINA) as phone,
        ):
            desks = {"caller": caller, "assistant": assistant, "phone": phone}
            for name, page in desks.items():
                seen[name] = [await page.next("state")]
            if restricted:
                hand.act(SetRestrictions(("2",)), "wings")
                seen["caller"].append(await caller.next("state"))
                await asyncio.sleep(0.1)
                assert assistant.waiting("state") == 0, "not even that something happened"
                assert phone.waiting("state") == 0
            hand.act(Go(cue="1"))
            for name in ("caller", "assistant"):
                seen[name].append(await desks[name].next("state"))
        return seen

    without = asyncio.run(frames(restricted=False))
    with_it = asyncio.run(frames(restricted=True))
    assert with_it["caller"] != without["caller"]
    assert "restricted" in str(with_it["caller"])
    assert with_it["phone"] == without["phone"]
    assert _but_numbers(with_it["assistant"]) == _but_numbers(without["assistant"])
    assert "restrict" not in str(with_it["assistant"])


def _but_numbers(frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the ledger's numbers, which go on counting: they stand beside what is told next."""
    plain = [{k: v for k, v in frame.items() if k not in ("id", "seq")} for frame in frames]
    for frame in plain:
        frame["recent"] = [one["text"] for one in frame["recent"]]
    return plain


def test_it_is_news_among_no_others_and_has_a_sentence_in_the_ledger() -> None:
    show = FakeStagehand().show
    for event in (RestrictionNoted(1.0, "41"), RestrictionLifted(1.0, "41")):
        assert not worth_telling(event)
        assert "41" in tell(event, show, str)


def test_hazards_and_their_kinds_are_on_the_strip(hand: FakeStagehand) -> None:
    assert [one["kind"] for one in _list(line_plan(hand.show)["hazards"])] == list(KINDS)
    zone = next(iter(hand.show.zones))
    hand.say_at_line(c.RaiseHazard(zone, "wet floor", 45), hand.line_house.place.desk())
    (row,) = _list(line_strip(hand.show, hand.state(), hand.line())["hazards"])
    assert (row["zone"], row["kind"], row["minutes"]) == (zone, "wet floor", 45)
    assert row["words"] == f"Wet floor, {hand.show.zones[zone].name}, 45 min more"
    assert _list(line_strip(hand.show, hand.state(), None)["hazards"]) == []


def _list(value: Any) -> list[dict[str, Any]]:
    return list(value)
