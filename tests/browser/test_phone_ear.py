"""My own line, in my ear, when the standby of my entrance is called: once, on no other page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.checkers import axe_finds, sniffer_finds
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.phones import PATIENCE_MS, Phones, phones
from tests.unit.wire.test_wav import recorded

from collavoce.runtime.badges import read_badge
from collavoce.runtime.clock import LiveClock, utc_now
from collavoce.score import Score
from collavoce.score.engraving import Engraving
from collavoce.show.actions.entrance import ComeOn
from collavoce.show.commands import CallStandby, ReleaseStandby
from collavoce.show.cues import Cue, Show
from collavoce.show.triggers import ByHand

pytestmark = [pytest.mark.browser, pytest.mark.process]

PEOPLE = (("ren", "きりしま れん"), ("mina", "서미나"))
WATCH = """
globalThis.played = [];
globalThis.shown = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...given) {
  played.push([performance.now(), this.buffer.duration, this.buffer.sampleRate]);
  return start.apply(this, given);
};
addEventListener("DOMContentLoaded", () => {
  const exits = document.getElementById("exits");
  if (exits) new MutationObserver(() => {
    if (exits.children.length) shown.push(performance.now());
  }).observe(exits, { childList: true });
});
"""


class _Hand(FakeStagehand):
    """A show whose badges are the care process' own."""

    def badge(self, cookie: str) -> str | None:
        return read_badge("a key of this test", cookie, utc_now())


def coming_on(show: Show) -> Show:
    """Ren comes on with cue 0.5."""
    first, *others = show.numbers
    cue = Cue("0.5", "Ren comes on", "PEO", ByHand(), (ComeOn("ren"),))
    return replace(show, numbers=(replace(first, cues=(cue, *first.cues)), *others))


@pytest.fixture
def desk(written: tuple[Score, Engraving]) -> Iterator[DeskServer]:
    server = DeskServer(lambda: _Hand(written, LiveClock.start()))
    server.hand.show = coming_on(server.hand.show)
    yield server
    server.close()


@pytest.fixture
def them(chromium: Browser, desk: DeskServer, tmp_path: Path) -> Iterator[Phones]:
    with phones(chromium, tmp_path, people=PEOPLE, web_port=desk.port, usual_exits={}) as them:
        desk.hand.care_origin = them.care.url
        yield them


def keeping(page: Page, sound: bytes) -> None:
    """On the ear page, keep `sound` for every entrance."""
    expect(page.locator("#link")).to_have_text("connected")
    page.get_by_label("Or a sound file").set_input_files(
        [{"name": "line.wav", "mimeType": "audio/wav", "buffer": sound}]
    )
    expect(page.locator("#ear-new-says")).to_have_text("Recorded: 2 s. Not kept yet.")
    page.locator("#ear-new button[type=submit]").click()
    expect(page.locator("#ear-new-says")).to_have_text("Kept.")


def played(page: Page) -> Any:
    return page.evaluate("played")


def test_a_kept_sound_plays_once_at_my_standby_and_stops_by_one_key(
    desk: DeskServer, them: Phones, record_property: Callable[[str, object], None]
) -> None:
    page, other = them.of("ren"), them.of("mina")
    for one in (page, other):
        one.add_init_script(WATCH)
        one.reload()
    page.get_by_role("link", name="In my ear").click()
    keeping(page, recorded(seconds=2.0, rate=48_000, channels=2))
    expect(page.locator("#ear-lines .says")).to_have_text("For every entrance: 2 s of sound")
    page.get_by_role("link", name="Press", exact=True).click()
    expect(page.locator("#link")).to_have_text("connected")  # else the touch comes too early
    other.locator("h1").click()
    page.locator("h1").click()
    expect(page.locator("#sound")).to_have_text("sound on")
    desk.do(desk.hand.begin)
    asked = len(requests_of(page))
    desk.do(lambda: desk.hand.act(CallStandby("0.5")))
    expect(page.locator("#exits .where")).to_have_text("You come on: Ren comes on")
    expect(page.locator("#ear-says")).to_have_text("Your line plays.")
    page.keyboard.press("Escape")
    expect(page.locator("#ear-now")).to_be_hidden()
    [(at, lasting, rate)] = played(page)
    assert (round(lasting, 1), rate) == (2.0, 16_000)
    record_property("line_after_the_word_ms", at - page.evaluate("shown[0]"))
    assert requests_of(page)[asked:] == []
    desk.do(lambda: desk.hand.act(CallStandby("0.5")))
    desk.do(lambda: desk.hand.act(ReleaseStandby("0.5")))
    expect(page.locator("#exits .where")).to_have_count(0)
    assert len(played(page)) == 1
    assert played(other) == []
    expect(other.locator("#exits .where")).to_have_count(0)


def heeds(page: Page, cue: int, called: float, now: float) -> bool:
    """Whether a line plays for a standby that was called at `called`, heard of at `now`."""
    return page.evaluate(
        """([cue, at, now]) => import("/care/static/ear_line.js").then((ear) =>
             ear.heedEntrances([{ cue: String(cue), at }], now))""",
        [cue, called, now],
    )


def requests_of(page: Page) -> list[str]:
    """Every address this page has asked for since it was opened."""
    return page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")


def test_muted_late_or_opened_afterwards_nothing_plays_by_itself(
    desk: DeskServer, them: Phones
) -> None:
    page = them.of("ren")
    page.add_init_script(WATCH)
    page.goto(f"{them.care.url}/care/ear")
    keeping(page, recorded(seconds=2.0))
    page.get_by_label("Play it at my standby").uncheck()
    page.locator("#ear-how button").click()
    expect(page.locator("#ear-how .says")).to_have_text("Kept.")
    desk.do(desk.hand.begin)
    desk.do(lambda: desk.hand.act(CallStandby("0.5")))
    expect(page.locator("#exits .where")).to_have_count(1)
    assert played(page) == []
    page.get_by_label("Play it at my standby").check()
    page.locator("#ear-how button").click()
    expect(page.locator("#ear-how .says")).to_have_text("Kept.")
    page.reload()
    page.locator("h1").click()
    expect(page.locator("#exits .where")).to_have_count(1)
    page.wait_for_timeout(1500)
    assert played(page) == []
    # Cut off for 31 s; in time; the same once more; called again within 30 s.
    heard = [
        heeds(page, *one) for one in ((9, 100, 131), (8, 100, 129), (8, 100, 130), (8, 129, 129))
    ]
    assert heard == [False, True, False, False]
    assert len(played(page)) == 1
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.locator("#link")).to_have_text("connected")
    assert not heeds(page, 7, 200, 201)
    second.close()
    page.locator("#ear-lines").get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#ear-lines-says")).to_have_text("Playing.")
    assert len(played(page)) == 2
    page.locator("#ear-lines").get_by_role("button", name="Take it away").click()
    expect(page.locator("#ear-none")).to_be_visible(timeout=PATIENCE_MS)


def test_a_friend_gives_typed_words_and_learns_only_that_they_were_given(
    them: Phones,
) -> None:
    page, friend = them.of("ren"), them.of("mina")
    page.locator("#people > summary").click()
    page.locator("#add").select_option(label="서미나")
    page.locator("#ask").click()
    friend.get_by_role("button", name="Yes", exact=True).click()
    friend.get_by_role("link", name="In my ear").click()
    expect(friend.locator("#link")).to_have_text("connected")
    friend.get_by_label("For whom").select_option(label="きりしま れん")
    friend.get_by_label("Or words").fill("You played it for me. Once more.")
    friend.locator("#ear-new button[type=submit]").click()
    expect(friend.locator("#ear-new-says")).to_have_text("Given.")
    page.get_by_role("link", name="In my ear").click()
    expect(page.locator("#ear-given .says")).to_have_text("typed words, from 서미나")
    page.set_viewport_size({"width": 320, "height": 6000})  # axe judges nothing that lies under
    assert axe_finds(page) == []
    assert sniffer_finds(page) == []
    page.locator("#ear-given").get_by_role("button", name="Play").click()
    # This browser has no voice of its own, and sends no words to one elsewhere.
    expect(page.locator("#ear-given-says")).to_contain_text("no voice of its own")
    page.locator("#ear-given").get_by_role("button", name="Take it", exact=True).click()
    expect(page.locator("#ear-lines .says")).to_have_text(
        "For every entrance: typed words, from 서미나"
    )
    expect(page.locator("#ear-given-none")).to_be_visible()
    page.get_by_role("link", name="Press", exact=True).click()
    expect(page.locator("#link")).to_have_text("connected")
    page.locator("#kept > summary").click()
    expect(page.locator("#over-list > li")).to_have_count(0)
    page.get_by_role("button", name="Look over", exact=True).press("Enter")
    expect(page.locator("#over-list > li")).to_have_count(2)
    expect(page.locator("#over-list")).to_contain_text("You have no last resort")
    expect(page.locator("#over-list")).to_contain_text("You have one phone here")
