"""Somebody who plays is not available: the ways stand on the caller's desk, and are said once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.desk_server import DeskServer

from collavoce.show.commands import ChangeSetList, SetAvailable, StartNumber

pytestmark = pytest.mark.browser


def test_the_ways_come_up_by_themselves_with_their_cost_and_go_again(
    desk: DeskServer, page: Page
) -> None:
    expect(page.locator("#missing-part")).to_be_hidden()
    numbers = desk.hand.show.numbers
    late = next(n for n in numbers[1:] if n.performer)
    page.locator("#search").focus()
    desk.do(lambda: desk.hand.act(StartNumber(numbers[0].id), "caller"))
    desk.do(lambda: desk.hand.act(SetAvailable(late.performer or "", False, until="none"), "wings"))
    cut = page.locator("#missing li", has=page.get_by_text(f"Cut {late.title}", exact=True)).last
    expect(cut).to_be_visible()
    expect(cut.locator(".cost")).to_contain_text("min")
    expect(page.locator("#aloud")).to_contain_text("not available.")
    expect(page.locator("#away")).to_contain_text("not available, no date")
    expect(page.locator("#search")).to_be_focused()
    assert not any(isinstance(c, ChangeSetList) for c, _, _ in desk.hand.asked), "nobody chose yet"
    assert Axe().run(page, context="#missing-part").response["violations"] == []
    cut.get_by_role("button").press("Enter")
    expect(page.locator("#missing-part")).to_be_hidden()
    assert any(isinstance(c, ChangeSetList) for c, _, _ in desk.hand.asked)
