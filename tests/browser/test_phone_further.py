"""A further phone, as its owner goes through it: by number, by keyboard, by a code on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.phones import phones, says

pytestmark = [pytest.mark.browser, pytest.mark.process]


def number_on(page: Page) -> str:
    """The number a waiting phone shows."""
    number = page.locator("[data-number]").get_attribute("data-number") or ""
    assert len(number) == 2
    return number


def test_the_numbers_are_compared_and_a_yes_makes_it_mine(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        mine, friend = them.of("pianist"), them.of("friend")
        them.trusting(mine, friend)
        further = them.waiting("pianist")
        number = number_on(further)
        expect(further.locator("main")).to_contain_text("asks to be a phone of Yuna Park")
        expect(further.locator("body")).not_to_contain_text("Mira")
        asks = f"Another phone asks to be yours: number {number}."
        expect(mine.locator("#newcomers .says")).to_have_text(asks)
        expect(mine.locator("#shout")).to_have_text(asks)
        mine.get_by_role("button", name=f"Yes, number {number} is my phone").focus()
        mine.keyboard.press("Enter")
        says(further, "Press, and Mira Ortiz is called.")
        expect(mine.locator("#newcomers")).to_be_hidden()
        expect(mine.locator("#press-button")).to_be_focused()


def test_a_no_sends_the_other_phone_back_to_the_door(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path) as them:
        mine = them.of("pianist")
        further = them.waiting("pianist")
        mine.get_by_role("button", name=f"No, number {number_on(further)} is not my phone").click()
        expect(further.locator("#pairing")).to_have_text("This phone is not paired yet.")
        expect(further.get_by_role("link", name="Emergency 119")).to_be_visible()


def test_a_phone_that_waits_presses_all_the_same_also_through_a_cut(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        mine, friend = them.of("pianist"), them.of("friend")
        them.trusting(mine, friend)
        further = them.waiting("pianist")
        them.care.kill()
        further.locator("#press-button").click()
        says(further, "Not sent yet. Use your voice, or call 119. Trying on.")
        them.care.start()
        expect(friend.locator(".call .says")).to_have_text("Yuna Park needs someone.")
        says(
            further,
            "Kept. Whoever has agreed is called. This phone is not told who: "
            "use your voice too, or call 119.",
        )
        says(mine, "Kept. It is on the phone of Mira Ortiz.")


def test_the_code_on_paper_opens_a_new_phone_when_the_old_one_is_lost(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        lost, friend = them.of("pianist"), them.of("friend")
        them.trusting(lost, friend)
        lost.get_by_role("button", name="Show my code").click()
        expect(lost.locator("#recovery-code")).to_be_focused()
        paper = lost.locator("#recovery-code").inner_text()
        lost.get_by_role("button", name="It is written down").click()
        expect(lost.locator("#recovery")).to_be_hidden()
        assert paper not in lost.content()
        lost.close()
        found = them.waiting("pianist")
        field = found.get_by_label("No other phone any more? Your recovery code")
        field.fill(paper[:-1])
        field.press("Enter")
        expect(found.locator("#recover-says")).to_contain_text("not a whole code")
        field.fill(paper.lower())
        field.press("Enter")
        says(found, "Press, and Mira Ortiz is called.")
        expect(found.get_by_role("button", name="Show my code")).to_be_visible()
