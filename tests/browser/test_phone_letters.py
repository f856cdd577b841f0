"""Letters, messages and invitations between two real phones, by keyboard, under both checkers."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.checkers import axe_finds
from tests.browser.phones import phones
from tests.browser.spoken import Spoken
from tests.browser.watching import pass_time
from tests.browser.whole_company import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.process]


def letters_of(page: Page) -> Page:
    """Their page of letters."""
    page.get_by_role("link", name="Letters", exact=True).click()
    expect(page.locator("#link")).to_have_text("connected")
    expect(page.locator("#letters-mine")).to_contain_text("You have written no letter.")
    for form in ("Write a letter", "Write a message", "Invite somebody"):
        page.locator("summary", has_text=form).press("Enter")
    return page


BEAT_S = 10.0
"""At this pace the pages look, whoever writes what."""


def typed(page: Page, label: str, words: str) -> None:
    """Reached and filled in by keys alone."""
    page.locator(label).focus()
    page.keyboard.insert_text(words)


def test_a_letter_is_written_sealed_twice_asked_and_read_by_keys_alone(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        writer, reader = letters_of(them.of("pianist")), them.of("friend")
        expect(writer.locator("#post-help")).to_contain_text("call 119")
        writer.locator("#letter-to").select_option(label="Mira Ortiz")
        writer.locator("#letter-way").select_option("key")
        typed(writer, "#letter-words", "Sing, this is still yours.")
        writer.locator("#letter-keep").press("Enter")
        expect(writer.locator("#letter .says")).to_contain_text("there is none here yet")
        expect(writer.locator("#letter-words")).to_have_value("Sing, this is still yours.")
        writer.locator("#letter-way").select_option("sign_in")
        writer.locator("#letter-seal").press("Enter")
        expect(writer.locator("#letter .says")).to_contain_text("Seal it?")
        expect(writer.locator("#letters-mine")).to_contain_text("You have written no letter.")
        writer.locator("#letter-seal").press("Enter")
        expect(writer.locator("#letter .says")).to_contain_text("until it is delivered")
        pass_time(reader, BEAT_S)
        expect(reader.locator("#post-waits")).to_be_visible(timeout=30_000)
        reader.locator("#post-waits a").press("Enter")
        opener = reader.locator("#letters-given button").first
        opener.press("Enter")
        expect(reader.locator("#letters-given .own-words")).to_have_text(
            "Sing, this is still yours."
        )
        expect(opener).to_have_attribute("aria-expanded", "true")
        assert them.errors == []


def test_a_message_says_how_far_it_has_come_and_an_invitation_waits_without_a_day(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        writer, reader = letters_of(them.of("pianist")), letters_of(them.of("friend"))
        writer.locator("#note-to").select_option(label="Mira Ortiz")
        typed(writer, "#note-words", "See you at the park.")
        writer.locator("#note button").press("Enter")
        expect(writer.locator("#notes-sent")).to_contain_text("To Mira Ortiz: sent")
        expect(writer.locator("#note-words")).to_have_value("")
        pass_time(reader, BEAT_S)
        expect(reader.locator("#notes-given")).to_contain_text("From Yuna Park", timeout=30_000)
        for page in (reader, writer):
            pass_time(page, BEAT_S)
        expect(writer.locator("#notes-sent")).to_contain_text("delivered after", timeout=30_000)
        reader.locator("#notes-given button").press("Enter")
        expect(reader.locator("#notes-given .own-words")).to_have_text("See you at the park.")
        writer.locator("#invitation-to").select_option(label="Mira Ortiz")
        typed(writer, "#invitation-place", "The park.")
        typed(writer, "#invitation-words", "Someday.")
        writer.locator("#invitation-signs").check()
        writer.locator("#invitation > button").press("Enter")
        expect(writer.locator("#invitations-made")).to_contain_text("Mira Ortiz, who may be told")
        pass_time(reader, BEAT_S)
        expect(reader.locator("#invitations-given")).to_contain_text("Yuna Park", timeout=30_000)
        reader.locator("#invitations-given input").check()
        expect(reader.locator("#invitations-given")).to_contain_text("Kept.")
        assert "read after" not in (writer.locator("#notes-sent").text_content() or "")
        assert axe_finds(reader) == [], "with an invitation that says it may tell of a sign"
        assert them.errors == []


def test_how_a_letter_is_written_is_heard_word_for_word(chromium: Browser, tmp_path: Path) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        writer = letters_of(them.of("pianist"))
        spoken = Spoken(writer, "letter_is_sealed")
        spoken.step("the form")
        spoken.walk("#letter")
        spoken.step("sealing asks")
        writer.locator("#letter-to").select_option(label="Mira Ortiz")
        typed(writer, "#letter-words", "Keep singing.")
        writer.locator("#letter-seal").press("Enter")
        spoken.hears("Seal it?")
        spoken.step("sealed")
        writer.locator("#letter-seal").press("Enter")
        spoken.hears("until it is delivered")
        spoken.step("my letters")
        expect(writer.locator("#letters-mine")).to_contain_text("Sealed to Mira Ortiz")
        spoken.walk("#letters-mine")
        spoken.is_approved()
