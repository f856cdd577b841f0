"""The caller's hands: every act by keyboard alone, sent once, said when it cannot be done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.desk_server import DeskServer
from tests.browser.watching import Overheard, go_on, pass_time, stop_time

from collavoce.show.commands import (
    Acknowledge,
    Back,
    Follow,
    Go,
    GoTo,
    Hold,
    MarkNote,
    PointTo,
    Resume,
    StartNumber,
    Stop,
)

pytestmark = pytest.mark.browser


def asked(desk: DeskServer) -> list[object]:
    """What people asked of the show, in order."""
    return [command for command, by, _ in desk.hand.asked if by == "caller"]


def test_space_fires_the_cue_that_the_button_carries(desk: DeskServer, running: Page) -> None:
    running.keyboard.press("Space")
    expect(running.locator("#go-cue")).to_have_text("VID 6.5")
    assert asked(desk) == [Go("6", quarter=14.3)]
    assert desk.hand.state().fired["6"].by == "caller"
    expect(running.locator("#last")).to_contain_text("LX 6 Lamps · by caller")


def test_go_is_deaf_for_the_guard_time_and_shows_it(desk: DeskServer, running: Page) -> None:
    said = Overheard(running, "#said")
    stop_time(running)
    running.keyboard.press("Space")
    expect(running.locator("#go")).to_have_attribute("data-is", "deaf")
    running.keyboard.press("Space")
    running.keyboard.press("Space")
    assert said.among("deaf")
    go_on(running)
    expect(running.locator("#go")).to_have_attribute("data-is", "ready")
    assert len(asked(desk)) == 1
    running.keyboard.press("Space")
    expect(running.locator("#go-cue")).to_have_text("LX 7")
    assert asked(desk)[1:] == [Go("6.5", quarter=14.3)]


def test_a_hand_that_rests_on_space_has_said_go_once(desk: DeskServer, running: Page) -> None:
    running.keyboard.down("Space")
    expect(running.locator("#go-cue")).to_have_text("VID 6.5")  # it hears again
    for _ in range(3):
        running.keyboard.down("Space")  # a key that is held repeats
    running.keyboard.up("Space")
    assert asked(desk) == [Go("6", quarter=14.3)]


@pytest.mark.parametrize(
    ("key", "command"),
    [("ArrowDown", PointTo("6.5")), ("ArrowUp", PointTo("5")), ("b", Back())],
)
def test_each_key_asks_what_it_says(
    desk: DeskServer, running: Page, key: str, command: object
) -> None:
    running.keyboard.press(key)
    _until(running, lambda: bool(asked(desk)))
    assert asked(desk) == [command]


@pytest.mark.parametrize(
    ("key", "heard", "commands"),
    [
        ("h", "body[data-held]", [Hold(), Resume()]),
        ("f", "#follow[aria-pressed=false]", [Follow(on=False), Follow(on=True)]),
    ],
)
def test_a_key_pressed_again_undoes_what_it_did(
    desk: DeskServer, running: Page, key: str, heard: str, commands: list[object]
) -> None:
    running.keyboard.press(key)
    expect(running.locator(heard)).to_have_count(1)  # the page has heard of it
    running.keyboard.press(key)
    expect(running.locator(heard)).to_have_count(0)
    assert asked(desk) == commands


def test_a_second_escape_stops_the_show(desk: DeskServer, running: Page) -> None:
    stop_time(running)
    running.keyboard.press("Escape")
    running.keyboard.press("Escape")
    _until(running, lambda: bool(asked(desk)))
    assert asked(desk) == [Stop()]


def test_one_escape_stops_nothing_and_says_what_a_second_would_do(
    desk: DeskServer, running: Page
) -> None:
    stop_time(running)
    running.keyboard.press("Escape")
    expect(running.locator("#do-stop")).to_contain_text("Stop now")
    expect(running.locator("#said")).to_contain_text("Once more to stop")
    pass_time(running, 3.1)
    expect(running.locator("#do-stop")).not_to_contain_text("Stop now")
    expect(running.locator("#do-stop")).not_to_have_attribute("data-armed", "")
    assert asked(desk) == []


def test_one_key_leads_back_from_where_the_arrows_wandered(running: Page) -> None:
    for number in ("6.5", "7", "8"):
        running.keyboard.press("ArrowDown")
        expect(running.locator("#go-cue")).to_contain_text(number)
    running.keyboard.press("n")
    expect(running.locator("#go-cue")).to_have_text("LX 6")


def test_go_to_takes_a_number_and_fires_nothing(desk: DeskServer, running: Page) -> None:
    running.keyboard.press("g")
    running.keyboard.type("99")
    running.keyboard.press("Enter")
    expect(running.locator("#go-to-said")).to_contain_text("no cue 99")
    running.locator("#go-to-cue").fill("12")
    running.keyboard.press("Enter")
    expect(running.locator("#go-cue")).to_have_text("LX 12")
    assert asked(desk) == [GoTo("12")]


def test_a_mark_is_kept_with_the_place_at_which_the_key_was_pressed(
    desk: DeskServer, running: Page
) -> None:
    running.keyboard.press("m")
    running.keyboard.type("late, him or us")
    desk.do(lambda: desk.hand.hear(20.0))
    running.keyboard.press("Enter")
    _until(running, lambda: bool(asked(desk)))
    (mark,) = asked(desk)
    assert isinstance(mark, MarkNote)
    assert mark.text.startswith("bar 5 beat 2, ")
    assert mark.text.endswith(": late, him or us")


def test_letters_are_dead_in_a_field_and_enter_points_to_the_first_cue_found(
    desk: DeskServer, running: Page
) -> None:
    running.keyboard.press("/")
    running.keyboard.type("bhs night ")
    assert asked(desk) == []
    running.locator("#search").fill("night")
    expect(running.locator("#found")).to_contain_text("1 of 19")
    running.keyboard.press("Enter")
    expect(running.locator("#go-cue")).to_have_text("LX 11")
    running.keyboard.press("Escape")
    running.wait_for_timeout(100)
    assert asked(desk) == [PointTo("11")]


def test_a_department_key_shows_that_department_and_again_shows_all(running: Page) -> None:
    rows = running.locator("#list .row:visible")
    everything = rows.count()
    running.keyboard.press("4")
    expect(rows).to_have_count(1)
    running.keyboard.press("4")
    expect(rows).to_have_count(everything)


def test_single_keys_can_be_switched_off_and_stay_off(desk: DeskServer, running: Page) -> None:
    running.keyboard.press("?")
    expect(running.locator("#keys")).to_be_visible()
    running.locator("#single-keys").uncheck()
    running.keyboard.press("Escape")
    expect(running.locator("#keys")).to_be_hidden()
    for key in ("Space", "h", "b", "ArrowDown", "?"):
        running.keyboard.press(key)
    running.reload()
    running.wait_for_selector("body[data-music=page]")
    running.keyboard.press("Space")
    running.wait_for_timeout(200)
    assert asked(desk) == []
    running.locator("#go").focus()
    running.keyboard.press("Enter")
    expect(running.locator("#go-cue")).to_have_text("VID 6.5")


def test_after_a_mouse_pressed_hold_space_is_go_and_not_hold_again(
    desk: DeskServer, running: Page
) -> None:
    running.locator("#do-hold").click()
    expect(running.locator("#showing")).to_contain_text("hold")
    running.keyboard.press("Space")
    expect(running.locator("#go-cue")).to_have_text("VID 6.5")
    assert asked(desk) == [Hold(), Go("6", quarter=14.3)]


def test_the_keyboards_focus_keeps_its_own_space(desk: DeskServer, running: Page) -> None:
    running.locator("#do-hold").focus()
    running.keyboard.press("Space")
    expect(running.locator("#showing")).to_contain_text("hold")
    assert asked(desk) == [Hold()]


def test_a_refusal_is_said_in_the_shows_words(desk: DeskServer, running: Page) -> None:
    desk.do(lambda: desk.hand.act(GoTo("1")))
    expect(running.locator("#go-cue")).to_have_text("LX 1")
    running.keyboard.press("b")
    expect(running.locator("#said")).not_to_be_empty()
    assert desk.hand.state().pointer == "1"


def test_an_engine_that_does_not_answer_is_said(desk: DeskServer, running: Page) -> None:
    desk.hand.answers = False
    running.keyboard.press("h")
    expect(running.locator("#said")).to_contain_text("did not answer")


def test_the_next_number_is_started_from_the_end_of_this_one(
    desk: DeskServer, running: Page
) -> None:
    desk.do(lambda: desk.hand.act(GoTo("29")))
    expect(running.locator("#go-cue")).to_have_text("LX 29")
    running.keyboard.press("Space")
    running.get_by_role("button", name="Start 서미나와 나누는 이야기", exact=True).click()
    expect(running.locator("body")).to_have_attribute("data-music", "none")
    expect(running.locator("#go-cue")).to_have_text("SND 40")
    assert asked(desk)[-1] == StartNumber("talk")


def test_an_answer_heard_by_voice_is_entered_by_the_caller(desk: DeskServer, running: Page) -> None:
    desk.do(lambda: desk.hand.hear(230.0, remaining=30.0))
    expect(running.locator("#exits")).to_contain_text("서미나, stage left, to the corridor")
    expect(running.locator("#exits .left")).to_contain_text("off in 0:")
    running.get_by_role("button", name="서미나 said: in position").click()
    expect(running.locator("#exits")).to_contain_text("in position")
    assert asked(desk) == [Acknowledge("28", "mina")]


def test_typing_a_bar_tells_the_follower_where_the_music_is(
    desk: DeskServer, running: Page
) -> None:
    running.locator("#place-bar").fill("14")
    running.keyboard.press("Enter")
    expect(running.locator("#said")).to_contain_text("bar 14")
    score, _ = desk.hand.scores["nocturne"]
    assert desk.hand.placed == [next(bar.start for bar in score.bars if bar.number == "14")]


def _until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come true in 5 s")
