"""The press from finger to "I am with them", on real phones' pages."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.phones import PATIENCE_MS, phones, says
from tests.browser.watching import Overheard, pass_time

pytestmark = [pytest.mark.browser, pytest.mark.process]

CANCEL_S = 10.0
"""So long a press can be taken back; then it can only be over."""


def call_on(page: Page) -> str:
    """The words of the one call on `page`."""
    return page.locator(".call .says").inner_text()


def test_pressed_kept_shown_coming_with(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path) as them:
        performer, friend, second = them.of("pianist"), them.of("friend"), them.of("second")
        them.trusting(performer, friend, second)
        says(performer, "Press, and Mira Ortiz is called.")
        performer.locator("#place").select_option(label="stage right")
        performer.locator("#press-button").click()
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        expect(performer.locator("#press-button")).to_have_text("Called")
        expect(friend.locator(".call .says")).to_have_text("Yuna Park needs someone.")
        expect(friend.locator(".call .where")).to_have_text("At stage right.")
        expect(friend.locator(".call .emergency")).to_have_attribute("href", "tel:119")
        friend.get_by_role("button", name="Coming", exact=True).click()
        says(performer, "Mira Ortiz is coming.")
        expect(friend.locator(".call .says")).to_have_text("You are coming to Yuna Park.")
        friend.get_by_role("button", name="I am with them").click()
        says(performer, "Mira Ortiz is with you.")
        expect(friend.locator(".call .says")).to_have_text("The call of Yuna Park is over.")
        friend.get_by_role("button", name="Put away").click()
        expect(friend.locator("#no-calls")).to_be_visible()
        expect(second.locator(".call")).to_have_count(0)
        performer.get_by_role("button", name="It is over").click()
        says(performer, "Press, and Mira Ortiz is called.")


def test_a_press_taken_back_in_time_says_so_at_both_ends(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        performer.locator("#press-button").click()
        expect(friend.locator(".call")).to_be_visible()
        performer.get_by_role("button", name="Take it back").click()
        says(performer, "Taken back.")
        expect(friend.locator(".call .says")).to_have_text("Yuna Park took the call back.")
        says(performer, "Press, and Mira Ortiz is called.")


def test_without_the_desk_it_says_not_sent_within_three_seconds_and_sends_when_it_can(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        them.care.kill()
        said = Overheard(performer, "#press-says")
        performer.locator("#press-button").click()
        pressed = time.monotonic()
        says(performer, "Not sent yet. Use your voice, or call 119. Trying on.")
        assert said.words()[1] == "Felt. Sending."
        expect(performer.locator("#link")).to_have_text("cut off")
        expect(performer.locator("#press .emergency")).to_be_visible()
        time.sleep(1.0)
        them.care.start()
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        waited = time.monotonic() - pressed
        age = friend.locator(".call .age").inner_text()
        assert age.endswith(" s ago")
        assert 3 <= int(age.split()[0]) <= waited + 1, "the age counts from the finger"
        assert performer.locator("#link").inner_text() == "connected"


def test_a_page_rings_once_for_a_call_through_restarts_and_reloads(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        performer.locator("#press-button").click()
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        expect(friend.locator("#shout")).to_contain_text("Yuna Park needs someone. Place not")
        friend.evaluate("document.getElementById('shout').textContent = 'as it was'")
        them.care.kill()
        expect(friend.locator("#link")).to_have_text("cut off", timeout=PATIENCE_MS)
        them.care.start()
        expect(friend.locator("#link")).to_have_text("connected", timeout=PATIENCE_MS)
        expect(friend.locator(".call")).to_have_count(1)
        assert friend.locator("#shout").inner_text() == "as it was"
        friend.reload()
        expect(friend.locator(".call .says")).to_have_text("Yuna Park needs someone.")
        expect(performer.locator("#press-says")).to_contain_text("Mira Ortiz")


def test_after_a_restart_the_place_is_known_again_from_the_pressers_page(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        performer.locator("#place").select_option(label="stage right")
        performer.locator("#press-button").click()
        expect(friend.locator(".call .where")).to_have_text("At stage right.")
        them.care.kill()
        performer.close()
        them.care.start()
        expect(friend.locator(".call .where")).to_have_text(
            "Place not said. The running order has stage left.", timeout=PATIENCE_MS
        )


def test_everything_is_done_by_keyboard_and_focus_is_never_lost(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        performer.reload()
        expect(performer.locator("#link")).to_have_text("connected")
        assert tabs_to(performer, "I need someone") <= 2, "first the sound, then the press"
        performer.keyboard.press("Enter")
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        expect(performer.locator("#press-button")).to_be_focused()
        expect(friend.locator(".call")).to_be_visible()
        friend.locator("#sound").focus()
        assert tabs_to(friend, "Coming") == 1, "whoever calls comes first"
        friend.keyboard.press("Enter")
        says(performer, "Mira Ortiz is coming.")
        expect(friend.locator(".call[data-is=coming]")).to_be_visible()
        assert focused(friend) == "I am with them", "the button under the focus went"
        pass_time(performer, CANCEL_S)
        expect(performer.locator("#over")).to_be_visible(timeout=PATIENCE_MS)
        assert tabs_to(performer, "It is over") == 1
        performer.keyboard.press("Enter")
        says(performer, "Press, and Mira Ortiz is called.")
        assert focused(performer) != "", "the button under the focus went, the focus did not"


def focused(page: Page) -> str:
    """The words of what has the focus, "" for nothing."""
    return page.evaluate(
        "document.activeElement === document.body ? '' : document.activeElement.textContent"
    )


def tabs_to(page: Page, words: str) -> int:
    """Walk to the control that says `words` with the Tab key; how many it took."""
    for tabs in range(1, 30):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return tabs
    raise AssertionError(f"no way to {words} by keyboard")


def test_a_code_is_shown_once_and_leaves_the_address(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path) as them:
        url = them.care.pairing("friend")["url"]
        first, late = them.stranger(), them.stranger()
        first.goto(url)
        expect(first.locator("#press-button")).to_be_visible()
        assert first.url == f"{them.care.url}/care/"
        late.goto(url)
        expect(late.locator("#pairing")).to_contain_text("Ask for a new one")
        assert late.url == f"{them.care.url}/care/"
        expect(late.get_by_role("link", name="Emergency 119")).to_be_visible()
