"""A real Chromium, a desk that is really served, a show that runs in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import KEY, FakeStagehand
from tests.browser.little_show import score

from collavoce.runtime.clock import LiveClock
from collavoce.score import Score
from collavoce.score.engraving import Engraving

PATIENCE_MS = 10_000

SIZES = ((1440, 900), (1024, 768), (390, 844), (320, 568))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's own Chromium, quiet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def written() -> tuple[Score, Engraving]:
    """The bundled piece, read and drawn once."""
    return score()


@pytest.fixture
def desk(written: tuple[Score, Engraving]) -> Iterator[DeskServer]:
    """A served desk; its show is open, no number has begun."""
    server = DeskServer(lambda: FakeStagehand(written, LiveClock.start()))
    yield server
    server.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has never been here, on a desk-sized screen."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(desk: DeskServer, tab: BrowserContext) -> Page:
    """The caller's page, opened with the key as the terminal prints it."""
    opened = tab.new_page()
    opened.clock.install()  # so that a test can let the page's time stand
    opened.goto(f"{desk.url}/open#{KEY}")
    opened.wait_for_url(f"{desk.url}/")
    opened.wait_for_selector("body:not([data-loading])")
    return opened


@pytest.fixture
def running(desk: DeskServer, page: Page) -> Page:
    """The caller's page in the fifth bar of the first number."""
    desk.do(desk.hand.begin)
    page.wait_for_selector("body[data-music=page]")
    for quarter in (0.2, 1.0, 3.2, 5.1, 9.0, 14.3):
        desk.do(lambda quarter=quarter: desk.hand.hear(quarter, remaining=247.0 - quarter))
    expect(page.locator("#go-cue")).to_have_text("LX 6")
    expect(page.locator("#bar")).to_have_text("5")
    return page


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the screenshots of this run are kept for whoever wants to look."""
    return tmp_path_factory.mktemp("pictures")
