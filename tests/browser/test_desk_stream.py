"""The stream: said at once when it breaks, whole again when it is back."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.desk_server import DeskServer
from tests.browser.watching import Overheard, go_on, pass_time, stop_time

from collavoce.show.commands import Hold, PointTo

pytestmark = pytest.mark.browser

PATIENCE_MS = 15_000
TRIES, TRY_MS = 60, 250
SAID_WITHIN_S = 3.0


def shown(page: Page) -> dict[str, str]:
    """What the page says of the show; clocks and the place in the list left out."""
    parts = ("#number", "#showing", "#last", "#standby", "#next", "#list", "#exits", "#on-stage")
    return {part: page.locator(part).inner_text() for part in parts} | {
        "#go": page.locator("#go").inner_text(),
        "#stage": page.locator("#stage").inner_text(),
        "flags": page.locator("#flags").inner_text(),
        "place": page.locator(".where").inner_text(),
    }


def test_a_desk_that_is_cut_off_says_so_and_that_go_cannot_be_sent(
    desk: DeskServer, running: Page
) -> None:
    desk.stop()
    banner = running.locator("#offline")
    expect(banner).to_be_visible(timeout=PATIENCE_MS)
    expect(banner).to_have_text(re.compile(r"▲ Offline since \d\d:\d\d:\d\d\. .*GO cannot be sent"))
    expect(running.locator("#go")).to_have_attribute("data-is", "offline")
    expect(running.locator("#go")).to_contain_text("cannot be sent")
    expect(running.locator("#troubles")).to_be_hidden()  # "all running" is not known any more
    running.keyboard.press("Space")
    expect(running.locator("#said")).to_contain_text("Not sent")
    assert desk.hand.asked == []


def test_a_go_pressed_while_cut_off_is_not_sent_later(desk: DeskServer, running: Page) -> None:
    desk.stop()
    expect(running.locator("#offline")).to_be_visible(timeout=PATIENCE_MS)
    running.keyboard.press("Space")
    desk.start()
    expect(running.locator("#offline")).to_be_hidden(timeout=PATIENCE_MS)
    running.wait_for_timeout(500)
    assert desk.hand.asked == []


def test_a_silent_line_is_said_too(desk: DeskServer, running: Page) -> None:
    """A half-open connection brings no error: only the beats stop."""
    with desk.breath_held():
        stop_time(running)
        pass_time(running, SAID_WITHIN_S)
        expect(running.locator("#offline")).to_be_visible()
        go_on(running)
    expect(running.locator("#offline")).to_be_hidden(timeout=PATIENCE_MS)


def test_a_desk_that_reconnected_shows_what_a_fresh_one_shows(
    desk: DeskServer, running: Page
) -> None:
    desk.stop()
    expect(running.locator("#offline")).to_be_visible(timeout=PATIENCE_MS)
    desk.do(lambda: desk.hand.hear(60.0, remaining=180.0))
    desk.do(lambda: desk.hand.act(PointTo("12")))
    desk.do(lambda: desk.hand.act(Hold()))
    desk.start()
    expect(running.locator("#offline")).to_be_hidden(timeout=PATIENCE_MS)
    fresh = running.context.new_page()
    fresh.goto(desk.url)
    for page in (running, fresh):
        expect(page.locator("#go-cue")).to_have_text("LX 12")
        expect(page.locator("#showing")).to_contain_text("hold")
        expect(page.locator("#flags .flag").first).to_have_attribute("data-is", "cue.fired")
    for _ in range(TRIES):
        if shown(running) == shown(fresh):
            return
        running.wait_for_timeout(TRY_MS)  # the lights' fades are not over on both
    assert shown(running) == shown(fresh)


def test_two_desks_show_the_same_thing_whoever_pressed(desk: DeskServer, running: Page) -> None:
    second = running.context.new_page()
    second.goto(desk.url)
    expect(second.locator("#go-cue")).to_have_text("LX 6")
    go = Overheard(second, "#go", "data-is")
    running.bring_to_front()
    running.keyboard.press("Space")
    expect(second.locator("#go-cue")).to_have_text("VID 6.5")
    assert go.words() == ["ready", "deaf", "ready"]


def test_the_place_moves_and_the_current_bar_stays_at_one_third(
    desk: DeskServer, running: Page
) -> None:
    lines: list[float] = []
    for quarter in (60.0, 100.0, 140.0):
        desk.do(lambda quarter=quarter: desk.hand.hear(quarter, remaining=90.0))
        score, engraving = desk.hand.scores["nocturne"]
        bar = max((b for b in score.bars if b.start <= quarter), key=lambda b: b.start)
        expect(running.locator("#bar")).to_have_text(bar.number)
        assert engraving.width > 0
        lines.append(_at_rest(running, bar.id))
    # A bar's box begins at its first stroke, which may hang a little over its line.
    assert all(abs(line - 1 / 3) < 0.03 for line in lines), lines


def test_an_uncertain_place_is_a_word_and_a_shape(desk: DeskServer, running: Page) -> None:
    desk.do(lambda: desk.hand.hear(15.0, confidence=0.2))
    expect(running.locator("#follower")).to_have_text(re.compile(r"\?\s*unsure"))
    expect(running.locator("#marker")).to_have_attribute("data-tone", "doubt")


def test_a_process_that_is_down_is_said_in_the_rail(desk: DeskServer, running: Page) -> None:
    expect(running.locator("#troubles")).to_have_text("all running")
    desk.do(lambda: desk.hand.running.update(writer="given up"))
    expect(running.locator("#troubles")).to_have_text(re.compile(r"▲\s*writer given up"))
    desk.do(lambda: desk.hand.running.update(writer="up"))
    expect(running.locator("#troubles")).to_have_text("all running")


def test_the_stage_shows_what_was_received(desk: DeskServer, running: Page) -> None:
    piano = running.locator("#stage .lamp", has_text="piano")
    expect(piano.locator("b")).to_have_text("35", timeout=5000)
    alone = running.context.new_page()
    alone.goto(f"{desk.url}/stage")
    expect(alone.locator(".lamp", has_text="piano").locator("b")).to_have_text("35")


def test_a_phone_is_paired_by_a_code_drawn_on_the_desk(desk: DeskServer, running: Page) -> None:
    running.locator("#open-phones").click()
    running.get_by_role("button", name="Pair the phone of 서미나").click()
    code = running.locator("#pairing-code svg")
    expect(code).to_be_visible()
    expect(running.locator("#pairing-left")).to_contain_text("Good once, for 1:")
    box = code.bounding_box()
    assert box is not None
    assert box["width"] >= 200
    desk.do(lambda: desk.hand.running.update(care="down"))
    running.get_by_role("button", name="Pair the phone of Дарья Воронина").click()
    expect(running.locator("#pairing-said")).to_contain_text("not possible now")
    expect(code).to_be_hidden()


def test_a_browser_without_the_key_is_told_where_the_key_is(desk: DeskServer, page: Page) -> None:
    page.context.clear_cookies()
    answer = page.goto(desk.url)
    assert answer is not None
    assert answer.status == 401
    expect(page.locator("main")).to_contain_text("Open the link that the terminal printed")
    page.goto(f"{desk.url}/open#not-the-key")
    expect(page.locator("#door")).to_contain_text("does not fit")
    page.goto("about:blank")
    page.goto(f"{desk.url}/open")
    expect(page.locator("#door")).to_contain_text("No key in this link")


def test_the_key_is_not_left_in_the_address(desk: DeskServer, page: Page) -> None:
    assert page.url == f"{desk.url}/"
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("history.length") <= 3


def _at_rest(page: Page, bar: str) -> float:
    """Where the left edge of `bar` stands once the music has come to rest, 0..1 of the width."""
    before = -1.0
    for _ in range(TRIES):
        page.wait_for_timeout(TRY_MS)
        edge = page.locator(f"#written [id='{bar}']").bounding_box()
        frame = page.locator("#page").bounding_box()
        assert edge is not None
        assert frame is not None
        now = (edge["x"] - frame["x"]) / frame["width"]
        if now == before:
            return now
        before = now
    raise AssertionError("the music does not come to rest")
