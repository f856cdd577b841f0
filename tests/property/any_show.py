"""Any show and any evening with it, from a seed: cues that refer to each other as they like.

Circles, strangers and empty seats are among them. A seed that fails is a scenario: it is the same
show and the same evening each time.
"""

from collections.abc import Callable
from random import Random

from collavoce.company.people import Exit, Person, Seat
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.show.actions.action import Action
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.go_to import MoveTo
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.memo import Remind
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.others import ActOn, What
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.sound import PlaySound
from collavoce.show.actions.timer import RunTimer
from collavoce.show.actions.wait import Wait
from collavoce.show.asked.edits import Arm, Redo, Undo
from collavoce.show.asked.running import (
    Audition,
    FireByInput,
    HaltCue,
    PauseCue,
    ReadClock,
    ResumeCue,
    SayPerson,
)
from collavoce.show.asked.standby import CallStandby, ConfirmHazard, ReleaseStandby
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    Back,
    Follow,
    Go,
    GoTo,
    Hear,
    Hold,
    NotClear,
    PointTo,
    Resume,
    StartNumber,
    Stop,
    Tick,
)
from collavoce.show.cues import AfterJump, Countdown, Crew, Cue, Number, Show
from collavoce.show.inputs import Input, InputKind
from collavoce.show.patch import Channel, Patch
from collavoce.show.person import PersonIs
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

SIZE, STEPS, LENGTH = 8, 60, 12
WHERE = (PersonIs.CLEAR, PersonIs.IN_POSITION, PersonIs.NOT_CLEAR)


class Chance:
    """One seed's luck. The music and the clock go on as the evening does, with leaps."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.quarter = 0.0
        self.clock = 0.0

    def name(self) -> str:
        """A cue of the first number mostly."""
        return self.dice.choice([*(f"A{index}" for index in range(SIZE)), "B0", "gone"])

    def few(self) -> tuple[str, ...]:
        """One to three cues."""
        return tuple(dict.fromkeys(self.name() for _ in range(self.dice.randint(1, 3))))

    def wait(self) -> Seconds:
        """No time, or some."""
        return Seconds(self.dice.choice([0.0, 0.0, 1.0, 5.0]))

    def need(self) -> OnPerson:
        """Somebody somewhere."""
        return OnPerson(self.dice.choice(["friend", "mina"]), self.dice.choice(WHERE))

    def trigger(self) -> Trigger:
        """Any of them."""
        return self.dice.choice(
            (
                AtPlace(Quarters(self.dice.randint(0, LENGTH)), "there"),
                AtPlace(Quarters(self.dice.randint(0, LENGTH)), "there"),
                AfterCue(self.name(), self.wait(), self.dice.random() < 0.6),
                AfterCue(self.name(), self.wait(), self.dice.random() < 0.6),
                AtEnd(self.wait()),
                ByHand(),
                ByHand(),
                AtClock(Seconds(self.dice.randint(1, 60)), "clock"),
                self.need(),
                InGroup(),
            )
        )

    def action(self) -> Action:
        """Any of them, groups most of all."""
        dice = self.dice
        times = tuple(self.wait() for _ in range(3))
        return dice.choice(
            (
                SetLevels({"front": dice.choice([0.0, 0.5])}, self.wait()),
                SendOsc("video", "/go"),
                PlaySound("a.wav", loop=dice.random() < 0.3, length=self.wait()),
                CallPerson("friend", "SL", Seconds(10.0)),
                FireGroup(dice.choice(list(Order)), self.few(), times),
                FireGroup(Order.SEQUENCE, self.few()),
                Wait(self.wait()),
                MoveTo(self.name()),
                SwitchCues(self.few(), on=dice.random() < 0.7),
                Remind("careful"),
                RunTimer("t", dice.choice(["start", "pause", "reset"])),
                ActOn(dice.choice(list(What)), dice.choice([(), self.few()]), self.wait()),
            )
        )

    def cue(self, number: str) -> Cue:
        """A cue."""
        dice = self.dice
        return Cue(
            number=number,
            name="",
            department=dice.choice(["LX", "SND"]),
            trigger=self.trigger(),
            actions=tuple(self.action() for _ in range(dice.randint(0, 2))),
            again=dice.choice(list(AfterJump)),
            skipped=dice.choice(list(AfterJump)),
            pre=Seconds(dice.choice([0.0, 0.0, 0.0, 2.0])),
            inputs=dice.choice([(), (Input(InputKind.OSC, "/go"),)]),
            hazard=dice.choice([*[""] * 9, "pyro"]),
            needs=dice.choice([(), (), (), (self.need(),)]),
        )

    def show(self) -> Show:
        """A show of two numbers."""
        return Show(
            title="any",
            timezone="UTC",
            numbers=(
                Number("1", "", None, None, tuple(self.cue(f"A{i}") for i in range(SIZE))),
                Number("2", "", None, None, tuple(self.cue(f"B{i}") for i in range(2))),
            ),
            people={
                "mina": Person("mina", "Mina"),
                "ada": Person("ada", "Ada", ("caller",)),
                "lena": Person("lena", "Lena"),
            },
            exits={"SL": Exit("SL", "left")},
            seats={"friend": Seat("friend", self.dice.choice([None, "mina", "mina"]))},
            patch=Patch(channels={"front": Channel("front", 1, 1)}),
            crews={"LX": Crew("LX", people=("lena",))},
            timers={"t": Countdown("t", "t", counts="up")},
        )

    def hear(self) -> Hear:
        """The music plays on, and now and then it does not."""
        dice = self.dice
        origin, jump = self.quarter, None
        self.quarter = min(self.quarter + dice.choice([0.0, 1.0, 2.0]), LENGTH + 2.0)
        if dice.random() < 0.1:
            self.quarter = float(dice.randint(0, LENGTH))
            jump = Jump(Quarters(origin), Quarters(self.quarter), dice.choice(["", "ada"]))
        playing = [Music.FOLLOWING] * 8 if self.quarter < LENGTH else [Music.ENDED] * 4
        return Hear(
            Estimate(
                at=Instant(0.0),
                heard_at=Instant(1e6),
                quarter=Quarters(self.quarter),
                tempo=Bpm(60.0),
                confidence=dice.choice([0.3, 1.0, 1.0, 1.0]),
                state=dice.choice([*playing, Music.HELD, Music.LOST]),
                remaining=dice.choice([None, Seconds(5.0)]),
                jump=jump,
            )
        )

    def read(self) -> ReadClock:
        """The clock goes on; somebody may set it."""
        before = self.clock
        self.clock += self.dice.choice([1.0, 1.0, 5.0, 5.0, -10.0, 70.0])
        return ReadClock(self.clock, before)

    def command(self) -> AnyCommand:
        """Any of them, what happens often more often."""
        dice = self.dice
        often: list[Callable[[], AnyCommand]] = [
            self.hear,
            self.hear,
            self.read,
            Tick,
            lambda: Go(override=dice.random() < 0.5),
            lambda: Go(override=dice.random() < 0.5),
            lambda: SayPerson("mina", dice.choice(WHERE)),
        ]
        seldom: list[Callable[[], AnyCommand]] = [
            lambda: StartNumber(dice.choice(["1", "1", "2"])),
            lambda: PointTo(self.name()),
            lambda: GoTo(self.name()),
            Back,
            Hold,
            Resume,
            Resume,
            lambda: Stop(dice.choice([0.0, 2.0])),
            lambda: Follow(on=dice.random() < 0.8),
            lambda: Acknowledge(self.name(), dice.choice(["mina", "lena"])),
            lambda: NotClear(self.name(), dice.choice(["mina", "lena"]), "door"),
            lambda: CallStandby(dice.choice([None, self.name()])),
            lambda: ReleaseStandby(self.name()),
            lambda: ConfirmHazard(self.name(), "lena", dice.random() < 0.7),
            lambda: FireByInput(self.name(), "osc /go"),
            lambda: FireByInput(self.name(), "osc /go"),
            lambda: Audition(self.name()),
            lambda: PauseCue(self.name()),
            lambda: PauseCue(self.name()),
            lambda: ResumeCue(self.name()),
            lambda: HaltCue(self.name(), self.wait()),
            lambda: Arm(self.few(), on=dice.random() < 0.7),
            Undo,
            Redo,
        ]
        return dice.choice(dice.choice([often, often, seldom]))()

    def steps(self) -> list[tuple[float, AnyCommand, str]]:
        """An evening: seconds until then, what is asked, by whom."""
        return [
            (
                self.dice.choice([0.0, 0.6, 1.0, 3.0]),
                self.command(),
                self.dice.choice(["caller", "caller", "gateway"]),
            )
            for _ in range(STEPS)
        ]
