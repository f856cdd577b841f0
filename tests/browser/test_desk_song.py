"""A song on the caller's own page: in the planner with its cost, taken, on, by its title."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.full_show import STORM, full_show

from collavoce.runtime.clock import LiveClock
from collavoce.show.commands import ProposeNumber

pytestmark = pytest.mark.browser


BALLAD = ProposeNumber("song-1", "For the corner", "references/1.wav", 3.5, ("ren",))


@pytest.fixture
def desk() -> Iterator[DeskServer]:
    """A desk in its first number, to which a song is proposed."""
    server = DeskServer(lambda: FakeStagehand(None, LiveClock.start(), full_show()))
    server.do(lambda: server.hand.begin(STORM))
    server.do(lambda: server.hand.act(BALLAD, "wings"))
    yield server
    server.close()


def test_it_is_taken_started_and_named_on_the_page(desk: DeskServer, page: Page) -> None:
    expect(page.locator("#go-cue")).to_have_text("LX 1A")
    page.keyboard.press("o")
    option = page.locator("#set-options > li", has_text="For the corner after").first
    expect(option).to_contain_text("must be there: ")
    option.get_by_role("button").press("Enter")
    expect(page.locator("#set-list")).to_be_hidden()
    page.keyboard.press("o")
    row = page.locator("#set > li", has_text="For the corner")
    expect(row).to_contain_text("by hand and clock, recording references/1.wav")
    row.get_by_role("button", name="Start For the corner").press("Enter")
    expect(page.locator("#number")).to_contain_text("For the corner")
    assert desk.hand.state().number == "song-1"
