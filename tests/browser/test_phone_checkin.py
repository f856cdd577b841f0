"""After the show, by keyboard: asked quietly, answered with one key, told by an own rule."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.checkers import axe_finds, sniffer_finds
from tests.browser.phones import PATIENCE_MS, Phones, phones
from tests.browser.whole_company import WHOLE

from collavoce.runtime.evening_told import BOX, EveningTold, pack_evening
from collavoce.runtime.links import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.process]

ASKED = "The show is over. You may say how it is, or not."


def ends(them: Phones, ago: float = 1200.0) -> None:
    """The engine says that the evening has been over for so long."""
    run_dir = them.care.run_dir
    with Mailbox(run_dir / "engine") as engine:
        told = pack_evening(EveningTold("tonight", begun=True, ended_ago=ago))
        assert engine.send(run_dir / BOX, told)


def asked(page: Page) -> None:
    expect(page.locator("#checkin")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#murmur")).to_have_text(ASKED)


def test_tired_with_one_key_is_told_to_the_friend_by_a_rule_made_on_the_page(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        me, friend = them.of("pianist"), them.of("friend")
        them.trusting(me, friend)
        me.get_by_role("link", name="After the show").click()
        expect(me.locator("#own-rules-none")).to_have_text("No rule: nobody is told anything.")
        expect(me.locator("#rule-answers input:checked")).to_have_count(0)
        me.get_by_label("tired", exact=True).check()
        me.locator("#rule-persons").get_by_label("Mira Ortiz").check()
        me.get_by_role("button", name="Add this rule").click()
        rule = me.locator("#own-rules li")
        expect(rule).to_contain_text("If I say tired, tell Mira Ortiz")
        me.get_by_role("link", name="Press", exact=False).first.click()
        expect(me.locator("#checkin")).to_be_hidden()
        ends(them)
        asked(me)
        asked(friend)
        assert me.evaluate("document.activeElement.tagName") == "BODY", "no focus is taken"
        expect(me.locator("#shout")).to_have_text("")
        assert axe_finds(me) == []
        assert sniffer_finds(me) == []
        me.keyboard.press("Alt+2")
        expect(me.locator("#checkin-says")).to_have_text("Thank you. That is all.")
        expect(me.locator("#checkin")).to_be_hidden()
        expect(friend.locator("#told-list")).to_contain_text("Yuna Park said: tired (")
        expect(friend.locator("#murmur")).to_contain_text("Yuna Park said: tired (")
        assert axe_finds(friend) == []
        friend.get_by_role("button", name="Put away what Yuna Park said").click()
        expect(friend.locator("#told")).to_be_hidden()
        me.goto(f"{them.care.url}/care/checkin")
        expect(me.locator("#own-answers li")).to_contain_text("tired")
        me.get_by_role("button", name="Take this rule away").click()
        expect(rule).to_have_count(0)


def test_come_presses_and_alone_leaves_alone_and_off_asks_nothing(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        me, second, steward = them.of("pianist"), them.of("second"), them.of("steward")
        steward.goto(f"{them.care.url}/care/checkin")
        expect(steward.get_by_label("Minutes after the end")).to_have_value("20")
        steward.get_by_label("Never ask me").check()
        steward.locator("#checkin-when button").click()
        expect(steward.locator("#checkin-when .says")).to_have_text("Kept.")
        ends(them)
        asked(me)
        asked(second)
        me.keyboard.press("Alt+5")
        expect(me.locator("#press")).not_to_have_attribute("data-is", "idle_alone")
        expect(me.locator("#checkin")).to_be_hidden()
        second.locator("#checkin button").nth(3).press("Enter")
        expect(second.locator("#checkin-says")).to_contain_text("You are alone for half an hour")
        expect(second.locator("#checkin")).to_be_hidden()
        expect(second.locator("#checkin-says")).to_be_focused()  # and never the press
        expect(steward.locator("#checkin")).to_be_hidden()


def test_it_is_not_lost_with_the_line_and_later_puts_it_away(
    chromium: Browser, tmp_path: Path
) -> None:
    with phones(chromium, tmp_path, **WHOLE) as them:
        me = them.of("pianist")
        ends(them)
        asked(me)
        me.context.set_offline(True)
        me.keyboard.press("Alt+3")
        me.clock.run_for(3000)
        expect(me.locator("#checkin")).to_be_visible()
        me.context.set_offline(False)
        expect(me.locator("#checkin-says")).to_have_text(
            "It will stand here again later, quietly.", timeout=PATIENCE_MS
        )
        expect(me.locator("#checkin")).to_be_hidden()
