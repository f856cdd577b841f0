"""Draws the pictures of the documents anew: the caller's desk, what opens over it, cue lights.

    python -m tests.browser.document_pictures

They are looked at before they are committed; no test compares them.
"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import KEY, FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.browser.little_show import score

from collavoce.desk.stagehand import BADGE_COOKIE, Happening
from collavoce.runtime.clock import LiveClock
from collavoce.runtime.telling import tell, worth_telling
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    CallStandby,
    Go,
    GoTo,
    NotClear,
    StartTimer,
)
from collavoce.show.told.event import Sending

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "pictures"
SETTLE_MS = 2500


class Told(FakeStagehand):
    """Tells what happened in the words of a real desk."""

    def recent(self) -> list[Happening]:
        return [
            Happening(seq, f"20:14:{seq % 60:02d}", tell(event, self.show, str))
            for seq, event in enumerate(self.events, 1)
            if worth_telling(event)
        ][-8:]


def act(desk: DeskServer, *commands: AnyCommand) -> None:
    """Let the caller say each."""
    for command in commands:
        desk.do(lambda command=command: desk.hand.act(command))


def draw_desk(desk: DeskServer, page: Page) -> None:
    """The caller's desk in the music, a standby answered; then the history and the set list."""
    desk.hand.sends = (Sending("sacn", "cyc warm 45, piano 35", 0.3),)
    desk.do(lambda: desk.hand.begin("nocturne"))
    page.wait_for_selector("body[data-music=page]")
    for quarter in (0.2, 1.0, 3.2, 5.1, 9.0, 14.3):
        desk.do(lambda quarter=quarter: desk.hand.hear(quarter, remaining=224.0))
    act(desk, CallStandby("6"), Acknowledge("6", "lena"), StartTimer("stage"))
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=DOCS / "desk.png")
    for key, name in (("i", "history"), ("o", "set-list")):
        page.keyboard.press(key)
        page.wait_for_timeout(600)
        page.locator("dialog[open]").screenshot(path=PICTURES / f"{name}.png")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


def draw_override(desk: DeskServer, page: Page) -> None:
    """Somebody is not clear, a hazard waits for its operator's word."""
    desk.do(lambda: desk.hand.begin(STORM))
    act(desk, GoTo("3A"), Go("3A"), GoTo("1A"), CallStandby("1A"), Acknowledge("1A", "lena"))
    act(desk, NotClear("1A", "mina", "the way is not free"))
    page.wait_for_timeout(SETTLE_MS)
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_contain_text("overrides")
    page.screenshot(path=PICTURES / "not-clear.png")


def draw_lights(desk: DeskServer, browser: Browser) -> None:
    """A phone as a cue light, asked, ready and told to go."""
    tab = browser.new_context(viewport={"width": 390, "height": 700})
    tab.add_cookies([{"name": BADGE_COOKIE, "value": "badge-of-mina", "url": desk.url}])
    page = tab.new_page()
    page.goto(f"{desk.url}/crew")
    act(desk, GoTo("2A"))
    for name, command in (
        ("standby", CallStandby("2A")),
        ("ready", Acknowledge("2A", "mina")),
        ("go", Go("2A")),
    ):
        act(desk, command)
        page.wait_for_timeout(800)
        page.screenshot(path=PICTURES / f"cue-light-{name}.png")


def main() -> None:
    """Draw all of them."""
    PICTURES.mkdir(exist_ok=True)
    written = score()
    desk = DeskServer(lambda: Told(written, LiveClock.start(), full_show(written)))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{desk.url}/open#{KEY}")
            page.wait_for_selector("body:not([data-loading])")
            draw_desk(desk, page)
            draw_override(desk, page)
            draw_lights(desk, browser)
            browser.close()
    finally:
        desk.close()


if __name__ == "__main__":
    main()
