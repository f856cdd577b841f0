"""The strip on the phone: my standby in the show, from the web desk, which may die."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.phones import PATIENCE_MS, Phones, phones, says

from collavoce.runtime.badges import read_badge
from collavoce.runtime.clock import LiveClock, utc_now
from collavoce.score import Score
from collavoce.score.engraving import Engraving
from collavoce.show.commands import Acknowledge, NotClear
from collavoce.show.cues import Crew

pytestmark = [pytest.mark.browser, pytest.mark.process]

PEOPLE = (("mina", "서미나"), ("friend", "Mira Ortiz"))


class _Hand(FakeStagehand):
    """A show whose badges are the care process' own."""

    def badge(self, cookie: str) -> str | None:
        return read_badge("a key of this test", cookie, utc_now())


@pytest.fixture
def desk(written: tuple[Score, Engraving]) -> Iterator[DeskServer]:
    server = DeskServer(lambda: _Hand(written, LiveClock.start()))
    yield server
    server.close()


@pytest.fixture
def them(chromium: Browser, desk: DeskServer, tmp_path: Path) -> Iterator[Phones]:
    with phones(chromium, tmp_path, people=PEOPLE, web_port=desk.port, usual_exits={}) as them:
        desk.hand.care_origin = them.care.url
        yield them


def near_the_end(desk: DeskServer) -> None:
    """The first number is nearly over: its exit is in standby."""
    desk.do(desk.hand.begin)
    for quarter in (0.2, 9.0, 225.0):
        desk.do(lambda quarter=quarter: desk.hand.hear(quarter, remaining=31.0))


def test_the_standby_is_shown_acknowledged_and_refused(desk: DeskServer, them: Phones) -> None:
    page = them.of("mina")
    expect(page.locator("#strip-says")).to_have_text("No standby for you.")
    near_the_end(desk)
    expect(page.locator("#exits .where")).to_contain_text("off in 0:")
    page.get_by_role("button", name="Ready").click()
    expect(page.locator("#exits .ready")).to_be_hidden()
    page.get_by_label("Why it is not clear").select_option("the way is blocked")
    page.get_by_role("button", name="Not clear").click()
    expect(page.locator("#exits .not-clear")).to_be_hidden()
    [(ready, by, _), (not_clear, _, _)] = [
        asked for asked in desk.hand.asked if isinstance(asked[0], Acknowledge | NotClear)
    ]
    assert isinstance(ready, Acknowledge)
    assert isinstance(not_clear, NotClear)
    assert not_clear.reason == "the way is blocked"
    assert by == ready.person == "mina"


def test_another_persons_standby_is_not_on_my_phone(desk: DeskServer, them: Phones) -> None:
    page, mine = them.of("friend"), them.of("mina")
    near_the_end(desk)
    expect(mine.locator("#exits .where")).to_have_count(1)
    expect(page.locator("#strip-says")).to_have_text("No standby for you.")
    expect(page.locator("#exits .where")).to_have_count(0)


def test_whoever_is_in_a_department_finds_the_cue_light_and_nobody_else_does(
    desk: DeskServer, them: Phones
) -> None:
    desk.hand.show = replace(desk.hand.show, crews={"LX": Crew("LX", people=("mina",))})
    page, other = them.of("mina"), them.of("friend")
    near_the_end(desk)
    link = page.get_by_role("link", name="My cue light")
    expect(link).to_have_attribute("href", f"http://127.0.0.1:{desk.port}/crew")
    expect(link).to_have_attribute("target", "_blank")
    expect(other.locator("#strip-says")).to_have_text("No standby for you.")
    expect(other.locator("#strip-crew")).to_be_hidden()
    desk.stop()
    expect(link).to_be_hidden(timeout=PATIENCE_MS)


def test_when_the_web_desk_dies_the_strip_says_so_and_the_press_works_on(
    desk: DeskServer, them: Phones
) -> None:
    page = them.of("mina")
    near_the_end(desk)
    expect(page.locator("#exits .where")).to_have_count(1)
    desk.stop()
    expect(page.locator("#strip-says")).to_have_text(
        "The show's desk does not answer. The press below works on.", timeout=PATIENCE_MS
    )
    expect(page.locator("#link")).to_have_text("connected")
    page.locator("#press-button").click()
    says(page, "Kept, but nobody of your people has agreed. Use your voice, or call 119.")
    desk.start()
    expect(page.locator("#exits .where")).to_have_count(1, timeout=PATIENCE_MS)
