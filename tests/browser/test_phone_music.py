"""The page of a person's music, on real phones: marks by keyboard, two who are found, the knock."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.checkers import axe_finds, sniffer_finds
from tests.browser.phones import phones
from tests.browser.whole_company import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.process]

SHOW = {**WHOLE, "pieces": (("ballad", "The Ballad"), ("growl", "The Growl"))}
FOUND = "[{ who: 'second', topic: 'A'.repeat(22), kind: 'not_mine', piece: 'growl' }]"


def music(page: Page) -> Page:
    page.get_by_role("link", name="Music", exact=True).click()
    expect(page.locator("#link")).to_have_text("connected")
    return page


def accessible(page: Page) -> None:
    """Two opinions, and no scrolling sideways on the smallest phone."""
    page.set_viewport_size({"width": 390, "height": 6000})
    assert axe_finds(page) == []
    assert sniffer_finds(page) == []
    page.set_viewport_size({"width": 320, "height": 568})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_mark_is_written_ticked_changed_and_erased_by_keyboard_alone(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **SHOW) as them:
        ben, page = music(them.of("second")), music(them.of("pianist"))
        expect(page.locator("#marks-none")).to_be_visible()
        page.locator("#mark-kind").focus()
        page.keyboard.type("I would")
        page.keyboard.press("Tab")
        page.keyboard.type("The Ballad")
        page.keyboard.press("Tab")
        page.keyboard.type("sing it once, slowly")
        for key in ("Tab", "Tab", "Enter"):
            page.keyboard.press(key)
        expect(page.locator("#mark .says")).to_have_text("Kept.")
        mark = page.locator("#marks > li")
        expect(mark).to_contain_text("I would like to: The Ballad")
        expect(mark).to_contain_text("Nobody else may read it.")
        mark.get_by_role("button", name="May be found for this").press("Enter")
        expect(page.locator("#marks-says")).to_contain_text("until the quarter hour")
        expect(page.locator("#ticks")).to_contain_text("I would like to: The Ballad")
        page.reload()
        take_back = mark.get_by_role("button", name="Take the tick back")
        take_back.press("Enter")
        expect(page.locator("#marks-says")).to_have_text("Taken back.")
        assert page.evaluate("document.activeElement !== document.body"), "the focus is kept"
        page.locator("#same-here summary").click()
        accessible(page)
        mark.get_by_role("button", name="Change").press("Enter")
        expect(page.locator("#mark-words")).to_have_value("sing it once, slowly")
        page.locator("#mark-to").select_option(label="One person")
        page.locator("#mark-person").select_option(label="Ben Adler")
        page.locator("#mark button[type=submit]").press("Enter")
        expect(mark).to_contain_text("Ben Adler may read it.")
        ben.get_by_role("button", name="Show what was given to me").click()
        expect(ben.locator("#given")).to_contain_text("sing it once, slowly")
        mark.get_by_role("button", name="Let nobody read it").press("Enter")
        expect(mark).to_contain_text("Nobody else may read it.")
        ben.get_by_role("button", name="Show what was given to me").click()
        expect(ben.locator("#given-says")).to_contain_text("Nothing was given")
        expect(ben.locator("#given")).to_be_empty()
        mark.get_by_role("button", name="Erase", exact=True).press("Enter")
        mark.get_by_role("button", name="Erase it for good").press("Enter")
        expect(page.locator("#marks")).to_be_empty()
        expect(page.locator("#marks-none")).to_be_visible()


def test_a_knock_is_heard_and_names_come_to_both_when_both_have_chosen(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **SHOW) as them:
        here, above = them.of("second"), them.of("pianist")
        music(here).locator("#here-place").select_option(label="stage door 4")
        here.get_by_role("button", name="I am here, and may be knocked at").click()
        expect(here.locator("#here-is")).to_have_text("You may be knocked at: stage door 4.")
        music(above).locator("#knock-place").select_option(label="stage door 4")
        above.get_by_label("With my name, if they choose theirs too").check()
        above.get_by_role("button", name="I hear you").click()
        expect(above.locator("#knocking .says")).to_have_text("Knocked.")
        heard = here.locator("#knocks > li")
        expect(heard).to_contain_text("Somebody knocked: stage door 4.")
        expect(heard).not_to_contain_text("Yuna")
        accessible(here)
        heard.get_by_role("button", name="Come down if you like").click()
        expect(above.locator("#knocks")).to_contain_text("Answer: come down if you like.")
        expect(heard).not_to_contain_text("Yuna")
        here.get_by_label("With my name, if they chose theirs").check()
        heard.get_by_role("button", name="Come down if you like").click()
        expect(above.locator("#knocks")).to_contain_text("Ben Adler: come down if you like.")
        expect(heard).to_contain_text("Yuna Park knocked")
        above.goto(f"{them.care.url}/care/")
        expect(above.locator("#music-said")).to_have_text("Your knock was answered.")
        heard.get_by_role("button", name="Put away").click()
        expect(heard).to_have_count(0)


def test_whom_they_were_told_of_stands_on_both_pages_and_goes_with_one_tap(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **SHOW) as them:
        page = them.of("pianist")
        expect(page.locator("#music-lines")).to_be_hidden()
        shows = f"m.showMusicLines({{ found: {FOUND} }})"
        page.evaluate(f"import('/care/static/music_lines.js').then((m) => {shows})")
        expect(page.locator("#music-said")).to_have_text(
            "Ben Adler and you have both ticked the same."
        )
        music(page)
        page.evaluate(f"import('/care/static/found.js').then((m) => m.showFound({FOUND}))")
        expect(page.locator("#found-both")).to_contain_text(
            "Ben Adler and you have both ticked this. Not mine: The Growl"
        )
        accessible(page)
        page.locator("#found-both").get_by_role("button", name="Put away").click()
        expect(page.locator("#found-says")).to_have_text("")
