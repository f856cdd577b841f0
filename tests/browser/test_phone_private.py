"""What a phone shows to whoever looks over a shoulder, and what it leaves behind."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.phones import phones, says
from tests.browser.test_phone_spoken import set_words
from tests.browser.watching import Overheard, go_on, pass_time, stop_time
from tests.browser.whole_company import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.process]

TAKEN_BACK_S = 4.0
"""So long it stands there that a press was taken back."""

NAMES = ("Yuna Park", "Mira Ortiz", "Ben Adler")


def taken_back_by(chromium: Browser, root: Path, word: str) -> tuple[list[Any], str]:
    """What the presser's page shows and says while `word` is given; what the called one is told."""
    with phones(chromium, root, **WHOLE) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        set_words(performer, "robin", "finch")
        seen: list[Any] = []
        performer.keyboard.press("Alt+p")
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        # From here on: how fast a press is kept is another thing each time.
        said = {part: Overheard(performer, part) for part in ("#press-says", "#word-says")}
        performer.keyboard.press("Alt+t")
        performer.keyboard.type(word)
        seen.append(looks(performer))
        performer.keyboard.press("Enter")
        says(performer, "Taken back.")
        stop_time(performer)
        seen.append(looks(performer))
        pass_time(performer, TAKEN_BACK_S)
        go_on(performer)
        says(performer, "Press, and Mira Ortiz is called.")
        seen.append(looks(performer))
        seen += [words.words() for words in said.values()]
        performer.reload()
        says(performer, "Press, and Mira Ortiz is called.")
        seen.append(looks(performer))
        call = friend.locator(".call")
        expect(call).to_contain_text(re.compile("took the call back|may not be free"))
        return seen, call.inner_text()


def looks(page: Page) -> tuple[str, bytes]:
    """The page as it is: its tree without the letters of a field, and every pixel of the screen."""
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)
    tree = re.sub(r'(textbox "Your word"): \w+', r"\1", page.locator("body").aria_snapshot())
    return tree, page.screenshot(caret="hide", animations="disabled")


def test_the_other_word_looks_like_taking_it_back(chromium: Browser, tmp_path: Path) -> None:
    for folder in ("true", "other"):
        (tmp_path / folder).mkdir()
    true, told = taken_back_by(chromium, tmp_path / "true", "robin")
    # As long as the other: a field shows how many letters it holds.
    other, called = taken_back_by(chromium, tmp_path / "other", "finch")
    trees = [part[0] if isinstance(part, tuple) else part for part in true]
    assert trees == [part[0] if isinstance(part, tuple) else part for part in other]
    for which, (mine, theirs) in enumerate(zip(true, other, strict=True)):
        assert mine == theirs, f"other pixels in look {which}"
    assert "Yuna Park took the call back." in told
    assert "Yuna Park may not be free to speak. Come all the same" in called


def test_nothing_is_left_in_the_browser_after_this_phone_is_forgotten(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        performer.locator("#this-phone > summary").click()
        performer.get_by_label("Paper white, for daylight").check()
        kept: list[Any] = performer.evaluate(
            "[JSON.stringify(localStorage), sessionStorage.length, document.cookie]"
        )
        assert kept == ['{"collavoce.look":"day"}', 0, ""], "how it looks, and nothing of anybody"
        performer.reload()
        expect(performer.locator("html")).to_have_attribute("data-look", "day")
        performer.locator("#press-button").click()
        expect(friend.locator(".call")).to_be_visible()
        assert performer.title() == friend.title() == "Collavoce"
        performer.get_by_role("button", name="Show my code").click()
        performer.get_by_role("button", name="It is written down").click()
        if not performer.locator("#forget-this").is_visible():
            performer.locator("#this-phone > summary").click()
        performer.get_by_role("button", name="Forget this phone").click()
        expect(performer.locator("#pairing")).to_be_visible()
        assert performer.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        assert performer.context.cookies() == []
        performer.go_back()
        performer.wait_for_load_state()
        assert not any(name in performer.content() for name in NAMES)


def test_nothing_of_anybody_stands_in_an_address(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        asked: list[str] = []
        performer = them.of("pianist")
        performer.on("request", lambda request: asked.append(request.url))
        friend = them.of("friend")
        them.trusting(performer, friend)
        for group in ("people", "rules", "reached", "kept", "this-phone"):
            performer.locator(f"#{group} > summary").click()
        performer.locator("#log-show").click()
        expect(performer.locator("#log-says")).not_to_be_empty()
        performer.locator("#press-button").click()
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        performer.locator("#cancel").click()
        says(performer, "Taken back.")
        paths = {url.removeprefix(them.care.url) for url in asked}
        assert {path for path in paths if not path.startswith("/care/static/")} <= {
            "/care/",
            "/care/act",
            "/care/read",
            "/care/stream",
        }


def test_everything_of_mine_is_saved_and_erased_by_my_own_hand(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        performer.locator("#kept > summary").click()
        with performer.expect_download() as saved:
            performer.locator("#export").click()
        assert '"circle"' in Path(saved.value.path()).read_text("utf-8")
        performer.locator("#erase").click()
        performer.locator("#erase-not").click()
        expect(performer.locator("#erase")).to_have_text("Erase everything of mine")
        performer.locator("#erase").click()
        performer.get_by_role("button", name="Yes, erase everything of mine").click()
        expect(performer.locator("#pairing")).to_have_text("This phone is not paired yet.")
        expect(friend.locator("#trusting li")).to_have_count(0)


def test_a_press_through_a_cut_arrives_once(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        arrived = Overheard(friend, "#calls")
        performer.context.set_offline(True)
        performer.locator("#press-button").click()
        says(performer, "Not sent yet. Use your voice, or call 119. Trying on.")
        performer.context.set_offline(False)
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        expect(friend.locator(".call")).to_have_count(1)
        assert sum("needs someone" in words for words in arrived.words()) >= 1
        assert all(words.count("needs someone") <= 1 for words in arrived.words())


def test_a_screen_reader_is_interrupted_once_and_never_flooded(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path) as them:
        page = them.of("pianist")
        stop_time(page)
        shout, murmur = Overheard(page, "#shout"), Overheard(page, "#murmur")
        page.evaluate(
            """async () => {
              const { announce } = await import("/care/static/heard.js");
              for (let i = 0; i < 20; i += 1) announce("one matter", `word ${i}`);
            }"""
        )
        assert shout.words() == ["", "word 0"], "at once"
        assert murmur.words() == [""], "the rest waits"
        page.clock.run_for(2900)
        assert murmur.words() == [""]
        page.clock.run_for(200)
        assert murmur.words() == ["", "word 19"], "and is said by the last of it"
        page.clock.run_for(60_000)
        assert shout.words()[-1] == murmur.words()[-1] == "", "nothing stale is left to be found"
