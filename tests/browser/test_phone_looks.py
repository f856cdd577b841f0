"""How the phone looks in each of its states: accessible, whole on one small screen.

Two checkers look at each state, in the dark look; the other two looks in the states that colour
most. The screenshots go to pytest's temporary folder (`pictures`), for eyes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.browser.checkers import axe_finds, sniffer_finds
from tests.browser.fits import UNROLLED, press_is_under_the_thumb, too_small
from tests.browser.phones import Phones, phones, says
from tests.browser.whole_company import WHOLE
from tests.process.care_house import make_circle, press_id

pytestmark = [pytest.mark.browser, pytest.mark.process]

SIZES: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 844},
    {"width": 320, "height": 568},
    {"width": 1024, "height": 768},
)

LOOKS = ("wings", "day")
GROUPS = ("people", "rules", "reached", "kept", "takes", "this-phone")


class Evening:
    """Phones with pages, and two of the same people by hand for what pages need not do."""

    def __init__(self, them: Phones) -> None:
        self.them = them
        self.pianist, self.mira = them.care.phone("pianist"), them.care.phone("friend")
        self.performer, self.friend = them.of("pianist"), them.of("friend")
        self.further = self.friend
        """a phone of the friend's that waits"""
        self.pages: dict[str, Page] = {}
        self.presses = 0

    def of(self, person: str) -> Page:
        """The one page of somebody else's."""
        if person not in self.pages:
            self.pages[person] = self.them.of(person)
        return self.pages[person]

    def trust(self) -> None:
        make_circle(self.pianist, {"friend": self.mira})
        says(self.performer, "Press, and Mira Ortiz is called.")

    def press(self) -> None:
        self.presses += 1
        assert self.pianist.act("Press", press=press_id(self.presses))["kept"]


@pytest.fixture(scope="module")
def evening(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with phones(chromium, tmp_path_factory.mktemp("looks"), **WHOLE) as them:
        yield Evening(them)


def door(it: Evening) -> Page:
    return it.them.stranger()


def alone(it: Evening) -> Page:
    says(it.performer, "Nobody of your people has agreed yet.")
    return it.performer


def told_alone(it: Evening) -> Page:
    assert it.pianist.act("WriteNear", kind="only", ids=["friend"])["kept"]
    it.press()
    says(it.performer, "Kept, but nobody of your people has agreed. Use your voice, or call 119.")
    assert it.pianist.act("WriteNear", kind="anyone")["kept"]
    return it.performer


def asked(it: Evening) -> Page:
    assert it.pianist.act("Over", press=press_id(it.presses))["kept"]
    assert it.pianist.act("WriteCircle", order=["friend", "second"], second_after=20)["kept"]
    expect(it.friend.locator("#asked")).to_contain_text("Yuna Park asks whether they may")
    return it.friend


def groups(it: Evening) -> Page:
    """Everything that is folded away, unfolded, and filled in."""
    page = it.performer
    assert it.pianist.act("WriteNear", kind="not", ids=["second"])["kept"]
    assert it.pianist.act("WriteWords", cancel="robin", duress="finch")["kept"]
    way = {"channel": "sms", "address": "+491701234567"}
    assert it.pianist.act("WriteContacts", contacts=[way])["kept"]
    for group in GROUPS:
        page.locator(f"#{group} > summary").click()
    expect(page.locator("#circle")).to_contain_text("asked, no answer yet")
    expect(page.locator("#near-kept-away")).to_have_text("By this rule not called: Ben Adler.")
    expect(page.locator("#contacts")).to_contain_text("Text message: +491701234567")
    page.locator("#log-show").click()
    expect(page.locator("#log-says")).to_have_text("Nobody was shown anything.")
    page.locator("#remember-on").check()
    page.locator("#remember button").click()
    expect(page.locator("#remember .says")).to_have_text("Kept.")
    page.locator("#takes-forget").click()
    expect(page.locator("#takes-says")).to_have_text("Forgotten. No take of yours is kept.")
    page.locator("#erase").click()
    expect(page.locator("#erase-not")).to_be_visible()
    return page


def ready(it: Evening) -> Page:
    it.performer.locator("#erase-not").click()
    for group in GROUPS:
        it.performer.locator(f"#{group} > summary").click()
    it.trust()
    return it.performer


def left_alone(it: Evening) -> Page:
    it.performer.locator("#alone-start").click()
    expect(it.performer.locator("#alone-says")).to_contain_text("Alone")
    it.performer.locator("#alone > details > summary").click()
    return it.performer


def trusted(it: Evening) -> Page:
    expect(it.friend.locator("#trusting .says")).to_contain_text("Yuna Park is alone")
    return it.friend


def shown(it: Evening) -> Page:
    it.performer.locator("#alone > details > summary").click()
    it.performer.locator("#alone-back").click()
    it.press()
    says(it.performer, "Kept. It is on the phone of Mira Ortiz.")
    return it.performer


def asked_for_the_word(it: Evening) -> Page:
    it.performer.locator("#cancel").click()
    expect(it.performer.locator("#word")).to_be_focused()
    return it.performer


def called(it: Evening) -> Page:
    expect(it.friend.locator(".call[data-is=open]")).to_be_visible()
    return it.friend


def coming(it: Evening) -> Page:
    it.mira.act("Coming", press=press_id(it.presses))
    says(it.performer, "Mira Ortiz is coming.")
    return it.performer


def on_the_way(it: Evening) -> Page:
    expect(it.friend.locator(".call[data-is=coming]")).to_be_visible()
    expect(it.friend.locator(".call .clear")).to_be_visible()
    return it.friend


def arrived(it: Evening) -> Page:
    it.mira.act("With", press=press_id(it.presses))
    says(it.performer, "Mira Ortiz is with you.")
    return it.performer


def over(it: Evening) -> Page:
    expect(it.friend.locator(".call[data-is=over]")).to_be_visible()
    return it.friend


def steward(it: Evening) -> Page:
    page = it.of("steward")
    page.locator("#zone").select_option("door4")
    page.locator("#raise-line").click()
    expect(page.locator("#breaches .says")).to_have_text("LINE. stage door 4.")
    page.locator("#stop").click()
    expect(page.locator("#stop-not")).to_be_visible()
    return page


def security(it: Evening) -> Page:
    page = it.of("security")
    expect(page.locator("#breaches .come")).to_be_visible()
    page.locator("#breaches summary").click()
    return page


def assistant(it: Evening) -> Page:
    page = it.of("assistant")
    page.locator("#ears-out").click()
    expect(page.locator("#ears-list")).to_contain_text("Yuna Park: ears out")
    return page


def medic(it: Evening) -> Page:
    it.friend.locator("#calls .dismiss").click()
    it.of("steward").locator("#stop-not").click()
    it.of("steward").locator("#medic").click()
    page = it.of("medic")
    expect(page.locator("#medics .take")).to_be_visible()
    return page


def this_phone(it: Evening) -> Page:
    it.friend.locator("#this-phone > summary").click()
    it.friend.locator("#people > summary").click()
    expect(it.friend.locator("#phones")).to_contain_text("2")
    return it.friend


def newcomer(it: Evening) -> Page:
    it.further = it.them.waiting("friend")
    expect(it.friend.locator("#newcomers")).to_be_visible()
    return it.friend


def waiting(it: Evening) -> Page:
    it.further.locator("#recovery-code").fill("not a code")
    it.further.get_by_role("button", name="Open", exact=True).click()
    expect(it.further.locator("#recover-says")).to_contain_text("not a whole code")
    return it.further


def waiting_pressed(it: Evening) -> Page:
    it.further.locator("#press-button").click()
    says(
        it.further,
        "Kept. Whoever has agreed is called. This phone is not told who: "
        "use your voice too, or call 119.",
    )
    return it.further


def recovery_code(it: Evening) -> Page:
    it.friend.get_by_role("button", name="Show my code").click()
    expect(it.friend.locator("#recovery-code")).to_be_focused()
    return it.friend


def young(it: Evening) -> Page:
    page = it.of("young")
    page.locator("#people > summary").click()
    expect(page.locator("#minor")).to_contain_text("Hana Seo and Ida Falk see whom you may call")
    return page


def cut_off(it: Evening) -> Page:
    it.them.care.kill()
    it.performer.locator("#press-button").click()
    says(it.performer, "Not sent yet. Use your voice, or call 119. Trying on.")
    expect(it.performer.locator("#link")).to_have_text("cut off")
    return it.performer


STATES: tuple[Callable[[Evening], Page], ...] = (
    door,
    alone,
    told_alone,
    asked,
    groups,
    ready,
    left_alone,
    trusted,
    shown,
    asked_for_the_word,
    called,
    coming,
    on_the_way,
    arrived,
    over,
    steward,
    security,
    assistant,
    medic,
    this_phone,
    newcomer,
    waiting,
    waiting_pressed,
    recovery_code,
    young,
    cut_off,
)
COLOURFUL = (groups, shown, called, on_the_way, security, cut_off)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_each_state_is_accessible_and_fits(
    evening: Evening, state: Callable[[Evening], Page], pictures: Path
) -> None:
    """The states come in the order of an evening; each is drawn in every size."""
    page = state(evening)
    for size in SIZES:
        page.set_viewport_size(size)
        page.wait_for_timeout(100)
        page.screenshot(path=pictures / f"phone-{state.__name__}-{size['width']}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert too_small(page) == []
        if state is not door:
            press_is_under_the_thumb(page, size)
    page.set_viewport_size(UNROLLED)
    assert axe_finds(page) == []
    assert sniffer_finds(page) == []
    for look in LOOKS if state in COLOURFUL else ():
        page.evaluate("look => { document.documentElement.dataset.look = look; }", look)
        page.screenshot(path=pictures / f"phone-{state.__name__}-{look}.png")
        assert axe_finds(page) == [], look
    page.evaluate("document.documentElement.dataset.look = 'dark'")


@pytest.mark.parametrize("size", [(320, 256), (640, 360)], ids=["400 %", "lying down"])
def test_zoomed_in_everything_is_reached_by_scrolling_one_way(
    chromium: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    """1280x1024 zoomed to 400 % is 320x256 CSS pixels (WCAG 2.2, 1.4.10)."""
    with phones(chromium, tmp_path, **WHOLE) as them:
        page = them.of("assistant")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for control in ("#press-button", "#raise-line", "#alone-start", "#people > summary"):
            page.locator(control).focus()
            page.wait_for_timeout(100)
            box = page.locator(control).bounding_box()
            assert box is not None
            assert 0 <= box["y"] < size[1], control


def test_nothing_moves_and_nothing_flashes(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        page = them.of("pianist")
        page.locator("#press-button").click()
        moving: list[str] = page.evaluate(
            "document.getAnimations().map((one) => one.effect.target.id)"
        )
        assert moving == []


def test_both_checkers_see_a_planted_mistake(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        page = them.stranger()
        page.evaluate(
            """() => {
              const field = document.createElement("input");
              document.querySelector("main").append(field, document.createElement("img"));
            }"""
        )
        assert any("label" in found for found in axe_finds(page))
        assert any("1_1_1" in found for found in sniffer_finds(page))
