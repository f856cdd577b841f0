"""Rehearsals on a real page: off at first, one switch, one button, and nobody else's business."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.phones import phones
from tests.browser.whole_company import WHOLE
from tests.unit.takes.memories import SCORE, take

from collavoce.runtime.clock import wall_ns
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.takes.shelf import Kept, Shelf

pytestmark = [pytest.mark.browser, pytest.mark.process]

FORGOTTEN = "Forgotten. No take of yours is kept."


def test_a_player_allows_sees_how_many_forgets_and_takes_it_back_with_keys_alone(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        place = takes_place(them.care.show_dir, them.care.root / "apart")
        shelf = Shelf(place, lambda: wall_ns() * 1e-9)
        page = them.of("pianist")
        switch, kept = page.locator("#remember-on"), page.locator("#takes-kept")
        page.locator("#takes > summary").press("Enter")
        expect(kept).to_have_text("No take is kept.")
        expect(switch).not_to_be_checked()
        switch.press("Space")
        page.locator("#remember button").press("Enter")
        expect(page.locator("#remember .says")).to_have_text("Kept.")
        word = shelf.yes("pianist")
        assert word is not None
        assert shelf.keep("pianist", SCORE, Kept(1.0, take()), word.id)
        page.reload()
        page.locator("#takes > summary").press("Enter")
        expect(kept).to_have_text("Takes kept: 1.")
        expect(switch).to_be_checked()
        page.locator("#takes-forget").press("Enter")
        expect(page.locator("#takes-says")).to_have_text(FORGOTTEN)
        expect(kept).to_have_text("No take is kept.")
        expect(page.locator("#takes-forget")).to_be_focused()
        assert shelf.yes("pianist") is not None
        switch.press("Space")
        page.locator("#remember button").press("Enter")
        expect(page.locator("#remember .says")).to_have_text("Kept.")
        assert shelf.yes("pianist") is None


def test_whoever_does_not_perform_or_is_under_18_is_not_asked(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        for person in ("friend", "caller", "young"):
            expect(them.of(person).locator("#takes")).to_have_count(0)
