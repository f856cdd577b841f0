"""Away and back on real pages: by keyboard, in few presses, seen by those chosen, heard aloud."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.phones import phones
from tests.browser.whole_company import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.process]


def away(page: Page) -> None:
    page.locator("#quiet-nav").get_by_role("link", name="Away").press("Enter")
    expect(page.locator("#link")).to_have_text("connected")


def test_done_away_words_and_back_by_keyboard_and_seen_by_those_chosen(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        mine, friend, second = (them.of(p) for p in ("pianist", "friend", "second"))
        away(mine)
        # Done: one press; back: one press, and the focus stays where a next press can be.
        mine.locator("#away-done").press("Enter")
        expect(mine.locator("#away-is")).to_contain_text("not available, no date")
        mine.locator("#away-back").press("Enter")
        expect(mine.locator("#away-is")).to_contain_text("You are there")
        expect(mine.locator("#away-done")).to_be_focused()
        # Away, and words for one.
        mine.locator("#away-step button").press("Enter")
        expect(mine.locator("#away-is")).to_contain_text("You are not called for others.")
        mine.get_by_label("My words for them").fill("Please don't worry, keep singing.")
        mine.locator("#away-words-form summary").press("Enter")
        mine.locator("#away-readers").get_by_label("Mira Ortiz").press("Space")
        expect(mine.locator("#away-words-form summary")).to_have_text("Seen by: Mira Ortiz")
        mine.locator("#away-words-form button").first.press("Enter")
        expect(mine.locator("#away-words-form .says")).to_have_text("Kept.")
        expect(friend.locator("#gone-part")).to_contain_text("Yuna Park chose to be away")
        expect(second.locator("#gone-part")).to_be_hidden()
        away(friend)
        friend.get_by_role("button", name="Read what Yuna Park wrote").press("Enter")
        expect(friend.locator("#gone-list")).to_contain_text("keep singing")
        # Withdrawn in one press.
        mine.locator("#away-words-none").press("Enter")
        expect(friend.locator("#gone-none")).to_be_visible()


def test_the_way_back_begins_with_nothing_and_is_walked_either_way(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        mine = them.of("pianist")
        away(mine)
        expect(mine.locator("#way-steps-part")).to_be_hidden()
        expect(mine.locator("#way-text")).to_have_value("")
        mine.locator("#way-begin").press("Enter")
        mine.locator("#way-text").press("Control+End")
        mine.keyboard.type("\nthe roof")
        mine.locator("#way-form button").nth(1).press("Enter")
        expect(mine.locator("#way-form .says")).to_have_text("Kept.")
        expect(mine.get_by_role("radio", name="I do not say")).to_be_checked()
        mine.get_by_role("radio", name="I do not say").press("ArrowUp")
        expect(mine.get_by_role("radio", name="the roof")).to_be_checked()
        mine.get_by_role("radio", name="the roof").press("ArrowUp")
        expect(mine.locator("#way-stand .says")).to_have_text("Kept.")
        mine.reload()
        expect(mine.get_by_role("radio", name="a small audience")).to_be_checked()
        # What they do again is said by a press of its own, and by no step.
        expect(mine.locator("#away-is")).to_contain_text("You are there")
        mine.locator("#part-performs").press("Space")
        mine.locator("#way-part button").press("Enter")
        expect(mine.locator("#away-is")).to_have_text("Shown is: rehearses, does not perform.")
        mine.set_viewport_size({"width": 320, "height": 640})
        wide = mine.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320
