"""The pages of the quiet half in each of their states: accessible, whole on the smallest screen.

Empty, filled, refused, with a call and a press standing on them, cut off from the desk. Two
checkers look at each page empty and full, with every fold open; the other two looks as well.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.browser.checkers import axe_finds, sniffer_finds
from tests.browser.fits import (
    UNROLLED,
    by_colour_alone,
    press_is_under_the_thumb,
    sideways,
    too_small,
    under_the_press,
)
from tests.browser.phones import Phones, phones
from tests.browser.whole_company import WHOLE
from tests.process.care_house import make_circle, press_id

pytestmark = [pytest.mark.browser, pytest.mark.process]

PAGES = ("card", "checkin", "away", "letters", "music", "ear")
SMALL: ViewportSize = {"width": 320, "height": 568}
SIZES: tuple[ViewportSize, ...] = (SMALL, {"width": 390, "height": 844})
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""1280x1024 at 400 % (WCAG 2.2, 1.4.10)."""

CONTENT_PX_MIN = 290
"""Of the 568 px of the smallest screen: what is left between the head and the press."""

LINES_MAX = 3
"""An introduction on the smallest screen; what is longer is folded."""

LOOKS = ("wings", "day")
COLOURFUL = ("away", "letters", "music")
"""What any of the six colours is on these."""

SHOW = {**WHOLE, "pieces": (("ballad", "The Ballad"), ("growl", "The Growl"))}


class House:
    """One person's page, and the people round them by hand."""

    def __init__(self, them: Phones) -> None:
        self.care = them.care
        self.me, self.friend, self.second = map(self.care.phone, ("pianist", "friend", "second"))
        self.page = them.of("pianist")

    def opened(self, name: str) -> Page:
        """Their page `name`, linked and at rest."""
        self.page.goto(f"{self.care.url}/care/{name}")
        expect(self.page.locator("#link")).to_have_text("connected")
        return self.page

    def fill(self) -> None:
        """Something of everything."""
        make_circle(self.me, {"friend": self.friend})
        make_circle(self.second, {"pianist": self.me})
        mark = {"piece": "growl", "title": "", "words": "not for me", "to": ""}
        note = {"to": "pianist", "words": "See you.", "after": 0}
        letter = {"way": "asked", "day": "", "at": "", "told": True, "words": "Sing."}
        for phone, act, fields in (
            (self.me, "KeepField", {"field": "helps", "words": "Quiet."}),
            (self.me, "ShareFields", {"fields": ["helps"], "person": "friend", "until": ""}),
            (self.second, "KeepField", {"field": "touch", "words": "Ask first."}),
            (self.second, "ShareFields", {"fields": ["touch"], "person": "pianist", "until": ""}),
            (self.me, "AddRule", {"rule": "r" * 22, "answers": ["tired"], "persons": ["friend"]}),
            (self.me, "StepAway", {"until": "", "shown": False, "called": True}),
            (self.me, "WriteAway", {"words": "Soon.", "readers": ["friend"], "dated": False}),
            (self.me, "WriteWay", {"steps": ["the roof"], "where": 0, "readers": ["friend"]}),
            (self.me, "WriteLetter", {"letter": "l" * 22, "to": "friend", **letter}),
            (self.friend, "SendNote", {"note": "n" * 22, **note}),
            (self.me, "WriteMark", {"id": "m" * 22, "kind": "not_mine", **mark}),
            (self.me, "BeHere", {"place": "left"}),
            (self.me, "KeepEarWords", {"cue": "", "words": "Breathe."}),
        ):
            answer = phone.act(act, **fields)
            assert answer["kept"], (act, answer)


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with phones(chromium, tmp_path_factory.mktemp("quiet"), **SHOW) as them:
        yield House(them)


def unfolded(page: Page) -> Page:
    """Every fold open; of the fields of a card, which are all alike, one."""
    page.evaluate(
        """() => {
          for (const fold of document.querySelectorAll("details"))
            fold.open = !fold.closest(".field") || fold.closest("[data-field=touch]") !== null;
        }"""
    )
    return page


def accessible(page: Page) -> None:
    """Two opinions on the whole page."""
    page.set_viewport_size(UNROLLED)
    assert axe_finds(page) == []
    assert sniffer_finds(page) == []
    assert by_colour_alone(page) == []


def fits(page: Page, sizes: tuple[ViewportSize, ...] = SIZES) -> None:
    for size in sizes:
        page.set_viewport_size(size)
        assert sideways(page) <= 0
        assert too_small(page) == []
        if size != ZOOMED:
            press_is_under_the_thumb(page, size)
        assert under_the_press(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_empty_it_leaves_the_screen_to_the_page_and_reads_in_a_few_lines(
    house: House, name: str, pictures: Path
) -> None:
    page = house.opened(name)
    page.set_viewport_size(SMALL)
    page.screenshot(path=pictures / f"quiet-{name}-empty.png")
    left, lines, heading = page.evaluate(
        """() => {
          const box = (selector) => document.querySelector(selector).getBoundingClientRect();
          const lines = (node) => {
            const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(node);
            const high = node.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
            return Math.round(high / parseFloat(lineHeight));
          };
          const left = box("#press").top - box("#quiet-nav").bottom;
          const said = [...document.querySelectorAll("main p.soft")];
          const longest = Math.max(...said.filter((one) => one.checkVisibility()).map(lines));
          return [left, longest, document.title];
        }"""
    )
    assert left >= CONTENT_PX_MIN
    assert lines <= LINES_MAX
    assert heading.startswith(page.locator("h1").text_content() or "?")
    fits(page)
    accessible(page)


FULL: dict[str, Callable[[Page], None]] = {}
"""page -> what is asked of it that is refused, after it was filled."""


def refused(name: str) -> Callable[[Callable[[Page], None]], None]:
    return lambda ask: FULL.__setitem__(name, ask)


@refused("card")
def share_nothing(page: Page) -> None:
    expect(page.locator("#readers")).to_contain_text("Mira Ortiz may read: What helps.")
    touch = page.locator('.field[data-field="touch"]')
    touch.get_by_label("Mira Ortiz", exact=True).check()
    touch.locator(".keep").press("Enter")
    expect(touch.locator(".says")).to_have_text(
        "Touch is not kept. Only what is written can be shared."
    )


@refused("checkin")
def add_an_empty_rule(page: Page) -> None:
    expect(page.locator("#own-rules")).to_contain_text("If I say tired, tell Mira Ortiz")
    page.locator("#new-rule button").press("Enter")
    expect(page.locator("#new-rule .says")).to_contain_text("Choose at least one answer")


@refused("away")
def name_a_day_that_is_past(page: Page) -> None:
    expect(page.locator("#away-is")).to_contain_text("You are called for others all the same.")
    expect(page.locator("#way-form summary")).to_have_text("Seen by: Mira Ortiz")
    page.locator("#away-until").fill("2020-01-01")
    page.locator("#away-step button").press("Enter")
    expect(page.locator("#away-step .says")).to_contain_text("is today or later")


@refused("letters")
def wait_for_a_key_nobody_holds(page: Page) -> None:
    expect(page.locator("#letters-mine")).to_contain_text("Draft to Mira Ortiz")
    expect(page.locator("#notes-given")).to_contain_text("From Mira Ortiz")
    page.locator("#letter-to").select_option(label="Mira Ortiz")
    page.locator("#letter-way").select_option("key")
    page.locator("#letter-words").fill("Keep singing.")
    page.locator("#letter-keep").press("Enter")
    expect(page.locator("#letter .says")).to_contain_text("there is none here yet")


@refused("music")
def wish_for_nothing(page: Page) -> None:
    expect(page.locator("#marks")).to_contain_text("Not mine: The Growl")
    expect(page.locator("#song-offer")).to_be_hidden()
    page.locator("#mark-kind").select_option("like")
    page.locator("#mark button[type=submit]").press("Enter")
    expect(page.locator("#mark .says")).to_have_text("Say what you would like.")


@refused("ear")
def keep_silence(page: Page) -> None:
    expect(page.locator("#ear-lines")).to_contain_text("typed words")
    page.locator("#ear-new button[type=submit]").press("Enter")
    expect(page.locator("#ear-new-says")).to_have_text("Record, choose a file or type words first.")


@pytest.mark.parametrize("name", PAGES)
def test_filled_and_refused_it_is_accessible_in_every_look(
    house: House, name: str, pictures: Path
) -> None:
    if name == PAGES[0]:
        house.fill()
    page = unfolded(house.opened(name))
    FULL[name](page)
    fits(page, (*SIZES, ZOOMED))
    accessible(page)
    for look in LOOKS if name in COLOURFUL else ():
        page.evaluate("look => { document.documentElement.dataset.look = look; }", look)
        page.screenshot(path=pictures / f"quiet-{name}-{look}.png")
        assert axe_finds(page) == [], look


@pytest.mark.parametrize("name", PAGES)
def test_a_call_comes_first_and_takes_neither_focus_nor_words(
    house: House, name: str, pictures: Path
) -> None:
    """Somebody writes there when they are called: the call is said, what they write stays."""
    press = press_id(1 + PAGES.index(name))
    make_circle(house.second, {"pianist": house.me})
    page = unfolded(house.opened(name))
    page.set_viewport_size(SMALL)
    field = page.locator("main textarea:visible, main input.long:visible, main input:visible").last
    field.focus()
    here = page.evaluate("document.activeElement.id")
    assert house.second.act("Press", press=press)["kept"]
    expect(page.locator(".call[data-is=open]")).to_be_visible()
    expect(page.locator("#shout")).to_contain_text("Ben Adler needs someone")
    assert page.evaluate("document.activeElement.id") == here
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=pictures / f"quiet-{name}-called.png")
    coming, press_at = (
        page.locator(one).bounding_box() for one in (".call[data-is=open] .coming", "#press")
    )
    assert coming is not None
    assert press_at is not None
    assert coming["y"] + coming["height"] <= press_at["y"], "the answer is above the press"
    if name == PAGES[0]:
        page.locator("#press-button").press("Enter")
        expect(page.locator("#press-says")).to_contain_text("Kept.")
        accessible(page)
        assert house.me.act("Over", press=page_press(house))["kept"]
    assert house.second.act("Over", press=press)["kept"]


def page_press(house: House) -> str:
    return house.me.view()["press"]["press"]


def test_cut_off_it_says_so_and_what_was_typed_stays(house: House, pictures: Path) -> None:
    page = unfolded(house.opened("letters"))
    page.locator("#letter-to").select_option(label="Mira Ortiz")
    page.locator("#letter-words").fill("Keep singing.")
    house.care.kill()
    expect(page.locator("#link")).to_have_text("cut off")
    page.locator("#letter-keep").press("Enter")
    expect(page.locator("#letter .says")).to_contain_text("Not sent: the desk does not answer.")
    expect(page.locator("#letter-words")).to_have_value("Keep singing.")
    page.screenshot(path=pictures / "quiet-cut-off.png")
    fits(page, (SMALL,))
    assert by_colour_alone(page) == []
