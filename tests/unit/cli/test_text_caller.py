"""The caller's desk typed: each word asks what the page's button asks, over the real desk."""

import asyncio
import io
from dataclasses import replace
from typing import Any, cast

import httpx
import msgspec
import pytest
from tests.browser.fake_stagehand import KEY, FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.unit.desk.desk_client import CALLER, MINA, ORIGIN, client

from collavoce.cli.text.asking import AskingError
from collavoce.cli.text.caller import CallerText
from collavoce.cli.text.crew import CrewText, is_crew
from collavoce.cli.text.door import Door, DoorError, View
from collavoce.cli.text.teller import Teller
from collavoce.desk.tonight import evening_now
from collavoce.desk.views import caller_view, machine_view, phone_view, times_view
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    Arm,
    Audition,
    CallStandby,
    ChangeSetList,
    ConfirmHazard,
    Go,
    GoTo,
    HaltCue,
    Lock,
    NotClear,
    PauseTimer,
    PointTo,
    Redo,
    ReleaseStandby,
    SayPerson,
    SetAvailable,
    SetTimer,
    StartTimer,
    Stop,
    Undo,
)
from collavoce.show.cues import Crew
from collavoce.show.person import PersonIs
from collavoce.show.setlist.evening import Lengths
from collavoce.show.told.event import Sending


class HouseDoor:
    """A door to a desk without a server: requests through ASGI, with somebody's cookie."""

    def __init__(self, hand: FakeStagehand, cookies: dict[str, str]) -> None:
        self.hand = hand
        self.cookies = cookies

    def get(self, path: str) -> bytes:
        answer = self._ask("GET", path, None)
        if answer.status_code >= 400:
            raise DoorError(answer.text)
        return answer.content

    def post(self, path: str, body: object) -> View:
        return cast("View", self._ask("POST", path, body).json())

    def _ask(self, method: str, path: str, body: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with client(self.hand, self.cookies) as asking:
                return await asking.request(method, path, json=body, headers={"origin": ORIGIN})

        return asyncio.run(ask())


def plain(view: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(view))


class Terminal:
    """The caller's desk in a terminal, and what it said."""

    def __init__(self) -> None:
        self.hand = FakeStagehand(show=full_show())
        self.hand.begin(STORM)
        self.out = io.StringIO()
        door = cast("Door", HouseDoor(self.hand, CALLER))
        self.page = CallerText(door, f"{ORIGIN}/open#{KEY}", Teller(self.out))
        self.hear()

    def hear(self) -> str:
        """Let the desk tell how things are; what it said of that."""
        before = len(self.out.getvalue())
        hand = self.hand
        view = caller_view(
            hand.show,
            hand.state(),
            plan="p",
            seq=hand.seq(),
            processes=hand.processes(),
            line=hand.line(),
            history=hand.history(),
            machine=machine_view(hand.machine()),
        )
        self.page.hear("beat", {"at": hand.now()})
        self.page.hear("times", plain(times_view(evening_now(hand, Lengths()))))
        self.page.hear("state", plain(view))
        return self.out.getvalue()[before:]

    def types(self, line: str) -> str:
        """The answer to a line."""
        answer = self.page.asking.ask(line)
        self.hear()
        return answer

    def asked(self) -> list[AnyCommand]:
        return [command for command, _, _ in self.hand.asked]


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.mark.parametrize(
    ("lines", "commands"),
    [
        (["call"], [CallStandby("1A")]),
        (["call 2A", "release 2A"], [CallStandby("2A"), ReleaseStandby("2A")]),
        (
            ["call", "heard lena", "heard not 서미나"],
            [
                CallStandby("1A"),
                Acknowledge("1A", "lena"),
                NotClear("1A", "mina", "said aloud, entered by the caller"),
            ],
        ),
        (
            ["cue 2A disarm", "edit undo", "edit redo", "edit lock"],
            [Arm(("2A",), on=False), Undo(), Redo(), Lock(on=True)],
        ),
        (
            ["timer stage start", "timer stage pause", "timer stage 12:30"],
            [StartTimer("stage"), PauseTimer("stage"), SetTimer("stage", 750.0)],
        ),
        (["cue 5A audition"], [Audition("5A")]),
        (["standby 5A", "next"], [PointTo("5A"), PointTo("6A")]),
        (["cue 2A end"], [HaltCue("2A", 0.0)]),
        (["person mina in position"], [SayPerson("mina", PersonIs.IN_POSITION)]),
        (["person mina not clear"], [SayPerson("mina", PersonIs.NOT_CLEAR)]),
    ],
)
def test_a_word_asks_what_the_button_asks(
    terminal: Terminal, lines: list[str], commands: list[AnyCommand]
) -> None:
    for line in lines:
        terminal.types(line)
    assert terminal.asked() == commands


def test_go_says_who_is_not_clear_and_overrides_only_when_it_is_said_again(
    terminal: Terminal,
) -> None:
    terminal.hand.act(CallStandby("1A"))
    terminal.hand.act(NotClear("1A", "mina", "the way is not free"), "mina")
    assert "the way is not free" in terminal.hear()
    assert "Type go once more" in terminal.types("go")
    assert terminal.asked() == []
    terminal.types("where")
    assert "Type go once more" in terminal.types("go")
    terminal.types("go")
    assert terminal.asked() == [Go("1A", override=True)]


def test_a_department_without_names_is_heard_by_its_letters_or_its_name(
    terminal: Terminal,
) -> None:
    crews = {"SND": terminal.hand.show.crews["SND"], "LX": Crew("LX", "Light")}
    terminal.hand.show = replace(terminal.hand.show, crews=crews)
    terminal.types("call")
    terminal.types("heard not LX")
    terminal.types("heard light")
    said = "said aloud, entered by the caller"
    assert terminal.asked() == [
        CallStandby("1A"),
        NotClear("1A", "LX", said),
        Acknowledge("1A", "LX"),
    ]


def test_a_hazard_is_heard_and_confirmed(terminal: Terminal) -> None:
    terminal.hand.act(GoTo("3A"))
    terminal.hear()
    terminal.types("go")
    assert "waiting for their word" in terminal.out.getvalue()
    terminal.types("confirm")
    assert terminal.asked()[-1] == ConfirmHazard("3A", "darya")
    with pytest.raises(AskingError, match="No hazardous cue"):
        terminal.types("confirm")


def test_a_stop_while_it_fades_cuts(terminal: Terminal) -> None:
    terminal.types("stop")
    terminal.types("stop")
    terminal.types("stop")
    assert terminal.asked() == [Stop(fade=2.0), Stop(fade=0.0)]


def test_the_history_says_why_and_what_was_sent(terminal: Terminal) -> None:
    terminal.hand.sends = (Sending("desk", "/go 2", 0.4),)
    terminal.hand.act(Go("1A"))
    told = terminal.types("history")
    assert "LX 1A Clouds fired. GO by the caller" in told
    assert "/go 2 to desk" in told
    assert terminal.types("history 2A") == "Nothing yet."


def test_the_set_list_numbers_its_options_and_one_is_chosen(terminal: Terminal) -> None:
    with pytest.raises(AskingError, match="setlist first"):
        terminal.types("choose 1")
    told = terminal.types("setlist")
    assert "1: Storm, now, at 20:14." in told
    number = next(
        line.split()[1].rstrip(":")
        for line in told.splitlines()
        if "Cut Colla voce" in line and line.startswith("Option")
    )
    terminal.types(f"choose {number}")
    (change,) = terminal.asked()
    assert isinstance(change, ChangeSetList)
    assert terminal.hand.state().edited.plan == change.plan


def test_somebody_who_plays_is_missing_and_the_ways_are_typed(terminal: Terminal) -> None:
    with pytest.raises(AskingError, match="available"):
        terminal.types("ways")
    terminal.hand.act(SetAvailable("ren", available=False, until="none"), "wings")
    heard = terminal.hear()
    title = terminal.hand.show.numbers[1].title
    assert f"Type ways {title} for what can be done." in heard
    assert "きりしま れん: not available, no date." in heard
    told = terminal.types("ways").splitlines()
    assert told[0] == f"{title}: きりしま れん not available."
    assert any(line.startswith("Option") and f"Cut {title}" in line for line in told)
    assert not any("Cut" in line and title not in line for line in told)
    terminal.types("choose 1")
    (change,) = terminal.asked()
    assert isinstance(change, ChangeSetList)
    terminal.hand.act(SetAvailable("ren", available=True), "wings")
    assert "Type ways" not in terminal.hear()


def test_a_cue_says_all_about_itself(terminal: Terminal) -> None:
    told = terminal.types("cue 5A")
    for words in (
        "LX 5A Ren walks",
        "by hand",
        "friend 서미나 is in position",
        "front 20 %, back 60 %",
    ):
        assert words in told
    assert "pyro" in terminal.types("cue 3A")


def test_what_carries_the_show_and_what_may_press_are_said(terminal: Terminal) -> None:
    assert "engine: running." in terminal.types("devices")
    assert "gateway does not answer" in terminal.types("connections")
    terminal.hand.gateway = {"entries": [{"words": "The pedal does go"}], "refused": []}
    assert terminal.types("connections") == "The pedal does go."
    assert "Press the button" in terminal.types("learn go")
    assert terminal.hand.learns == ["go"]


def test_over_and_under_is_said_once_it_is_not_as_planned(terminal: Terminal) -> None:
    assert "behind the curfew." in terminal.out.getvalue()


def test_what_cannot_be_understood_is_answered_with_how(terminal: Terminal) -> None:
    for line, how in (
        ("edit", "undo, redo, lock or unlock"),
        ("person mina asleep", "in position"),
        ("timer stage soon", "no length"),
        ("cue 99", "no cue"),
    ):
        with pytest.raises(AskingError, match=how):
            terminal.types(line)


def test_a_cue_light_is_heard_and_answered() -> None:
    hand = FakeStagehand(show=full_show())
    hand.begin(STORM)
    out = io.StringIO()
    light = CrewText(cast("Door", HouseDoor(hand, MINA)), Teller(out))

    def hear() -> None:
        light.hear("state", plain(phone_view(hand.show, hand.state(), "mina")))

    hear()
    assert "Next: LX 1A, Clouds." in out.getvalue()
    hand.act(CallStandby("2A"))
    hear()
    assert "STANDBY SND 2A, Thunder." in out.getvalue()
    light.asking.ask("not equipment")
    hear()
    light.asking.ask("ready")
    hear()
    assert "READY SND 2A" in out.getvalue()
    hand.act(GoTo("2A"))
    hand.act(Go("2A"))
    hear()
    assert "GO SND 2A, Thunder." in out.getvalue()
    assert [command for command, _, _ in hand.asked] == [
        NotClear("2A", "mina", "equipment"),
        Acknowledge("2A", "mina"),
    ]
    with pytest.raises(AskingError):
        light.asking.ask("fired")


def test_a_terminal_that_is_nobodys_phone_is_told_so() -> None:
    hand = FakeStagehand(show=full_show())
    with pytest.raises(DoorError, match="nobody's phone"):
        CrewText(cast("Door", HouseDoor(hand, {})), Teller(io.StringIO()))


def test_which_page_a_link_opens_stands_in_it() -> None:
    assert is_crew("http://10.0.0.2:8080/crew")
    assert not is_crew("http://10.0.0.2:8080/open#key")
