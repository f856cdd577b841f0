"""What opens beside the show: behind the desk's key, asked for only when it is looked at."""

import asyncio

import httpx
import pytest
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.unit.desk.desk_client import CALLER, MINA, ORIGIN, client

from collavoce.desk.access import DESK_COOKIE, assistant_key, desk_token
from collavoce.show.commands import Go

PANELS = ("/history.json", "/setlist.json", "/connections", "/connections.json")


@pytest.fixture
def hand() -> FakeStagehand:
    hand = FakeStagehand(show=full_show())
    hand.begin(STORM)
    return hand


def get(hand: FakeStagehand, path: str, cookies: dict[str, str] | None = None) -> httpx.Response:
    """What stands at `path`."""

    async def ask() -> httpx.Response:
        async with client(hand, cookies) as asking:
            return await asking.get(path)

    return asyncio.run(ask())


def post(
    hand: FakeStagehand, path: str, cookies: dict[str, str], body: object, origin: str = ORIGIN
) -> httpx.Response:
    """The answer to `body`."""

    async def ask() -> httpx.Response:
        async with client(hand, cookies) as asking:
            return await asking.post(path, json=body, headers={"origin": origin})

    return asyncio.run(ask())


@pytest.mark.parametrize("path", PANELS)
def test_each_panel_is_behind_the_key(hand: FakeStagehand, path: str) -> None:
    assert get(hand, path).status_code == 401
    assert get(hand, path, MINA).status_code == 401
    assert get(hand, path, CALLER).status_code == 200


def test_the_history_is_the_latest_first(hand: FakeStagehand) -> None:
    hand.act(Go("1A"))
    hand.pass_to(2.0)
    hand.act(Go("2A"))
    deeds = get(hand, "/history.json", CALLER).json()
    assert [deed["cue"] for deed in deeds] == ["2A", "1A"]


def test_the_set_list_has_its_times_and_options(hand: FakeStagehand) -> None:
    told = get(hand, "/setlist.json", CALLER).json()
    assert told["items"][0]["words"].startswith("at 20:1")
    assert {"plan", "option", "instead", "cost"} <= set(told["options"][0])


def test_only_the_callers_desk_lets_a_control_learn(hand: FakeStagehand) -> None:
    hand.gateway = {}
    looks_on = {DESK_COOKIE: desk_token(assistant_key(hand.desk_key))}
    go = {"does": "go"}
    assert post(hand, "/learn", looks_on, go).status_code == 403
    assert post(hand, "/learn", CALLER, go, origin="http://elsewhere").status_code == 403
    assert post(hand, "/learn", CALLER, {"does": 3}).status_code == 400
    assert hand.learns == []
    assert post(hand, "/learn", CALLER, go).json() == {"waits": "go"}
    assert hand.learns == ["go"]


def test_a_gateway_that_is_away_is_said_in_words(hand: FakeStagehand) -> None:
    answer = post(hand, "/learn", CALLER, {"does": "go"})
    assert answer.status_code == 503
    assert "does not answer" in answer.json()["refused"]
    assert get(hand, "/connections.json", CALLER).json()["gateway"] is None


def test_a_cue_light_is_for_a_paired_phone_and_names_whose_it_is(hand: FakeStagehand) -> None:
    assert get(hand, "/crew", CALLER).status_code == 401
    assert get(hand, "/crew/who", CALLER).status_code == 401
    assert "서미나" in get(hand, "/crew", MINA).text
    assert get(hand, "/crew/who", MINA).json() == {"person": "mina"}


def test_a_phone_speaks_for_its_own_person_only(hand: FakeStagehand) -> None:
    said = {"key": "0123456789abcdef", "type": "SayPerson", "state": "in position"}
    assert post(hand, "/phone/command", MINA, {**said, "person": "ren"}).status_code == 403
    assert hand.state().persons == {}
    assert post(hand, "/phone/command", MINA, {**said, "person": "mina"}).status_code == 200
    assert "mina" in hand.state().persons
