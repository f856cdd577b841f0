"""Each kind of action by its own carrier; what changes sounds is passed on; nothing is guessed."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from collavoce.desk.views.signs import sign
from collavoce.runtime.wires import Shot, Wires
from collavoce.runtime.wires.needed import carrying_processes
from collavoce.runtime.wires.posts import (
    AnyPost,
    EndSounds,
    Errand,
    LoadFile,
    PauseSounds,
    PlayFile,
    unpack_post,
)
from collavoce.runtime.wires.said import LONGEST, said
from collavoce.runtime.wires.shot import Pull
from collavoce.show import events as e
from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.load import LoadCue
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue, Department, Show
from collavoce.show.state import ShowState
from collavoce.show.states.running import Running
from collavoce.show.triggers import ByHand
from collavoce.units import Instant, Seconds

from .small_show import SHOW

RAIN = PlaySound("rain.wav", "house", level=0.6, loop=True, fade=Seconds(2.0))
BELL = PlaySound("bell.wav")
PLAY = SendHttp("media", "POST", "/play", "{}")


def show_of(*actions: Action, **cues: tuple[Action, ...]) -> Show:
    """The small show with a cue "9" that does `actions`, and others by their numbers."""
    every = {"9": actions, **cues}
    more = tuple(Cue(n, "", Department.SND, ByHand(), done) for n, done in every.items())
    number = replace(SHOW.numbers[0], cues=(*SHOW.numbers[0].cues, *more))
    patch = replace(SHOW.patch, http={"media": "http://127.0.0.1:9"}, sound={"house": "House"})
    return replace(SHOW, numbers=(number,), patch=patch)


@dataclass
class Posted:
    """The processes that carry, as the engine's mail sees them. gone: who does not run."""

    gone: set[str] = field(default_factory=set[str])
    posts: list[tuple[str, AnyPost]] = field(default_factory=list[tuple[str, AnyPost]])

    def __call__(self, process: str, datagram: bytes) -> bool:
        if process in self.gone:
            return False
        self.posts.append((process, unpack_post(datagram)))
        return True

    @property
    def last(self) -> AnyPost:
        return self.posts[-1][1]


@pytest.fixture(name="posted")
def _posted() -> Posted:
    return Posted()


class House:
    """Wires of a show, closed when the test is over."""

    def __init__(self) -> None:
        self.open: list[Wires] = []

    def wires(self, show: Show, posted: Posted | None) -> Wires:
        self.open.append(Wires(show, "boot", post=posted))
        return self.open[-1]

    def shots(self, show: Show, posted: Posted | None, cue: str = "9") -> tuple[Shot, ...]:
        return self.wires(show, posted).shots(show.cue(cue))


@pytest.fixture(name="house")
def _house() -> Iterator[House]:
    made = House()
    yield made
    for wires in made.open:
        wires.close()


def pulled(shot: Shot) -> str:
    return shot.send(Pull("9", "17", Instant(0.0))).problem


def test_a_request_goes_to_the_errands_under_an_id_of_its_firing(
    house: House, posted: Posted
) -> None:
    (shot,) = house.shots(show_of(PLAY), posted)
    assert (shot.to, shot.what, shot.replay) == ("media", "POST /play", Replay.ONCE)
    assert pulled(shot) == ""
    assert posted.posts == [
        (
            "errands",
            Errand(
                "17:0",
                "9",
                "media",
                "http://127.0.0.1:9",
                "POST",
                "/play",
                "{}",
                "application/json",
            ),
        )
    ]


def test_sounds_go_to_the_sound_process_each_under_an_id_of_its_own(
    house: House, posted: Posted
) -> None:
    rain, bell = house.shots(show_of(RAIN, BELL), posted)
    assert [shot.to for shot in (rain, bell)] == ["house", "sound"]
    assert [shot.replay for shot in (rain, bell)] == [Replay.ABSOLUTE, Replay.ONCE]
    assert pulled(rain) == pulled(bell) == ""
    assert [post for _, post in posted.posts] == [
        PlayFile("17:0", "9", "house", "rain.wav", level=0.6, loop=True, fade=2.0),
        PlayFile("17:1", "9", "", "bell.wav"),
    ]


def test_a_cue_that_is_loaded_has_its_sounds_made_ready(house: House, posted: Posted) -> None:
    show = show_of(LoadCue("10", Seconds(3.0)), **{"10": (RAIN, PLAY)})
    (shot,) = house.shots(show, posted)
    assert pulled(shot) == ""
    assert posted.posts == [("sound", LoadFile("rain.wav", 3.0, loop=True))]


def test_a_process_that_does_not_run_is_a_fault_of_the_firing(house: House, posted: Posted) -> None:
    posted.gone = {"errands"}
    (shot,) = house.shots(show_of(PLAY), posted)
    assert "“errands” does not run" in pulled(shot)


def test_on_a_virtual_clock_no_other_program_is_spoken_to(house: House) -> None:
    for shot in house.shots(show_of(PLAY, BELL), None):
        assert "the clock is virtual" in pulled(shot)


@pytest.mark.parametrize(
    "action",
    [SendOsc("gone", "/go"), SendMidi("gone", (b"\xc0\x01",), "program"), replace(PLAY, to="gone")],
)
def test_a_destination_that_the_patch_lacks_is_a_fault(
    house: House, posted: Posted, action: Action
) -> None:
    (shot,) = house.shots(show_of(action), posted)
    assert "'gone' is not a destination" in pulled(shot)


def test_a_message_that_only_says_what_shall_be_may_be_sent_again(
    house: House, posted: Posted
) -> None:
    shots = house.shots(show_of(SendOsc("video", "/fader", (0.5,), sets=True), RAIN), posted)
    assert [shot.replay for shot in shots] == [Replay.ABSOLUTE, Replay.ABSOLUTE]


def test_what_changes_only_the_show_has_no_shot(house: House, posted: Posted) -> None:
    person = CallPerson("friend", "SL", Seconds(20.0))
    assert house.shots(show_of(person, SetLevels({"front": 1.0}, Seconds(0.0))), posted) == ()


@pytest.mark.parametrize(
    ("event", "post"),
    [
        (e.ShowStopped(1.0, "caller", 2.0), EndSounds(None, 2.0)),
        (e.ShowStopped(1.0, "caller", 2.0, hard=True), EndSounds(None, 0.0)),
        (e.CueHalted(1.0, "9", "caller", fade=3.0), EndSounds(("9",), 3.0)),
        (e.CuePaused(1.0, "9", "caller"), PauseSounds("9", on=True)),
        (e.CueResumed(1.0, "9", "caller"), PauseSounds("9", on=False)),
        (e.StageTracked(1.0, {}, 0.5, ended=("9",)), EndSounds(("9",), 0.5)),
    ],
)
def test_what_changes_sounds_is_passed_on(
    house: House, posted: Posted, event: e.AnyEvent, post: AnyPost
) -> None:
    house.wires(show_of(RAIN), posted).hear(event)
    assert posted.posts == [("sound", post)]


def test_the_stage_put_right_begins_the_loops_that_belong_there(
    house: House, posted: Posted
) -> None:
    house.wires(show_of(RAIN, BELL), posted).hear(e.StageTracked(1.0, {}, 0.5, sounds=("9",)))
    assert [post.file for _, post in posted.posts if isinstance(post, PlayFile)] == ["rain.wav"]


def test_a_sound_process_that_came_back_has_the_loops_again_a_paused_one_stands(
    house: House, posted: Posted
) -> None:
    show = show_of(RAIN, **{"10": (BELL,), "11": (RAIN,)})
    running = {"9": Running(0.0, None), "10": Running(0.0, 9.0), "11": Running(0.0, None, 5.0)}
    house.wires(show, posted).sound_came_back(ShowState(running=running), "boot")
    played = [post for _, post in posted.posts if isinstance(post, PlayFile)]
    assert [(post.cue, post.file, post.stands) for post in played] == [
        ("9", "rain.wav", False),
        ("11", "rain.wav", True),
    ]


def test_a_show_without_sounds_says_nothing_to_a_process_it_does_not_have(
    house: House, posted: Posted
) -> None:
    house.wires(SHOW, posted).hear(e.ShowStopped(1.0, "caller", 2.0))
    assert posted.posts == []


def test_only_the_processes_that_a_show_needs_are_started() -> None:
    assert carrying_processes(SHOW) == ()
    assert carrying_processes(show_of(PLAY)) == ("errands",)
    assert carrying_processes(show_of(PLAY, BELL)) == ("errands", "sound")


def test_what_is_sent_is_said_in_a_few_words() -> None:
    many = SetLevels({f"lamp {n}": 0.5 for n in range(100)}, Seconds(2.0))
    assert said(many).startswith("lamp 0 50 %, lamp 1 50 %, ")
    assert said(many).endswith("lamp 5 50 %, 94 more in 2 s")
    assert len(said(SendOsc("video", "/say", ("x" * 999,)))) == LONGEST


def test_a_connection_that_is_away_is_told_to_the_desk_before_any_cue_and_when_it_is_back(
    house: House,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as away:
        address = away.getsockname()
    patch = replace(SHOW.patch, osc_tcp={"video": address})
    wires = house.wires(replace(SHOW, patch=patch), None)

    def told(state: str, now: float) -> bool:
        wires.turn(Instant(now))
        mails = {mail.name: mail.state for mail in wires.reached()}
        if mails.get("destination video") != state:
            return False
        assert sign(f"process.{state.replace(' ', '_')}")["word"]
        return True

    assert any(told("not connected", now) for now in range(100))
    with socket.create_server(address) as back:
        assert any(told("connected", 200.0 + now) for now in range(100))
        back.accept()[0].close()
    assert any(told("not connected", 400.0 + now) for now in range(100))
