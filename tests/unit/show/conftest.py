"""A stage to try the rules on: a show written in a line per cue, a clock moved by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from collavoce.company.people import Exit, Person, Seat
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.show import Show, ShowState, decide, evolve, next_due
from collavoce.show.actions.action import Action
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.inward import MoveTo, Remind, RunTimer, SwitchCues, Wait
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.others import ActOn, What
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.sound import PlaySound
from collavoce.show.commands import AnyCommand, Hear, StartNumber, Tick
from collavoce.show.cues import AfterJump, Countdown, Crew, Cue, Department, Number
from collavoce.show.events import AnyEvent, CueFired, Refused
from collavoce.show.inputs import Input, InputKind
from collavoce.show.patch import Channel, Patch
from collavoce.show.running.person import PersonIs
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
    trigger: Trigger = ByHand()
    actions: list[Action] = []
    policy = {"again": AfterJump.DROP, "skipped": AfterJump.DROP}
    lead = pre = Seconds(0.0)
    inputs: tuple[Input, ...] = ()
    needs: list[OnPerson] = []
    hazard, crew = "", tuple[str, ...]()
    while words:
        match words:
            case ["at", quarter, *words]:
                trigger = AtPlace(Quarters(float(quarter)), f"quarter {quarter}")
            case ["after", other, "+", wait, *words]:
                trigger = AfterCue(other, Seconds(float(wait)))
            case ["done", other, "+", wait, *words]:
                trigger = AfterCue(other, Seconds(float(wait)), done=True)
            case ["group", *words]:
                trigger = InGroup()
            case ["clock", seconds, *words]:
                trigger = AtClock(Seconds(float(seconds)), f"clock {seconds}")
            case ["person", who, where, *words]:
                trigger = OnPerson(who, PersonIs(where.replace("_", " ")))
            case ["needs", who, where, *words]:
                needs.append(OnPerson(who, PersonIs(where.replace("_", " "))))
            case ["pre", seconds, *words]:
                pre = Seconds(float(seconds))
            case ["input", *words]:
                inputs = (Input(InputKind.OSC, f"/go/{number}"),)
            case ["hazard", hazard, *words]:
                pass
            case ["crew", letters, *words]:
                crew = tuple(letters.split(","))
            case ["end", "+", wait, *words]:
                trigger = AtEnd(Seconds(float(wait)))
            case ["hand", *words]:
                trigger = ByHand()
            case ["dark", fade, *words]:
                actions.append(SetLevels({"front": 0.0}, Seconds(float(fade))))
            case ["light", fade, *words]:
                actions.append(SetLevels({"front": 1.0}, Seconds(float(fade))))
            case ["sound", length, *words]:
                actions.append(PlaySound("rain.wav", length=Seconds(float(length))))
            case ["loop", *words]:
                actions.append(PlaySound("rain.wav", loop=True))
            case ["wait", seconds, *words]:
                actions.append(Wait(Seconds(float(seconds))))
            case [("all" | "sequence" | "random") as order, cues, *words]:
                actions.append(FireGroup(Order(order), tuple(cues.split(","))))
            case ["timeline", cues, *words]:
                pairs = [one.split(":") for one in cues.split(",")]
                times = tuple(Seconds(float(at)) for _, at in pairs)
                actions.append(FireGroup(Order.TIMELINE, tuple(c for c, _ in pairs), times))
            case ["goto", cue, *words]:
                actions.append(MoveTo(cue))
            case [("arm" | "disarm") as how, cues, *words]:
                actions.append(SwitchCues(tuple(cues.split(",")), on=how == "arm"))
            case [("stop" | "fade" | "pause" | "resume") as what, cues, *words]:
                named = () if cues == "*" else tuple(cues.split(","))
                within = Seconds(2.0 if what == "fade" else 0.0)
                actions.append(ActOn(What(what), named, within))
            case ["timer", timer, what, *words]:
                actions.append(RunTimer(timer, what))
            case ["memo", text, *words]:
                actions.append(Remind(text))
            case ["friend", seconds, *words]:
                actions.append(CallPerson("friend", "SL", Seconds(float(seconds))))
            case [("again" | "skipped") as which, *words]:
                policy[which] = AfterJump.FIRE
            case [("again?" | "skipped?") as which, *words]:
                policy[which[:-1]] = AfterJump.OFFER
            case ["lead", seconds, *words]:
                lead = Seconds(float(seconds))
            case _:
                raise AssertionError(line)
    name = f"cue {number}"
    return Cue(
        number,
        name,
        Department.LX,
        trigger,
        tuple(actions),
        **policy,
        lead=lead,
        pre=pre,
        inputs=inputs,
        hazard=hazard,
        needs=tuple(needs),
        crew=crew,
    )


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
