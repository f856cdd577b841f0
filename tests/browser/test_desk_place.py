"""Saying where the music is, and hearing how it came there, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import SIZES
from tests.browser.desk_server import DeskServer

from collavoce.following.estimate import Ahead, Jump, Music
from collavoce.show.events import MusicPlaced
from collavoce.units import Quarters, Seconds

pytestmark = pytest.mark.browser

SETTLED_MS = 700
"""The page has glided to where it goes by then."""


def start_of(desk: DeskServer, bar: str, turn: int = 1) -> float:
    score, _ = desk.hand.scores["nocturne"]
    return next(b.start for b in score.bars if b.number == bar and b.turn == turn)


def grip(page: Page) -> tuple[float, float]:
    """Where a finger takes hold of the marker, once the page stands still."""
    page.wait_for_timeout(SETTLED_MS)
    box = page.locator("#marker").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] - 12


def jumped(desk: DeskServer) -> None:
    """The follower believes the player to have gone from bar 5 to bar 20."""
    origin, target = Quarters(desk.hand.music_at()), Quarters(start_of(desk, "20"))
    desk.do(lambda: desk.hand.hear(target, music=Music.JUMPED, jump=Jump(origin, target)))


def test_the_place_is_dragged_and_believed_when_the_finger_lets_go(
    desk: DeskServer, running: Page
) -> None:
    x, y = grip(running)
    running.mouse.move(x, y)
    running.mouse.down()
    running.mouse.move(x + 150, y, steps=4)
    expect(running.locator("#ghost-words")).to_contain_text("bar")
    words = running.locator("#ghost-words").inner_text()
    assert desk.hand.placed == []
    running.mouse.up()
    expect(running.locator("#said")).to_contain_text("Placed at bar")
    (placed,) = desk.hand.placed
    score, _ = desk.hand.scores["nocturne"]
    assert placed in {note.onset for note in score.notes} | {bar.start for bar in score.bars}
    assert words.split(" beat")[0] in running.locator("#came-words").inner_text()
    expect(running.locator("#came-words")).to_contain_text("by the caller")
    told = [event for event in desk.hand.events if isinstance(event, MusicPlaced)]
    assert [(event.target, event.by) for event in told] == [(placed, "caller")]


def test_a_touch_without_a_drag_moves_nothing(desk: DeskServer, running: Page) -> None:
    x, y = grip(running)
    running.mouse.move(x, y)
    running.mouse.down()
    running.mouse.move(x + 3, y)
    running.mouse.up()
    running.wait_for_timeout(200)
    assert desk.hand.placed == []
    expect(running.locator("#ghost")).to_be_hidden()


def test_at_the_edge_the_page_goes_along(desk: DeskServer, running: Page) -> None:
    x, y = grip(running)
    page = running.locator("#page").bounding_box()
    assert page is not None
    running.mouse.move(x, y)
    running.mouse.down()
    running.mouse.move(page["x"] + page["width"] - 20, y, steps=5)
    first = running.locator("#ghost-words").inner_text()
    expect(running.locator("#ghost-words")).not_to_have_text(first)
    running.mouse.up()
    expect(running.locator("#said")).to_contain_text("Placed at bar")
    assert desk.hand.placed[0] > start_of(desk, "8")


def test_the_arrows_choose_and_enter_places(desk: DeskServer, running: Page) -> None:
    place = running.get_by_role("slider", name="Place in the music")
    place.focus()
    running.keyboard.press("ArrowRight")
    expect(place).to_have_attribute(
        "aria-valuetext", "bar 6 beat 1 pass 1, Enter to place, Escape to leave it"
    )
    running.keyboard.press("Shift+ArrowRight")
    expect(running.locator("#ghost-words")).to_have_text("bar 6 beat 2 pass 1")
    assert desk.hand.placed == []
    running.keyboard.press("Enter")
    expect(running.locator("#said")).to_contain_text("Placed at bar 6")
    assert desk.hand.placed == [start_of(desk, "6") + 1]
    running.keyboard.press("ArrowLeft")
    running.keyboard.press("Escape")
    expect(running.locator("#ghost")).to_be_hidden()
    assert len(desk.hand.placed) == 1


def test_another_pass_of_a_repeated_bar_can_be_chosen_three_ways(
    desk: DeskServer, running: Page
) -> None:
    first, second = start_of(desk, "3"), start_of(desk, "3", 2)
    field = running.locator("#place-bar")
    field.fill("3 pass 2")
    field.press("Enter")
    expect(running.locator("#said")).to_have_text("Placed at bar 3, pass 2.")
    running.get_by_role("button", name="Place at pass 1 instead").click()
    expect(running.locator("#said")).to_have_text("Placed at bar 3, pass 1.")
    running.locator("#marker").focus()
    running.keyboard.press("ArrowUp")
    expect(running.locator("#ghost-words")).to_have_text("bar 3 beat 1 pass 2")
    running.keyboard.press("Enter")
    expect(running.locator("#came-words")).to_contain_text("bar 3 pass 2")
    assert desk.hand.placed == [second, first, second]
    field.fill("5 pass 9")
    field.press("Enter")
    expect(running.locator("#said")).to_contain_text("not played 9 times")


def test_a_jump_is_told_with_its_cues_and_taken_back_by_one_key(
    desk: DeskServer, running: Page
) -> None:
    here = desk.hand.music_at()
    jumped(desk)
    line = running.locator("#came")
    expect(line).to_contain_text("jumped from bar 5 to bar 20")
    expect(line).to_contain_text("LX 6, LX 7, SND 8 jumped over")
    running.keyboard.press("u")
    expect(running.locator("#said")).to_have_text("Back where it was.")
    expect(line).to_contain_text("placed at bar 5 by the caller")
    assert desk.hand.placed == [here]
    assert "6" in desk.hand.state().armed


def test_what_is_the_matter_with_the_input_is_said_as_long_as_it_is_news(
    desk: DeskServer, running: Page
) -> None:
    expect(running.locator("#notice")).to_be_hidden()
    desk.hand.noticed = "nothing has been heard for 20 s"
    desk.do(lambda: desk.hand.hear(Quarters(8.0)))
    expect(running.locator("#notice")).to_have_text("nothing has been heard for 20 s")
    expect(running.locator("#notice")).to_have_role("status")
    desk.hand.noticed = ""
    desk.do(lambda: desk.hand.hear(Quarters(9.0)))
    expect(running.locator("#notice")).to_be_hidden()


def test_the_next_cue_is_said_with_its_time_and_give(desk: DeskServer, running: Page) -> None:
    ahead = (Ahead(Quarters(60.0), Seconds(6.0), Seconds(0.24)),)
    desk.do(lambda: desk.hand.hear(start_of(desk, "8"), foreseen=ahead))
    expect(running.locator("#due")).to_contain_text("LX 6 in 0:")
    expect(running.locator("#due")).to_contain_text("±0.2")
    expect(running.locator("#sure")).to_have_text("sure, 96 %")


def test_every_size_shows_how_the_music_came_there(
    desk: DeskServer, running: Page, pictures: Path
) -> None:
    jumped(desk)
    ahead = (Ahead(Quarters(90.0), Seconds(6.0), Seconds(0.24)),)
    desk.do(lambda: desk.hand.hear(start_of(desk, "20") + 1, foreseen=ahead, remaining=180.0))
    for width, height in SIZES:
        running.set_viewport_size({"width": width, "height": height})
        running.wait_for_timeout(SETTLED_MS)
        running.screenshot(path=pictures / f"jumped-{width}x{height}.png")
        assert running.evaluate("document.documentElement.scrollWidth") <= width
        box = running.locator("#go").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height + 0.5
        running.locator("#go-back").scroll_into_view_if_needed()
        expect(running.locator("#go-back")).to_be_visible()
