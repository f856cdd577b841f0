"""A demo on real pages and a real care process: brought, heard, linked, joined, put in the set."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.checkers import axe_finds, sniffer_finds
from tests.browser.phones import phones
from tests.browser.watching import until
from tests.browser.whole_company import WHOLE
from tests.unit.care.song_sounds import CANARY, wav

pytestmark = [pytest.mark.browser, pytest.mark.process]

BRINGS_MS = 30_000
MIRA = "Mira Ortiz"


def music(page: Page) -> None:
    page.goto(page.url.partition("/care/")[0] + "/care/music")
    expect(page.locator("#link")).to_have_text("connected")


def check_page(page: Page) -> None:
    """Two opinions, and no scrolling sideways on the smallest phone."""
    page.set_viewport_size({"width": 390, "height": 6000})
    assert axe_finds(page) == []
    assert sniffer_finds(page) == []
    page.set_viewport_size({"width": 320, "height": 568})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def hears_once(phone: Page, url: str) -> None:
    """The link plays on a page of this phone, and when it is opened again it says so."""
    listener = phone.context.new_page()
    listener.goto(url)
    assert "#" not in listener.url, "the secret leaves the address bar"
    listener.locator("#listen").press("Enter")
    expect(listener.locator("#says")).to_have_text("It is here. It goes with this page.")
    listener.wait_for_function("document.getElementById('sound').duration > 0.9")
    check_page(listener)
    listener.goto("about:blank")
    listener.goto(url)
    listener.locator("#listen").press("Enter")
    expect(listener.locator("#says")).to_have_text(
        "This link is good for nothing: it was used, it has lapsed, or it never was one."
    )


def test_from_a_file_to_the_set_on_two_phones(chromium: Browser, tmp_path: Path) -> None:
    show = tmp_path / "show"
    file = tmp_path / "take.wav"
    file.write_bytes(wav(1.0, rate=8000, channels=1))
    with phones(chromium, tmp_path, **WHOLE, folder=str(show)) as them:
        mine, theirs = them.of("pianist"), them.of("friend")
        music(mine)
        music(theirs)
        expect(mine.locator("#demos-none")).to_be_visible()

        mine.locator("#demo-file").set_input_files(str(file))
        mine.locator("#demo-name").fill("For the corner")
        mine.locator("#demo-name").press("Enter")
        expect(mine.locator("#demo-new .says")).to_have_text(
            "Kept. Only your phone opens it.", timeout=BRINGS_MS
        )
        expect(mine.locator("#demos .says").first).to_have_text("For the corner, 1 s")
        mine.locator("#demos .hear").press("Enter")
        until(mine, "document.getElementById('demo-sound').duration > 0.9", wanted=True)

        mine.get_by_label("For whom").select_option(label=MIRA)
        mine.get_by_role("button", name="Make a link to hear it once").press("Enter")
        link = mine.locator("#demo-link")
        expect(link).to_be_focused()
        url = link.input_value()
        hears_once(theirs, url)

        mine.locator("#offer-to").select_option(label=MIRA)
        mine.locator("#offer-wish").fill("something slow")
        mine.locator("#song-offer button").press("Enter")
        expect(mine.locator("#song-offer .says")).to_have_text("Offered. Nobody else knows of it.")
        expect(theirs.locator("#songs-waits")).to_have_text("Something here has changed.")
        theirs.locator("#songs-show").press("Enter")
        expect(theirs.locator("#songs")).to_contain_text("something slow")
        theirs.get_by_role("button", name="Yes, as whose wish it is").press("Enter")
        expect(theirs.locator("#songs")).to_contain_text("Whose wish it is said yes.")
        mine.locator("#songs-show").press("Enter")
        mine.get_by_role("button", name="Yes, as whose demo it is").press("Enter")
        put = mine.locator("#songs").get_by_role("button", name="Put it in the set")
        put.press("Enter")
        expect(mine.locator("#release-title")).to_be_focused()
        check_page(mine)
        assert not list(show.rglob("*.wav"))
        mine.locator("#release-players").get_by_label(MIRA).check()
        mine.locator("#song-release button[type=submit]").press("Enter")
        expect(mine.locator("#songs")).to_contain_text("in the show's hands", timeout=BRINGS_MS)
        [released] = show.rglob("*.wav")
        assert released.parent.name == "references"
        assert CANARY.encode() not in released.read_bytes()
