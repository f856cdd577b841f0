"""How the phone looks in each of its states: accessible, whole on one small screen.

The screenshots go to pytest's temporary folder (`pictures`), for eyes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.browser.phones import Phones, phones, says
from tests.process.care_house import make_circle, press_id

pytestmark = [pytest.mark.browser, pytest.mark.process]

SIZES: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 844},
    {"width": 320, "height": 568},
)
OPTIONS = {
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
}
"""Contrast 7:1 as well as 4.5:1; targets of 24 px."""


class Evening:
    """Two phones with pages, and the same two people by hand for what pages need not do."""

    def __init__(self, them: Phones) -> None:
        self.them = them
        self.pianist, self.mira = them.care.phone("pianist"), them.care.phone("friend")
        self.performer, self.friend = them.of("pianist"), them.of("friend")
        self.further = self.friend
        """a phone of the friend's that waits"""
        self.presses = 0

    def trust(self) -> None:
        make_circle(self.pianist, {"friend": self.mira})
        says(self.performer, "Press, and Mira Ortiz is called.")

    def press(self) -> None:
        self.presses += 1
        assert self.pianist.act("Press", press=press_id(self.presses))["kept"]


@pytest.fixture(scope="module")
def evening(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with phones(chromium, tmp_path_factory.mktemp("looks")) as them:
        yield Evening(them)


def door(it: Evening) -> Page:
    return it.them.stranger()


def alone(it: Evening) -> Page:
    says(it.performer, "Nobody of your people has agreed yet.")
    return it.performer


def told_alone(it: Evening) -> Page:
    it.press()
    says(it.performer, "Kept, but nobody of your people has agreed. Use your voice, or call 119.")
    return it.performer


def asked(it: Evening) -> Page:
    assert it.pianist.act("Over", press=press_id(it.presses))["kept"]
    assert it.pianist.act("WriteCircle", order=["friend", "third"], second_after=20)["kept"]
    expect(it.friend.locator("#asked")).to_contain_text("Yuna Park asks whether they may")
    return it.friend


def circle(it: Evening) -> Page:
    expect(it.performer.locator("#people")).to_be_visible()
    it.performer.locator("#people > summary").click()
    expect(it.performer.locator("#circle")).to_contain_text("asked, no answer yet")
    return it.performer


def ready(it: Evening) -> Page:
    it.performer.locator("#people > summary").click()
    it.trust()
    return it.performer


def shown(it: Evening) -> Page:
    it.press()
    says(it.performer, "Kept. It is on the phone of Mira Ortiz.")
    return it.performer


def called(it: Evening) -> Page:
    expect(it.friend.locator(".call[data-is=open]")).to_be_visible()
    return it.friend


def coming(it: Evening) -> Page:
    it.mira.act("Coming", press=press_id(it.presses))
    says(it.performer, "Mira Ortiz is coming.")
    return it.performer


def on_the_way(it: Evening) -> Page:
    expect(it.friend.locator(".call[data-is=coming]")).to_be_visible()
    return it.friend


def arrived(it: Evening) -> Page:
    it.mira.act("With", press=press_id(it.presses))
    says(it.performer, "Mira Ortiz is with you.")
    return it.performer


def over(it: Evening) -> Page:
    expect(it.friend.locator(".call[data-is=over]")).to_be_visible()
    return it.friend


def this_phone(it: Evening) -> Page:
    it.friend.locator("#this-phone > summary").click()
    it.friend.locator("#people > summary").click()
    expect(it.friend.locator("#phones")).to_contain_text("2")
    return it.friend


def newcomer(it: Evening) -> Page:
    it.further = it.them.waiting("friend")
    expect(it.friend.locator("#newcomers")).to_be_visible()
    return it.friend


def waiting(it: Evening) -> Page:
    it.further.locator("#recovery-code").fill("not a code")
    it.further.get_by_role("button", name="Open", exact=True).click()
    expect(it.further.locator("#recover-says")).to_contain_text("not a whole code")
    return it.further


def waiting_pressed(it: Evening) -> Page:
    it.further.locator("#press-button").click()
    says(
        it.further,
        "Kept. Whoever has agreed is called. This phone is not told who: "
        "use your voice too, or call 119.",
    )
    return it.further


def recovery_code(it: Evening) -> Page:
    it.friend.get_by_role("button", name="Show my code").click()
    expect(it.friend.locator("#recovery-code")).to_be_focused()
    return it.friend


def cut_off(it: Evening) -> Page:
    it.them.care.kill()
    it.performer.locator("#press-button").click()
    says(it.performer, "Not sent yet. Use your voice, or call 119. Trying on.")
    expect(it.performer.locator("#link")).to_have_text("cut off")
    return it.performer


STATES: tuple[Callable[[Evening], Page], ...] = (
    door,
    alone,
    told_alone,
    asked,
    circle,
    ready,
    shown,
    called,
    coming,
    on_the_way,
    arrived,
    over,
    this_phone,
    newcomer,
    waiting,
    waiting_pressed,
    recovery_code,
    cut_off,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_each_state_is_accessible_and_fits(
    evening: Evening, state: Callable[[Evening], Page], pictures: Path
) -> None:
    """The states come in the order of an evening; each is drawn in both sizes."""
    page = state(evening)
    for size in SIZES:
        page.set_viewport_size(size)
        page.wait_for_timeout(100)
        page.screenshot(path=pictures / f"phone-{state.__name__}-{size['width']}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if state is not door:
            press_is_under_the_thumb(page, size)
    # Tall enough that nothing scrolls: axe cannot judge what lies under something else.
    page.set_viewport_size({"width": 390, "height": 2400})
    complaints(page)


def complaints(page: Page) -> None:
    """Nothing violated, and nothing left for eyes to decide."""
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    for kind in ("violations", "incomplete"):
        said = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found[kind]]
        assert said == [], kind


def press_is_under_the_thumb(page: Page, size: ViewportSize) -> None:
    """At least 72 px, whole on the screen, its middle in the lower half; the number beside it."""
    for selector, least in (("#press-button", 72), ("#press .emergency", 44)):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["height"] >= least
        assert box["y"] + box["height"] <= size["height"]
        assert box["y"] + box["height"] / 2 >= size["height"] / 2
