"""A stage to try the rules on: a show written in a line per cue, a clock moved by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from collavoce.company.people import Exit, Person, Seat
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.show.actions.action import Action
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.go_to import MoveTo
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.memo import Remind
from collavoce.show.actions.others import ActOn, What
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.sound import PlaySound
from collavoce.show.actions.timer import RunTimer
from collavoce.show.actions.wait import Wait
from collavoce.show.commands import AnyCommand, Hear, StartNumber, Tick
from collavoce.show.cues import AfterJump, Countdown, Crew, Cue, Department, Number, Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, CueFired, Refused
from collavoce.show.evolve import evolve
from collavoce.show.inputs import Input, InputKind
from collavoce.show.patch import Channel, Patch
from collavoce.show.person import PersonIs
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.show.triggers import (
    AfterCue,
    AtClock,
    AtEnd,
    AtPlace,
    ByHand,
    InGroup,
    OnPerson,
    Trigger,
)
from collavoce.units import Bpm, Instant, Quarters, Seconds


def timeline(pairs: str) -> FireGroup:
    """ "2:0,3:1.5": each member with its time."""
    times = {cue: Seconds(float(at)) for cue, at in (one.split(":") for one in pairs.split(","))}
    return FireGroup(Order.TIMELINE, tuple(times), tuple(times.values()))


def named(cues: str) -> tuple[str, ...]:
    """ "2,3"; "*" for none, which is all."""
    return () if cues == "*" else tuple(cues.split(","))


SINGLE: dict[str, Callable[[], Action]] = {"loop": lambda: PlaySound("rain.wav", loop=True)}
WITH_ONE: dict[str, Callable[[str], Action]] = {
    "light": lambda fade: SetLevels({"front": 1.0}, Seconds(float(fade))),
    "dark": lambda fade: SetLevels({"front": 0.0}, Seconds(float(fade))),
    "sound": lambda length: PlaySound("rain.wav", length=Seconds(float(length))),
    "friend": lambda lead: CallPerson("friend", "SL", Seconds(float(lead))),
    "wait": lambda length: Wait(Seconds(float(length))),
    "all": lambda cues: FireGroup(Order.ALL, named(cues)),
    "sequence": lambda cues: FireGroup(Order.SEQUENCE, named(cues)),
    "random": lambda cues: FireGroup(Order.RANDOM, named(cues)),
    "timeline": timeline,
    "goto": MoveTo,
    "arm": lambda cues: SwitchCues(named(cues), on=True),
    "disarm": lambda cues: SwitchCues(named(cues), on=False),
    "stop": lambda cues: ActOn(What.STOP, named(cues)),
    "fade": lambda cues: ActOn(What.FADE, named(cues), Seconds(2.0)),
    "pause": lambda cues: ActOn(What.PAUSE, named(cues)),
    "resume": lambda cues: ActOn(What.RESUME, named(cues)),
    "memo": Remind,
}
"""Actions by the word that stands for them in a line."""


def cue(line: str) -> Cue:
    """A cue as a line.

    "2 at 8", "3 after 2 + 1.5", "3 done 2 + 1.5", "4 end + 2", "5 hand", "6 group", "7 clock 90",
    "8 person friend in_position"; then any of "again", "skipped" (policy fire), "again?",
    "skipped?" (policy offer), "lead 3" (fires 3 s ahead), "pre 2", "input", "hazard pyro", "needs
    jun clear", "crew LX,SND", and actions: "dark 3" (lights to nothing in 3 s), "light 3" (full in
    3 s), "friend 40" (calls the friend 40 s ahead), "sound 9", "loop", "wait 5", "all 2,3",
    "sequence 2,3", "random 2,3", "timeline 2:0,3:1.5", "goto 2", "arm 2,3", "disarm 2,3",
    "stop 2", "fade 2", "pause 2", "resume 2" (all of them with "*" for whatever is under way),
    "timer stage start", "memo careful".
    """
    number, *words = line.split()
    trigger, words = trigger_of(words)
    actions: list[Action] = []
    more: dict[str, Any] = {}
    while words:
        match words:
            case [("again" | "skipped") as which, *words]:
                more[which] = AfterJump.FIRE
            case [("again?" | "skipped?") as which, *words]:
                more[which[:-1]] = AfterJump.OFFER
            case [("lead" | "pre") as which, seconds, *words]:
                more[which] = Seconds(float(seconds))
            case ["input", *words]:
                more["inputs"] = (Input(InputKind.OSC, f"/go/{number}"),)
            case ["hazard", hazard, *words]:
                more["hazard"] = hazard
            case ["needs", who, where, *words]:
                more["needs"] = (*more.get("needs", ()), person(who, where))
            case ["crew", letters, *words]:
                more["crew"] = named(letters)
            case ["timer", timer, what, *words]:
                actions.append(RunTimer(timer, what))
            case [what, *words] if what in SINGLE:
                actions.append(SINGLE[what]())
            case [what, value, *words] if what in WITH_ONE:
                actions.append(WITH_ONE[what](value))
            case _:
                raise AssertionError(line)
    return Cue(number, f"cue {number}", Department.LX, trigger, tuple(actions), **more)


def person(who: str, where: str) -> OnPerson:
    """ "friend in_position"."""
    return OnPerson(who, PersonIs(where.replace("_", " ")))


def trigger_of(words: list[str]) -> tuple[Trigger, list[str]]:
    """The trigger that `words` begin with, and the words after it."""
    match words:
        case ["at", quarter, *words]:
            return AtPlace(Quarters(float(quarter)), f"quarter {quarter}"), words
        case ["after", other, "+", wait, *words]:
            return AfterCue(other, Seconds(float(wait))), words
        case ["done", other, "+", wait, *words]:
            return AfterCue(other, Seconds(float(wait)), done=True), words
        case ["end", "+", wait, *words]:
            return AtEnd(Seconds(float(wait))), words
        case ["hand", *words]:
            return ByHand(), words
        case ["group", *words]:
            return InGroup(), words
        case ["clock", seconds, *words]:
            return AtClock(Seconds(float(seconds)), f"clock {seconds}"), words
        case ["person", who, where, *words]:
            return person(who, where), words
        case _:
            return ByHand(), words


def show_of(*numbers: tuple[str, ...], holder: str | None = "mina") -> Show:
    """A show whose numbers are called 1, 2 ..."""
    return Show(
        title="An evening",
        timezone="Europe/Vienna",
        numbers=tuple(
            Number(str(index), f"Piece {index}", None, None, tuple(map(cue, lines)))
            for index, lines in enumerate(numbers, 1)
        ),
        people={
            "jun": Person("jun", "Jun", ("performer",)),
            "mina": Person("mina", "Mina", ("guest",)),
            "ada": Person("ada", "Ada", ("caller",)),
            "lena": Person("lena", "Lena", ("operator",)),
            "sam": Person("sam", "Sam", ("operator",)),
            "otto": Person("otto", "Otto", ("steward",)),
        },
        exits={"SL": Exit("SL", "stage left")},
        seats={"friend": Seat("friend", holder)},
        patch=Patch(channels={"front": Channel("front", 1, 1)}),
        crews={"LX": Crew("LX", people=("lena",)), "SND": Crew("SND", people=("sam",))},
        timers={"stage": Countdown("stage", "On stage", counts="up")},
    )


@dataclass
class Stage:
    """`when` asks and folds; `told`, `fired` and `refused` show what came of it.

    The tempo is 60: a quarter is a second.
    """

    show: Show
    state: ShowState = field(default_factory=ShowState)
    now: float = 0.0
    told: list[AnyEvent] = field(default_factory=list[AnyEvent])
    refused: str | None = None

    def when(self, command: AnyCommand, by: str = "caller") -> tuple[AnyEvent, ...]:
        """What the command led to; nothing, with `refused` set, if it was refused."""
        answer = decide(self.show, self.state, command, Instant(self.now), by)
        self.refused = answer.why if isinstance(answer, Refused) else None
        if isinstance(answer, Refused):
            return ()
        self.told += answer
        for event in answer:
            self.state = evolve(self.show, self.state, event)
        return answer

    def after(self, seconds: float) -> tuple[AnyEvent, ...]:
        """What time alone leads to, `seconds` later."""
        self.now += seconds
        return self.when(Tick(), by="follower")

    def hear(
        self,
        quarter: float,
        music: Music = Music.FOLLOWING,
        *,
        sure: float = 0.9,
        remaining: float | None = None,
        jump_from: float | None = None,
        placed_by: str = "",
        heard_at: float | None = None,
    ) -> tuple[AnyEvent, ...]:
        """What an estimate leads to."""
        jump = None
        if jump_from is not None:
            jump = Jump(Quarters(jump_from), Quarters(quarter), placed_by)
        estimate = Estimate(
            at=Instant(self.now),
            heard_at=Instant(self.now if heard_at is None else heard_at),
            quarter=Quarters(quarter),
            tempo=Bpm(60.0),
            confidence=sure,
            state=music,
            remaining=None if remaining is None else Seconds(remaining),
            jump=jump,
        )
        return self.when(Hear(estimate), by="follower")

    def when_time_passes(self, until: float) -> None:
        """Let every tick come when it is due, up to `until`."""
        while (due := next_due(self.state)) is not None and due <= until:
            self.now = max(self.now, due)
            told = len(self.told)
            self.when(Tick(), by="follower")
            assert len(self.told) > told, "a tick that was due told nothing"
        self.now = until

    @property
    def fired(self) -> list[str]:
        """Every cue that fired so far, in order."""
        return [event.cue for event in self.told if isinstance(event, CueFired)]

    def kinds(self) -> list[str]:
        """The names of everything told so far."""
        return [type(event).__name__ for event in self.told]


Begin = Callable[..., Stage]


@pytest.fixture
def begin() -> Begin:
    """A stage on which number 1, with the cues given, has just begun."""

    def begun(*lines: str, then: tuple[str, ...] = (), holder: str | None = "mina") -> Stage:
        stage = Stage(show_of(lines, then, holder=holder))
        stage.when(StartNumber("1"))
        stage.told.clear()
        return stage

    return begun
