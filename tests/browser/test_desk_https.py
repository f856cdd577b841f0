"""The desk over HTTPS, in a browser that trusts the house's own authority."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.checkers import axe_finds
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import KEY, FakeStagehand
from tests.browser.trusting import taught, trusting
from tests.browser.watching import until

from collavoce.runtime.clock import LiveClock
from collavoce.score import Score
from collavoce.score.engraving import Engraving
from collavoce.show.commands import Go

pytestmark = pytest.mark.browser

PATIENCE_MS = 15_000
QUARTERS = (0.2, 1.0, 3.2, 5.1, 9.0, 14.3)
LOOKS_ON = "Whoever opens this link sees the desk and can only report at the line."


@dataclass
class Desks:
    """A served desk, and browsers that know it by its link only."""

    server: DeskServer
    browser: Browser

    def opened(self, link: str) -> Page:
        """A browser that has never been here, at `link`."""
        context = self.browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(link)
        page.wait_for_url(f"{self.server.url}/")
        page.wait_for_selector("body:not([data-loading])")
        return page


@pytest.fixture
def desks(chromium: Browser, written: tuple[Score, Engraving], tmp_path: Path) -> Iterator[Desks]:
    """A desk over TLS; its first number is in its fifth bar."""
    made = taught(tmp_path / "certificates", "127.0.0.1")
    server = DeskServer(lambda: FakeStagehand(written, LiveClock.start()), made)
    try:
        with trusting(chromium, made.certificate) as browser:
            yield Desks(server, browser)
    finally:
        server.close()


@pytest.fixture
def page(desks: Desks) -> Page:
    """The caller's page, opened with the link as the terminal prints it."""
    return desks.opened(f"{desks.server.url}/open#{KEY}")


def in_the_fifth_bar(desks: Desks, page: Page) -> None:
    hand = desks.server.hand
    desks.server.do(hand.begin)
    page.wait_for_selector("body[data-music=page]")
    for quarter in QUARTERS:
        desks.server.do(lambda quarter=quarter: hand.hear(quarter, remaining=247.0 - quarter))


def tabbed_to(page: Page, selector: str) -> None:
    """Reach `selector` by the Tab key, as a hand without a mouse does."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def link_shown(page: Page) -> str:
    """The link in the dialog, once there is one."""
    expect(page.locator("#desk-link")).not_to_be_empty()
    return page.locator("#desk-link").inner_text()


def test_the_desk_opens_streams_and_goes(desks: Desks, page: Page) -> None:
    assert page.url == f"{desks.server.url}/", "the key is out of the address"
    [cookie] = page.context.cookies()
    kept = {part: cookie.get(part) for part in ("name", "path", "secure", "httpOnly")}
    assert kept == {
        "name": "__Host-collavoce_desk",
        "path": "/",
        "secure": True,
        "httpOnly": True,
    }
    in_the_fifth_bar(desks, page)
    expect(page.locator("#bar")).to_have_text("5")
    expect(page.locator("#go-cue")).to_have_text("LX 6")
    page.keyboard.press("Space")
    expect(page.locator("#go-cue")).to_have_text("VID 6.5")
    asked = [command for command, _, _ in desks.server.hand.asked]
    assert [command.cue for command in asked if isinstance(command, Go)] == ["6"]


def test_a_desk_that_looks_on_is_let_in_by_keyboard_alone(desks: Desks, page: Page) -> None:
    tabbed_to(page, "#open-phones")
    page.keyboard.press("Enter")
    tabbed_to(page, "#desk-assistant")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-said")).to_have_text(LOOKS_ON)
    link = link_shown(page)
    assert link.startswith(f"{desks.server.url}/open#")
    assert axe_finds(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#phones")).to_be_hidden()
    expect(page.locator("#desk-link")).to_be_empty()
    looking_on = desks.opened(link)
    in_the_fifth_bar(desks, page)
    expect(looking_on.locator("#bar")).to_have_text("5")
    looking_on.keyboard.press("Space")
    expect(looking_on.locator("#said")).not_to_be_empty()
    assert [c for c, _, _ in desks.server.hand.asked if isinstance(c, Go)] == []


def test_every_other_desk_is_signed_out_by_keyboard_alone(desks: Desks, page: Page) -> None:
    other = desks.opened(f"{desks.server.url}/open#{KEY}")
    tabbed_to(page, "#open-phones")
    page.keyboard.press("Enter")
    tabbed_to(page, "#desk-sign-out")
    page.keyboard.press("Enter")
    link = link_shown(page)
    assert axe_finds(page) == []
    until(other, "async () => (await fetch('/plan.json')).status", 401)
    in_the_fifth_bar(desks, page)
    page.keyboard.press("Escape")
    expect(page.locator("#bar")).to_have_text("5")
    assert other.locator("#bar").inner_text() != "5", "its stream was cut"
    tabbed_to(page, "#go")
    page.keyboard.press("Space")
    expect(page.locator("#go-cue")).to_have_text("VID 6.5")
    void = other.context.new_page()
    void.goto(f"{desks.server.url}/open#{KEY}")
    expect(void.locator("#door")).not_to_be_empty()
    until(void, "location.pathname", "/open")
    assert desks.opened(link).url == f"{desks.server.url}/"
