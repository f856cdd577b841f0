"""The caller's page as a screen reader says it: a standby refused, overridden, a hazard said."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.browser.spoken import Spoken

from collavoce.runtime.clock import LiveClock
from collavoce.show.commands import CallStandby, GoTo, NotClear

pytestmark = pytest.mark.browser


@pytest.fixture
def desk() -> Iterator[DeskServer]:
    """A desk of a show that needs everybody, in its first number."""
    server = DeskServer(lambda: FakeStagehand(None, LiveClock.start(), full_show()))
    server.do(lambda: server.hand.begin(STORM))
    yield server
    server.close()


def test_a_refused_standby_is_heard_overridden_and_a_hazard_confirmed(
    desk: DeskServer, page: Page
) -> None:
    expect(page.locator("#go-cue")).to_have_text("LX 1A")
    spoken = Spoken(page, "caller_overrides")
    spoken.step("the cue now, called to its departments")
    desk.do(lambda: desk.hand.act(CallStandby("1A")))
    desk.do(lambda: desk.hand.act(NotClear("1A", "mina", "the way is not free"), "mina"))
    expect(page.locator("#go")).to_have_attribute("data-is", "unready")
    spoken.walk("#cues")
    spoken.step("GO: who is not clear, and why")
    page.keyboard.press("Space")
    spoken.hears("GO again overrides")
    spoken.step("GO again")
    page.keyboard.press("Space")
    spoken.hears("fired LX 1A")
    spoken.step("a hazardous cue, said to its operator")
    desk.do(lambda: desk.hand.act(GoTo("3A")))
    expect(page.locator("#go")).to_have_attribute("data-is", "ready")
    page.keyboard.press("Space")
    spoken.hears("waiting for their word")
    spoken.walk("#hazards")
    spoken.step("the hands")
    spoken.walk(".hands")
    spoken.is_approved()
