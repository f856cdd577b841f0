"""A crew member's phone as a cue light: colour, word, shape, tone, pulse; one touch answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import PATIENCE_MS, SIZES
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.browser.watching import Overheard

from collavoce.desk.stagehand import BADGE_COOKIE
from collavoce.runtime.clock import LiveClock
from collavoce.show.commands import (
    Acknowledge,
    CallStandby,
    ConfirmHazard,
    Go,
    GoTo,
    Hold,
    NotClear,
)

pytestmark = pytest.mark.browser

HELD_MS = 1200

FELT = """() => {
  window.pulses = [];
  navigator.vibrate = (pulse) => window.pulses.push(pulse);
}"""


@pytest.fixture
def desk() -> Iterator[DeskServer]:
    server = DeskServer(lambda: FakeStagehand(None, LiveClock.start(), full_show()))
    server.do(lambda: server.hand.begin(STORM))
    yield server
    server.close()


def phone(desk: DeskServer, tab: BrowserContext, person: str = "mina") -> Page:
    """The cue light of that person's phone."""
    badge = {"name": BADGE_COOKIE, "value": f"badge-of-{person}", "url": desk.url}
    tab.add_cookies([{**badge}])  # type: ignore[typeddict-item]
    tab.add_init_script(f"({FELT})()")
    page = tab.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{desk.url}/crew")
    expect(page.locator("body")).to_have_attribute("data-is", "nothing")
    return page


def answers(desk: DeskServer) -> list[object]:
    return [command for command, by, _ in desk.hand.asked if by != "caller"]


def test_a_standby_is_felt_heard_and_answered_by_one_touch(
    desk: DeskServer, tab: BrowserContext
) -> None:
    light = phone(desk, tab)
    aloud = Overheard(light, "#aloud")
    desk.do(lambda: desk.hand.act(CallStandby("2A")))
    expect(light.locator("#word")).to_have_text("STANDBY")
    expect(light.locator("#cue")).to_have_text("SND 2A")
    assert aloud.among("STANDBY SND 2A. Thunder")
    assert light.evaluate("window.pulses.length") == 1
    light.locator("#panel").click()
    expect(light.locator("#word")).to_have_text("READY")
    assert answers(desk) == [Acknowledge("2A", "mina")]


def test_go_is_said_once_and_gives_way_to_the_next_standby(
    desk: DeskServer, tab: BrowserContext
) -> None:
    light = phone(desk, tab)
    aloud = Overheard(light, "#aloud")
    desk.do(lambda: desk.hand.act(GoTo("2A")))
    desk.do(lambda: desk.hand.act(Go("2A")))
    expect(light.locator("#word")).to_have_text("GO")
    light.wait_for_timeout(700)
    assert len([words for words in aloud.words() if "GO" in words]) == 1
    desk.do(lambda: desk.hand.act(CallStandby("1A")))
    expect(light.locator("#word")).to_have_text("STANDBY")


def test_a_finger_that_rests_says_not_clear_and_not_ready(
    desk: DeskServer, tab: BrowserContext
) -> None:
    light = phone(desk, tab)
    desk.do(lambda: desk.hand.act(CallStandby("2A")))
    expect(light.locator("#word")).to_have_text("STANDBY")
    box = light.locator("#panel").bounding_box()
    assert box is not None
    light.mouse.move(box["x"] + 40, box["y"] + 40)
    light.mouse.down()
    light.wait_for_timeout(HELD_MS)
    light.mouse.up()
    expect(light.locator("#word")).to_have_text("NOT CLEAR")
    assert answers(desk) == [NotClear("2A", "mina", "not ready yet")]


def test_by_keyboard_too_with_a_reason(desk: DeskServer, tab: BrowserContext) -> None:
    light = phone(desk, tab)
    desk.do(lambda: desk.hand.act(CallStandby("2A")))
    light.get_by_label("Why not clear").select_option("equipment")
    light.get_by_role("button", name="Not clear", exact=True).press("Enter")
    expect(light.locator("#name")).to_contain_text("equipment")
    light.get_by_role("button", name="Ready", exact=True).press("Enter")
    expect(light.locator("#word")).to_have_text("READY")
    assert answers(desk) == [NotClear("2A", "mina", "equipment"), Acknowledge("2A", "mina")]


def test_two_standbys_are_answered_one_after_the_other(
    desk: DeskServer, tab: BrowserContext
) -> None:
    light = phone(desk, tab)
    desk.do(lambda: desk.hand.act(CallStandby("1A")))
    desk.do(lambda: desk.hand.act(CallStandby("2A")))
    expect(light.locator("#cue")).to_have_text("LX 1A")
    light.locator("#panel").click()
    expect(light.locator("#cue")).to_have_text("SND 2A")
    assert answers(desk) == [Acknowledge("1A", "mina")]


def test_its_hazard_is_confirmed_by_whoever_fired_it(desk: DeskServer, tab: BrowserContext) -> None:
    light = phone(desk, tab, "darya")
    desk.do(lambda: desk.hand.act(GoTo("3A")))
    desk.do(lambda: desk.hand.act(Go("3A")))
    expect(light.locator("#hazards")).to_contain_text("fire pyro on your own system")
    light.get_by_role("button", name="I fired it").click()
    expect(light.locator("#hazards li")).to_have_count(0)
    assert answers(desk) == [ConfirmHazard("3A", "darya")]


def test_offline_is_said_and_nothing_is_sent_later(desk: DeskServer, tab: BrowserContext) -> None:
    light = phone(desk, tab)
    desk.do(lambda: desk.hand.act(CallStandby("2A")))
    expect(light.locator("#word")).to_have_text("STANDBY")
    desk.stop()
    expect(light.locator("#word")).to_have_text("OFFLINE")
    light.locator("#panel").click()
    desk.start()
    expect(light.locator("#word")).to_have_text("STANDBY")
    assert answers(desk) == []


def test_a_hold_is_shown(desk: DeskServer, tab: BrowserContext) -> None:
    light = phone(desk, tab)
    desk.do(lambda: desk.hand.act(Hold()))
    expect(light.locator("#word")).to_have_text("HOLD")


def test_it_is_one_screen_and_axe_finds_nothing(
    desk: DeskServer, tab: BrowserContext, pictures: Path
) -> None:
    light = phone(desk, tab)
    desk.do(lambda: desk.hand.act(GoTo("2A")))
    for name, act in (
        ("nothing", None),
        ("asked", CallStandby("2A")),
        ("not_clear", NotClear("2A", "mina", "the way is not free")),
        ("ready", Acknowledge("2A", "mina")),
        ("go", Go("2A")),
    ):
        if act is not None:
            desk.do(lambda act=act: desk.hand.act(act))
        expect(light.locator("body")).to_have_attribute("data-is", name)
        for width, height in SIZES:
            light.set_viewport_size({"width": width, "height": height})
            light.screenshot(path=pictures / f"crew-{name}-{width}x{height}.png")
            scroll = light.evaluate("document.documentElement.scrollWidth")
            assert scroll <= width, (name, width)
            panel = light.locator("#panel").bounding_box()
            assert panel is not None
            assert panel["height"] >= 150
            assert panel["y"] + panel["height"] <= height, (name, height)
        found = Axe().run(light).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []
