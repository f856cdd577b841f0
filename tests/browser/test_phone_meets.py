"""Cues one meets, and hazards on places, on real pages: by keyboard, and seen by whom it should."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.checkers import axe_finds
from tests.browser.desk_server import DeskServer
from tests.browser.phones import phones
from tests.browser.whole_company import LINE, WHOLE

from collavoce.runtime.care.sheet import CueSheet, Meeting
from collavoce.show.commands import PointTo, SetRestrictions

pytestmark = [pytest.mark.browser, pytest.mark.process]

SHEET = CueSheet(
    cues=(("41", "LX", "Nocturne"), ("42", "FX", "Finale")),
    meetings=(Meeting("41", "LX", "Nocturne", ("strobe", "haze"), ("pianist", "second")),),
)
RULES = ("No fragrance backstage.",)
HOUSE: dict[str, Any] = {
    **WHOLE,
    "sheet": SHEET,
    "line": msgspec.structs.replace(LINE, house_rules=RULES),
}


def avoids(page: Page, *effects: str) -> None:
    kept = page.evaluate(
        "effects => import('/care/static/act.js')"
        ".then(({ tell }) => tell({ type: 'KeepAvoids', effects }))",
        list(effects),
    )
    assert kept["kept"], kept


def press(page: Page, name: str) -> None:
    """By keyboard: the button is reached, and pressed."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


def test_what_meets_my_card_is_on_my_page_alone_and_the_caller_is_let_know_by_keyboard(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **HOUSE) as them:
        performer, other = them.of("pianist"), them.of("second")
        expect(performer.locator("#meets")).to_be_hidden()
        avoids(performer, "strobe")
        row = performer.locator("#meets-rows > li")
        expect(row.locator(".says")).to_have_text(
            "cue 41 (LX, Nocturne): strobe, which your card avoids"
        )
        assert axe_finds(performer) == []
        press(performer, "Let the caller know of cue 41")
        expect(row.locator(".known")).to_be_visible()
        expect(performer.locator("#meets-says")).to_have_text("Kept.")
        # The button that was pressed is gone: what takes it back is where the hand is.
        expect(performer.get_by_role("button", name="Take it back: cue 41")).to_be_focused()
        performer.keyboard.press("Enter")
        expect(row.locator(".known")).to_be_hidden()
        expect(
            performer.get_by_role("button", name="Let the caller know of cue 41")
        ).to_be_focused()
        expect(other.locator("#meets")).to_be_hidden()
        avoids(performer)
        expect(performer.locator("#meets")).to_be_hidden()


def test_a_hazard_is_said_by_keyboard_seen_by_everybody_and_over_for_everybody(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **HOUSE) as them:
        steward, performer = them.of("steward"), them.of("pianist")
        expect(performer.locator("#house-rules")).to_have_text(RULES[0])
        expect(performer.locator("#raise-hazard")).to_be_hidden()
        steward.get_by_label("What", exact=True).select_option(label="Wet floor")
        steward.locator("#hazard-zone").select_option(label="stage door 4")
        press(steward, "Tell everybody")
        expect(steward.locator("#house-says")).to_have_text("Kept.")
        words = "Wet floor: stage door 4, 60 min more."
        expect(performer.locator("#hazards .says")).to_have_text(words)
        expect(performer.locator("#house-news")).to_have_text(words)
        assert axe_finds(steward) == []
        expect(performer.locator("#hazards button:visible")).to_have_count(0)
        press(steward, "It is over: Wet floor, stage door 4")
        expect(performer.locator("#hazards .says")).to_have_count(0)


def test_the_caller_sees_the_notice_on_the_cue_and_tells_of_a_hazard_by_keyboard(
    desk: DeskServer, page: Page
) -> None:
    words = "cue 2: a restriction on stage, ask the welfare lead"
    desk.do(desk.hand.begin)
    desk.do(lambda: desk.hand.act(SetRestrictions(("2",)), "wings"))
    row = page.locator('#list .row[data-cue="2"]')
    expect(row).to_contain_text("a restriction on stage, ask the welfare lead")
    expect(page.locator("#standby")).not_to_contain_text("restriction")
    desk.do(lambda: desk.hand.act(PointTo("2")))
    expect(page.locator("#standby")).to_contain_text(words)
    page.keyboard.press("l")
    page.locator('input[value="RaiseHazard"]').check()
    page.locator("#line-kind").select_option(label="Haze")
    page.locator("#line-zones button").nth(1).press("Enter")
    expect(page.locator("#line-rows")).to_contain_text(
        "Haze, stage right, to the dock, 60 min more"
    )
    over = page.get_by_role("button", name="Haze, stage right, to the dock: over")
    over.press("Enter")
    expect(page.locator("#line-rows")).not_to_contain_text("Haze")
    desk.do(lambda: desk.hand.act(SetRestrictions(()), "wings"))
    expect(page.locator("#standby")).not_to_contain_text("restriction")
