"""The caller at the line: by keyboard, in one press; and a report that is read by nobody before."""

import pytest
from playwright.sync_api import Page, Request, expect
from tests.browser.desk_server import DeskServer

from collavoce.line.commands import RaiseLine
from collavoce.show.events import ReportWritten

pytestmark = pytest.mark.browser


def test_line_is_one_key_and_one_digit_and_is_said_aloud(desk: DeskServer, page: Page) -> None:
    page.keyboard.press("l")
    expect(page.locator("#line-dialog")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator("#line-rows")).to_contain_text("stage right, to the dock")
    expect(page.locator("#line-aloud")).to_contain_text("line breach")
    (breach,) = desk.hand.line_house.state.breaches.values()
    assert breach.zone == "SR"
    page.keyboard.press("r")
    expect(page.locator("#line-rows")).to_contain_text("radio word logged")


def test_a_cleared_risk_proposes_its_line_of_the_report(desk: DeskServer, page: Page) -> None:
    place = desk.hand.line_house.place
    desk.do(lambda: desk.hand.say_at_line(RaiseLine("breach-0001", "SR"), place.desk()))
    page.get_by_role("button", name="Clear the hold risk").click()
    expect(page.locator("#report-dialog")).to_be_visible()
    assert "hold, line breach stage right, to the dock, resolved" in page.input_value(
        "#report-text"
    )
    page.keyboard.press("Enter")
    expect(page.locator("#report-dialog")).to_be_hidden()
    page.wait_for_timeout(300)
    assert isinstance(desk.hand.events[-1], ReportWritten)


def test_a_word_about_health_warns_the_author_and_is_sent_to_nobody(
    desk: DeskServer, page: Page
) -> None:
    del desk
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data or "")

    page.on("request", note)
    page.locator("#open-report").click()
    page.keyboard.type("he had a panic at the dock")
    expect(page.locator("#report-warning")).to_contain_text("panic")
    page.get_by_role("button", name="Cancel").locator("visible=true").click()
    assert sent == []


def test_the_answer_to_a_hand_over_says_nothing(desk: DeskServer, page: Page) -> None:
    desk.do(desk.hand.begin)
    page.locator("#open-hand").click()
    page.get_by_role("button", name="きりしま れん").click()
    expect(page.locator("#said")).to_have_text("Done. Somebody who may know knows.")
