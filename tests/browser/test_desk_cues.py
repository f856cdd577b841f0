"""What a caller does besides GO: standbys, overrides, hazards, edits, timers, history, set list."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.browser.watching import stop_time

from collavoce.desk.machine import Machine
from collavoce.runtime.clock import LiveClock
from collavoce.show.commands import (
    Acknowledge,
    Arm,
    Audition,
    CallStandby,
    ChangeSetList,
    ConfirmHazard,
    Go,
    GoTo,
    Lock,
    NotClear,
    PauseTimer,
    Redo,
    ReleaseStandby,
    SayPerson,
    SetTimer,
    StartTimer,
    Stop,
    Undo,
)
from collavoce.show.person import PersonIs
from collavoce.show.told.event import Sending

pytestmark = pytest.mark.browser


@pytest.fixture
def desk() -> Iterator[DeskServer]:
    """A desk of a show that needs everybody, in its first number."""
    server = DeskServer(lambda: FakeStagehand(None, LiveClock.start(), full_show()))
    server.do(lambda: server.hand.begin(STORM))
    yield server
    server.close()


@pytest.fixture
def storm(desk: DeskServer, page: Page) -> Page:
    """Its page."""
    expect(page.locator("#go-cue")).to_have_text("LX 1A")
    assert desk.hand.asked == []
    return page


def asked(desk: DeskServer) -> list[object]:
    """What was asked of the show, in order."""
    return [command for command, _, _ in desk.hand.asked]


def test_standby_is_called_answered_by_voice_and_released(desk: DeskServer, storm: Page) -> None:
    storm.keyboard.press("s")
    expect(storm.locator("#called")).to_contain_text("Lena Okafor")
    storm.get_by_role("button", name="Lena Okafor said: ready").click()
    expect(storm.locator("#called li").first).to_contain_text("ready")
    expect(storm.locator("#do-standby")).to_contain_text("Release")
    storm.keyboard.press("s")
    expect(storm.locator("#called li")).to_have_count(0)
    called, answered, released = asked(desk)
    assert (called, released) == (CallStandby("1A"), ReleaseStandby("1A"))
    assert answered == Acknowledge("1A", "lena")


def test_go_is_refused_once_with_who_and_why_and_the_next_overrides(
    desk: DeskServer, storm: Page
) -> None:
    desk.do(lambda: desk.hand.act(CallStandby("1A")))
    desk.do(lambda: desk.hand.act(NotClear("1A", "mina", "the way is not free"), "mina"))
    expect(storm.locator("#go")).to_have_attribute("data-is", "unready")
    storm.keyboard.press("Space")
    expect(storm.locator("#said")).to_contain_text("서미나 is not clear: the way is not free")
    expect(storm.locator("#said")).to_contain_text("GO again overrides")
    assert desk.hand.state().pointer == "1A"
    storm.keyboard.press("Space")
    expect(storm.locator("#go-cue")).to_have_text("SND 2A")
    assert asked(desk) == [Go("1A"), Go("1A", override=True)]


def test_what_was_not_said_is_not_overridden(desk: DeskServer, storm: Page) -> None:
    """A GO that was refused for another reason is no override the second time."""
    desk.do(lambda: desk.hand.act(CallStandby("1A")))
    expect(storm.locator("#called li")).to_have_count(2)
    desk.hand.answers = False
    storm.keyboard.press("Space")
    expect(storm.locator("#said")).to_contain_text("did not answer")
    desk.hand.answers = True
    desk.do(lambda: desk.hand.act(NotClear("1A", "mina", "smoke"), "mina"))
    expect(storm.locator("#go")).to_have_attribute("data-is", "unready")
    storm.keyboard.press("Space")
    expect(storm.locator("#said")).to_contain_text("GO again overrides")
    assert desk.hand.state().pointer == "1A"


def test_a_hazard_is_said_to_its_operator_and_waits_for_their_word(
    desk: DeskServer, storm: Page
) -> None:
    desk.do(lambda: desk.hand.act(GoTo("3A")))
    expect(storm.locator("#standby")).to_contain_text("fired by its operator")
    storm.keyboard.press("Space")
    expect(storm.locator("#hazards")).to_contain_text("waiting for their word")
    storm.keyboard.press("x")
    expect(storm.locator("#hazards li")).to_have_count(0)
    assert asked(desk)[-1] == ConfirmHazard("3A", "darya")


def test_the_third_escape_cuts_what_the_second_fades(desk: DeskServer, storm: Page) -> None:
    stop_time(storm)
    for _ in range(2):
        storm.keyboard.press("Escape")
    expect(storm.locator("#do-stop")).to_contain_text("Cut now")
    storm.keyboard.press("Escape")
    _until(storm, lambda: len(asked(desk)) == 2)
    assert asked(desk) == [Stop(), Stop(fade=0.0)]


def test_somebody_waited_for_is_said_to_be_there(desk: DeskServer, storm: Page) -> None:
    storm.get_by_role("button", name="서미나 is in position").click()
    expect(storm.locator("#waited")).to_contain_text("in position")
    assert asked(desk) == [SayPerson("mina", PersonIs.IN_POSITION)]


def test_edits_are_undone_redone_and_locked_by_key(desk: DeskServer, storm: Page) -> None:
    storm.keyboard.press("a")
    expect(storm.locator("#standby")).to_contain_text("disarmed")
    expect(storm.locator("#undo")).to_be_enabled()
    storm.keyboard.press("z")
    expect(storm.locator("#standby")).not_to_contain_text("disarmed")
    storm.keyboard.press("y")
    expect(storm.locator("#standby")).to_contain_text("disarmed")
    storm.keyboard.press("k")
    expect(storm.locator("#lock")).to_have_attribute("aria-pressed", "true")
    storm.keyboard.press("z")
    expect(storm.locator("#said")).not_to_be_empty()
    assert asked(desk) == [Arm(("1A",), on=False), Undo(), Redo(), Lock(on=True), Undo()]


def test_a_timer_runs_stands_and_takes_another_length(desk: DeskServer, storm: Page) -> None:
    storm.get_by_role("button", name="Start Stage time").click()
    expect(storm.locator("#timers")).to_contain_text("9:5")
    storm.get_by_role("button", name="Pause Stage time").click()
    expect(storm.get_by_role("button", name="Start Stage time")).to_be_visible()
    storm.keyboard.press("t")
    storm.get_by_label("Length of Stage time", exact=True).fill("soon")
    storm.keyboard.press("Enter")
    expect(storm.locator("#timers-said")).to_contain_text("no length")
    storm.get_by_label("Length of Stage time", exact=True).fill("12:30")
    storm.keyboard.press("Enter")
    _until(storm, lambda: len(asked(desk)) == 3)
    assert asked(desk) == [StartTimer("stage"), PauseTimer("stage"), SetTimer("stage", 750.0)]


def test_the_history_says_why_each_cue_fired_and_what_was_sent(
    desk: DeskServer, storm: Page
) -> None:
    desk.hand.sends = (Sending("desk", "/go 2", 0.4), Sending("clips", "PLAY", 0.5, "no route"))
    desk.do(lambda: desk.hand.act(Go("1A")))
    expect(storm.locator("#went")).to_contain_text("/go 2 to desk")
    storm.keyboard.press("i")
    first = storm.locator("#history-rows > li").first
    expect(first).to_contain_text("LX 1A Clouds")
    expect(first).to_contain_text("GO by the caller. 0.4 ms from trigger to wire")
    expect(first).to_contain_text("PLAY did not reach clips: no route")


def test_what_did_not_arrive_stands_first_beside_the_standby_and_in_colour(
    desk: DeskServer, storm: Page
) -> None:
    went = storm.locator("#went")
    desk.hand.sends = (Sending("desk", "/go 2", 0.4), Sending("clips", "PLAY", 0.5, "no route"))
    desk.do(lambda: desk.hand.act(Go("1A")))
    expect(went).to_have_text("▲ PLAY did not reach clips: no route, /go 2 to desk")
    expect(went).to_have_attribute("data-tone", "doubt")
    quiet = went.evaluate("node => getComputedStyle(node.previousElementSibling).color")
    assert went.evaluate("node => getComputedStyle(node).color") != quiet
    row = storm.locator('.row[data-cue="1A"]')
    expect(row.locator(".state")).to_have_text("not all arrived")
    expect(row).to_contain_text("▲")
    expect(row).not_to_contain_text("✓")


def test_a_cue_says_all_about_itself_and_is_auditioned_from_there(
    desk: DeskServer, storm: Page, tab: BrowserContext
) -> None:
    stage = tab.new_page()
    stage.goto(f"{desk.url}/stage")
    storm.locator("#list .row", has_text="Ren walks").click(button="right")
    facts = storm.locator("#cue-facts")
    expect(facts).to_contain_text("friend 서미나 is in position")
    expect(facts).to_contain_text("front 20 %, back 60 %")
    storm.get_by_role("button", name="Audition").click()
    expect(stage.locator("#auditioned")).to_contain_text("AUDITION LX 5A Ren walks")
    expect(stage.locator(".lamp b").nth(1)).to_have_text("60")
    assert asked(desk) == [Audition("5A")]
    assert "5A" not in desk.hand.state().fired


def test_an_option_of_the_set_list_says_its_cost_and_is_chosen(
    desk: DeskServer, storm: Page
) -> None:
    expect(storm.locator("#over")).to_contain_text("behind the curfew")
    storm.keyboard.press("o")
    option = storm.locator("#set-options > li", has_text="Cut Colla voce")
    expect(option).to_contain_text("min earlier")
    option.get_by_role("button").click()
    expect(storm.locator("#set-list")).to_be_hidden()
    (change,) = asked(desk)
    assert isinstance(change, ChangeSetList)
    storm.keyboard.press("z")
    _until(storm, lambda: desk.hand.state().edited.plan is None)


def test_a_key_can_be_another_and_is_remembered(desk: DeskServer, storm: Page) -> None:
    storm.keyboard.press("?")
    storm.get_by_role("button", name="Another key for: Standby: call").click()
    storm.keyboard.press("h")
    expect(storm.locator("#keys-said")).to_contain_text("Hold, resume")
    storm.keyboard.press("j")
    storm.keyboard.press("Escape")
    expect(storm.locator("#do-standby kbd")).to_have_text("J")
    storm.reload()
    expect(storm.locator("#go-cue")).to_have_text("LX 1A")
    storm.keyboard.press("s")
    storm.keyboard.press("j")
    expect(storm.locator("#called li")).to_have_count(2)
    assert asked(desk) == [CallStandby("1A")]


def test_battery_and_processes_are_told_where_they_are_trouble(
    desk: DeskServer, storm: Page
) -> None:
    expect(storm.locator("#power")).to_be_hidden()
    desk.hand.on_battery = Machine(12, charging=False)
    desk.hand.running["spare"] = "down"
    expect(storm.locator("#power")).to_have_text("▲battery low 12 %")
    expect(storm.locator("#network")).to_have_text("▲no network")
    storm.keyboard.press("p")
    expect(storm.locator("#monitor-processes li", has_text="spare")).to_contain_text("down")


def test_a_control_is_learned_from_the_page(
    desk: DeskServer, storm: Page, tab: BrowserContext
) -> None:
    assert storm.locator("#open-connections").get_attribute("href") == "/connections"
    connections = tab.new_page()
    connections.goto(f"{desk.url}/connections")
    expect(connections.locator("#away")).to_be_visible()
    entry = {"number": 1, "kind": "learned", "words": "The pedal does go", "ago": None}
    knock = {"source": "10.0.0.9", "what": "/go", "words": "not known", "count": 4, "ago": 2.0}
    told = {"entries": [entry], "refused": [knock], "midi": ["Pedal"], "trouble": ""}
    desk.hand.gateway = told | {"osc": "10.0.0.2:9100", "learning": "go"}
    connections.locator("#learn-does").fill("go")
    connections.keyboard.press("Enter")
    expect(connections.locator("#learn-said")).to_contain_text("Press the button")
    expect(connections.locator("#refused")).to_contain_text("4 times")
    desk.hand.gateway = {**desk.hand.gateway, "learning": ""}
    desk.hand.learned = "Learned: the pedal does go."
    expect(connections.locator("#learn-said")).to_have_text("Learned: the pedal does go.")
    assert desk.hand.learns == ["go"]


def _until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come true in 5 s")
