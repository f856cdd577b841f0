"""Story B as it is heard: what a screen reader says to each of them, word for word.

The transcripts in `transcripts/` were read with one question: would I understand this, with my
eyes shut, out of breath? They change only when somebody has read them again (`spoken.py`).
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.phones import Phones, phones, says
from tests.browser.spoken import Spoken
from tests.browser.whole_company import WHOLE

from collavoce.runtime.evening_told import BOX, EveningTold, pack_evening
from collavoce.runtime.links import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.process]


def test_a_performer_presses_and_is_answered(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        spoken = Spoken(performer, "performer_presses_and_is_answered")
        spoken.step("the page")
        spoken.walk()
        spoken.step("press")
        performer.keyboard.press("Alt+p")
        spoken.hears("It is on the phone of Mira Ortiz")
        spoken.step("Mira says that she is coming")
        friend.keyboard.press("Alt+c")
        spoken.hears("Mira Ortiz is coming")
        spoken.step("the press while she comes")
        says(performer, "Mira Ortiz is coming.")
        spoken.walk("#press")
        spoken.step("Mira is there")
        friend.keyboard.press("Alt+w")
        spoken.hears("Mira Ortiz is with you")
        spoken.is_approved()


def test_a_helper_is_called(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        share_lines(performer)
        spoken = Spoken(friend, "helper_is_called")
        spoken.step("asleep and plain")
        spoken.walk()
        spoken.step("Yuna presses, at stage right")
        performer.locator("#place").select_option(label="stage right")
        performer.keyboard.press("Alt+p")
        spoken.hears("Yuna Park needs someone")
        spoken.step("the call")
        expect(friend.locator(".call .lines")).to_contain_text("Speak low")
        spoken.walk("#called")
        spoken.step("coming")
        friend.keyboard.press("Alt+c")
        spoken.hears("You are coming to Yuna Park")
        spoken.step("the call on the way")
        expect(friend.locator(".call .clear")).to_be_visible()
        spoken.walk("#called")
        spoken.step("keep the way clear")
        friend.get_by_role("button", name="Keep the way clear").press("Enter")
        spoken.hears("Nobody is told who asked")
        spoken.step("with her")
        friend.keyboard.press("Alt+w")
        spoken.hears("The call of Yuna Park is over")
        spoken.is_approved()


def test_a_steward_says_line_and_security_answers(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        steward, security = them.of("steward"), them.of("security")
        seen, told = Spoken(steward, "steward_line"), Spoken(security, "security_answers")
        seen.step("the page")
        seen.walk()
        steward.locator("#zone").select_option("door4")
        seen.step("LINE")
        steward.keyboard.press("Alt+l")
        seen.hears("Security and the desk are told")
        told.step("a breach")
        told.hears("LINE. stage door 4.")
        told.step("what I may do about it")
        told.walk("#line")
        told.step("coming")
        security.locator("#breaches .come").press("Enter")
        told.hears("Lena Brandt coming")
        seen.step("somebody comes")
        seen.hears("Lena Brandt coming")
        told.step("the line stands again")
        security.locator("#breaches .resolve").press("Enter")
        told.hears("The line stands again")
        seen.step("and it is over")
        seen.hears("The line stands again")
        seen.is_approved()
        told.is_approved()


def test_a_press_is_taken_back_with_the_word(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        set_words(performer, "robin", "finch")
        spoken = Spoken(performer, "cancel_with_word")
        spoken.step("press, take it back, the word")
        performer.keyboard.press("Alt+p")
        spoken.hears("It is on the phone of Mira Ortiz")
        performer.keyboard.press("Alt+t")
        expect(performer.locator("#word")).to_be_focused()
        performer.keyboard.type("robin")
        performer.keyboard.press("Enter")
        spoken.hears("Taken back.")
        spoken.step("the press while it asks for the word")
        performer.keyboard.press("Alt+p")
        says(performer, "Kept. It is on the phone of Mira Ortiz.")
        performer.evaluate("const now = performance.now(); performance.now = () => now")
        performer.keyboard.press("Alt+t")
        expect(performer.locator("#word")).to_be_focused()
        spoken.walk("#press")
        spoken.is_approved()


def test_somebody_is_alone_and_is_found(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        performer, friend = them.of("pianist"), them.of("friend")
        them.trusting(performer, friend)
        owner, trusted = Spoken(performer, "alone"), Spoken(friend, "alone_seen_by_a_friend")
        owner.step("alone")
        performer.keyboard.press("Alt+a")
        expect(performer.locator("#alone-says")).to_have_text("Alone, 29 min more.")
        owner.walk("#alone")
        trusted.step("those who trust me")
        expect(friend.locator("#trusting .says")).to_contain_text("is alone")
        trusted.walk("#company")
        trusted.step("I am with them")
        friend.keyboard.press("Alt+w")
        expect(friend.locator("#trusting .says")).to_have_text("You are with Yuna Park.")
        trusted.walk("#company")
        owner.step("somebody is there")
        expect(performer.locator("#alone-says")).to_have_text("Mira Ortiz is with you.")
        owner.walk("#alone")
        owner.is_approved()
        trusted.is_approved()


def test_the_quiet_pages_are_heard_from_their_headings_to_their_answers(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        page, friend = them.of("pianist"), them.of("friend")
        them.trusting(page, friend)
        spoken = Spoken(page, "quiet_pages")

        def opened(name: str, what: str, part: str) -> None:
            page.goto(f"{them.care.url}/care/{name}")
            expect(page.locator("#link")).to_have_text("connected")
            spoken.start()
            spoken.step(f"{name}: the headings")
            spoken.headings()
            spoken.step(f"{name}: {what}")
            spoken.walk(part)

        opened("card", "looking it over", "#review")
        page.locator("#card-helps").fill("Quiet.")
        page.locator('.field[data-field="helps"] .keep').press("Enter")
        spoken.hears("Kept: What helps.")

        opened("checkin", "the other pages, and the question", "#quiet-nav")
        evening_ends(them)
        spoken.hears("The show is over.")
        spoken.walk("#checkin")
        page.keyboard.press("Alt+2")
        spoken.comes_to("Thank you. That is all.")

        opened("away", "how it is, done, and back", "section[aria-labelledby=away-now-title]")
        page.locator("#away-done").press("Enter")
        spoken.hears("You are done, for now.")
        page.locator("#away-back").press("Enter")
        spoken.hears("You are there")

        opened(
            "letters",
            "letters to me and mine, one is sealed",
            "section[aria-labelledby=letters-title]",
        )
        page.locator("summary", has_text="Write a letter").press("Enter")
        page.locator("#letter-to").select_option(label="Mira Ortiz")
        page.locator("#letter-words").fill("Keep singing.")
        page.locator("#letter-seal").press("Enter")
        spoken.hears("Seal it?")
        page.locator("#letter-seal").press("Enter")
        spoken.hears("Sealed.")

        opened("music", "a wish", "#mark")
        page.locator("#mark-kind").select_option("like")
        page.locator("#mark-words").fill("sing it once, slowly")
        page.locator("#mark button[type=submit]").press("Enter")
        spoken.hears("Kept.")

        opened("ear", "how it plays, a line is kept", "#ear-how")
        page.locator("#ear-typed").fill("Breathe.")
        page.locator("#ear-new button[type=submit]").press("Enter")
        spoken.hears("Kept.")
        spoken.is_approved()


def evening_ends(them: Phones) -> None:
    """The engine says that the evening has been over for twenty minutes."""
    with Mailbox(them.care.run_dir / "engine") as engine:
        told = pack_evening(EveningTold("tonight", begun=True, ended_ago=1200.0))
        assert engine.send(them.care.run_dir / BOX, told)


def share_lines(page: Page) -> None:
    """Write two lines, shown to Mira."""
    page.locator("#kept > summary").click()
    expect(page.locator("#shared")).to_be_visible()
    page.locator("#line-1").fill("Speak low, from the front.")
    page.locator("#line-2").fill("No hand on the shoulder.")
    page.locator("#shared").get_by_label("Mira Ortiz").check()
    page.locator("#lines button").click()
    expect(page.locator("#lines .says")).to_have_text("Kept.")
    page.locator("#kept > summary").click()


def set_words(page: Page, cancel: str, duress: str) -> None:
    """Set the two words."""
    page.locator("#rules > summary").click()
    page.locator("#word-cancel").fill(cancel)
    page.locator("#word-duress").fill(duress)
    page.locator("#words button[type=submit]").click()
    expect(page.locator("#words .says")).to_have_text("Kept.")
    expect(page.locator("#press[data-taken-back-by=word]")).to_be_visible()
    page.locator("#rules > summary").click()
