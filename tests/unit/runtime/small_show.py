"""A show small enough to hold in one's head, and a stage that keeps what reaches it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from collavoce.company.people import Exit, Person, Seat
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.rig.errors import RigError
from collavoce.rig.udp import Sent
from collavoce.runtime.clock import VirtualClock
from collavoce.runtime.entry import Entry
from collavoce.runtime.performance import Performance
from collavoce.runtime.wires.said import said
from collavoce.runtime.wires.shot import Shot
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.person import CallPerson
from collavoce.show.commands import HearAnswer
from collavoce.show.cues import AfterJump, Cue, Department, Number, Show
from collavoce.show.events import AnyEvent
from collavoce.show.latency import delay
from collavoce.show.patch import Channel, Patch
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand
from collavoce.units import Bpm, Instant, Quarters, Seconds

VIDEO = SendOsc("video", "/clip/go", (1,))

SHOW = Show(
    title="Small",
    timezone="Europe/Vienna",
    numbers=(
        Number(
            id="1",
            title="One",
            score=None,
            performer="jun",
            cues=(
                Cue(
                    "1",
                    "up",
                    Department.LX,
                    AtPlace(Quarters(4.0), "bar 2"),
                    (SetLevels({"front": 1.0}, Seconds(2.0)),),
                ),
                Cue(
                    "2",
                    "clip",
                    Department.VID,
                    AtPlace(Quarters(8.0), "bar 3"),
                    (VIDEO,),
                    again=AfterJump.FIRE,
                ),
                Cue("3", "tail", Department.VID, AfterCue("2", Seconds(1.0)), (VIDEO,)),
                Cue("4", "bell", Department.SND, ByHand(), (SendOsc("video", "/bell"),)),
                Cue(
                    "5",
                    "off",
                    Department.PEO,
                    AtEnd(Seconds(0.5)),
                    (CallPerson("friend", "SL", Seconds(20.0)),),
                ),
                Cue(
                    "6",
                    "out",
                    Department.LX,
                    AtEnd(Seconds(1.0)),
                    (SetLevels({"front": 0.0}, Seconds(1.0)),),
                ),
            ),
        ),
    ),
    people={"jun": Person("jun", "Jun", ("performer",)), "mina": Person("mina", "Mina")},
    exits={"SL": Exit("SL", "stage left")},
    seats={"friend": Seat("friend", "mina")},
    patch=Patch(
        osc={"video": ("127.0.0.1", 7000)},
        sacn=(("127.0.0.1", 5568),),
        channels={"front": Channel("front", 1, 1)},
    ),
)


def message_shots(
    cue: Cue, sends: Callable[[SendOsc], Sent], patch: Patch | None = None
) -> tuple[Shot, ...]:
    """The messages of a cue, each handed to `sends`."""
    return tuple(
        Shot(
            action.to,
            said(action),
            action.replay,
            Seconds(0.0) if patch is None else delay(patch, action),
            lambda _pull, action=action: sends(action),
        )
        for action in cue.actions
        if isinstance(action, SendOsc)
    )


@dataclass
class Stage:
    """A performance with a clock moved by hand and wires that remember."""

    performance: Performance = field(init=False)
    clock: VirtualClock = field(default_factory=VirtualClock)
    ring: list[Entry] = field(default_factory=list[Entry])
    sent: list[tuple[float, SendOsc]] = field(default_factory=list[tuple[float, SendOsc]])
    levels: dict[str, float] = field(default_factory=dict[str, float])
    kept_when_sent: list[int] = field(default_factory=list[int])
    broken: str = ""
    show: Show = SHOW
    heard: list[AnyEvent] = field(default_factory=list[AnyEvent])
    auditioned: list[tuple[str, dict[str, float]]] = field(
        default_factory=list[tuple[str, dict[str, float]]]
    )
    said: list[HearAnswer] = field(default_factory=list[HearAnswer])

    def __post_init__(self) -> None:
        self.performance = Performance(self.show, self.record, self, self.clock.now)

    def record(self, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        """Keep an entry as the ring would."""
        self.ring.append(Entry(event, actor, key, cause, 0, 0))
        return len(self.ring)

    def shots(self, cue: Cue) -> tuple[Shot, ...]:
        """Remember what left, and how much was kept by then."""
        return message_shots(cue, self.osc, self.show.patch)

    def osc(self, action: SendOsc) -> Sent:
        """Take a message, unless the wire is broken."""
        if self.broken:
            return Sent(0, (RigError(self.broken),))
        self.sent.append((self.clock.now(), action))
        self.kept_when_sent.append(len(self.ring))
        return Sent(1)

    def hear(self, event: AnyEvent) -> None:
        """Remember what was passed on."""
        self.heard.append(event)

    def audition(self, cue: Cue, levels: Mapping[str, float]) -> None:
        """Remember what was shown."""
        self.auditioned.append((cue.number, dict(levels)))

    def turn(self, now: Instant) -> None:
        """No connections."""

    def answers(self, now: Instant) -> tuple[HearAnswer, ...]:
        """What a test has the other end say."""
        del now
        said, self.said = tuple(self.said), []
        return said

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Remember the levels."""
        del now, at_once
        self.levels = dict(levels)
        return Sent(1)

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """A coarse grid."""
        return Instant(now + (0.02 if moving else 0.8))

    def at(self, seconds: float) -> None:
        """Let the show clock reach `seconds`, turning on the way."""
        while self.clock.now() < seconds:
            step = min(Instant(seconds), self.performance.next_turn())
            self.clock.advance_to(max(step, self.clock.now()))
            self.performance.turn()

    @property
    def events(self) -> list[AnyEvent]:
        """What was kept."""
        return [entry.event for entry in self.ring]


def estimate(
    at: float,
    quarter: float,
    *,
    confidence: float = 0.99,
    state: Music = Music.FOLLOWING,
    remaining: float | None = 60.0,
    jump: tuple[float, float] | None = None,
) -> Estimate:
    """An estimate as the follower would give it."""
    return Estimate(
        at=Instant(at),
        heard_at=Instant(at),
        quarter=Quarters(quarter),
        tempo=Bpm(60.0),
        confidence=confidence,
        state=state,
        remaining=None if remaining is None else Seconds(remaining),
        jump=None if jump is None else Jump(Quarters(jump[0]), Quarters(jump[1])),
    )
