"""The day after on a real page: quiet, in their own words, put away with one tap."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.phones import phones
from tests.browser.whole_company import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.process]


def test_an_hour_is_chosen_kept_and_taken_away_and_nothing_stands_before(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        page = them.of("pianist")
        page.locator("#kept > summary").click()
        expect(page.get_by_label("Hour")).to_have_value("")
        page.get_by_label("Hour").fill("11:00")
        page.locator("#after-hour button").click()
        expect(page.locator("#after-hour .says")).to_have_text("Kept.")
        page.reload()
        page.locator("#kept > summary").click()
        expect(page.get_by_label("Hour")).to_have_value("11:00")
        expect(page.locator("#after-offer")).to_be_hidden()
        page.get_by_label("Hour").fill("")
        page.locator("#after-hour button").click()
        expect(page.locator("#after-hour .says")).to_have_text("Kept.")


def test_the_offer_shows_their_own_words_and_goes_with_one_tap(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        page = them.of("pianist")
        page.locator("#kept > summary").click()
        page.locator("#after").fill("Tea.\nCall Mira.")
        page.locator("#aftercare button").click()
        expect(page.locator("#aftercare .says")).to_have_text("Kept.")
        page.evaluate("import('/care/static/after.js').then((after) => { after.showAfter(true); })")
        expect(page.locator("#after-words")).to_have_text("Tea.\nCall Mira.")
        page.get_by_role("button", name="Put away", exact=True).click()
        expect(page.locator("#after-offer")).to_be_hidden()
        expect(page.locator("#after-words")).to_have_text("")
