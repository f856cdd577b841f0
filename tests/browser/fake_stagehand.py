"""A show that runs in memory and keeps its promises: real rules, real events, real folding.

Nothing is stubbed but the wires: commands go through `decide`, events through `evolve`, the lights
through a `Look`. Same key, same answer. What the real web process may do to a desk (an engine that
does not answer, a process that is down) can be switched on.
"""

import asyncio
from collections.abc import Mapping, Sequence

from tests.browser.little_show import little_show

from collavoce.desk.history import History
from collavoce.desk.machine import Machine
from collavoce.desk.stagehand import (
    Answer,
    Connections,
    Happening,
    Kept,
    LineAnswer,
    PairingLink,
    Told,
    Unanswered,
)
from collavoce.following.estimate import Ahead, Estimate, Jump, Music
from collavoce.line import Who, line_view
from collavoce.line import events as at_line
from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.line.place import Utc
from collavoce.runtime.care.policies import from_line
from collavoce.runtime.clock import Clock, VirtualClock, utc_now
from collavoce.runtime.line.config import line_config
from collavoce.runtime.line.house import LineHouse, NoRecords
from collavoce.score import Score
from collavoce.score.engraving import Engraving
from collavoce.show.actions.levels import SetLevels
from collavoce.show.commands import AnyCommand, Hear, StartNumber, Tick
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.events import (
    AnyEvent,
    CueFired,
    CueSent,
    Refused,
    RestrictionLifted,
    RestrictionNoted,
    ShowOpened,
    ShowStopped,
)
from collavoce.show.evolve import evolve
from collavoce.show.looks import Look
from collavoce.show.rules.waits import next_due
from collavoce.show.setlist.evening import Busy
from collavoce.show.state import ShowState
from collavoce.show.told.event import Sending
from collavoce.units import Bpm, Instant, Quarters, Seconds

NOWHERE_ELSE = (RestrictionNoted, RestrictionLifted)
"""What the real desk does not tell among the rest either."""

BADGES = {"badge-of-mina": "mina", "badge-of-darya": "darya"}
PROCESSES = ("follower", "engine", "writer", "care", "web")
KEY = "key-of-the-desk"


DAY_AT = 20 * 3600 + 14 * 60.0
"""The time of day at which the show was opened: 20:14."""

LINE_AT = 1_800_000_000.0
"""When it is at the line: a moment in January 2027, UTC."""


class MemoryRecords(NoRecords):
    """A file that takes everything and is gone afterwards."""

    def append(self, events: Sequence[at_line.AnyEvent]) -> None:
        del events


class FakeStagehand:
    """The Stagehand of a show in memory."""

    def __init__(
        self,
        written: tuple[Score, Engraving] | None = None,
        clock: Clock | None = None,
        show: Show | None = None,
    ) -> None:
        self.show = show or little_show(written[0] if written else None)
        scored = next((number.id for number in self.show.numbers if number.score), "")
        self.scores = {scored: written} if written else {}
        self.clock = clock or VirtualClock()
        self.desk_key = KEY
        self.care_origin = "http://127.0.0.1:9999"
        self.running: dict[str, str] = dict.fromkeys(PROCESSES, "up")
        self.answers = True
        self.line_silent = False
        self.line_house = LineHouse(
            line_config(self.show, utc_now()).place(), MemoryRecords(), lambda: Utc(LINE_AT)
        )
        self.line_house.told.append(self._line_told)
        self.noticed = ""
        self.placed: list[float] = []
        self.asked: list[tuple[AnyCommand, str, str]] = []
        self.events: list[AnyEvent] = []
        self.sends: tuple[Sending, ...] = ()
        self.on_battery = Machine(network=("eth0",))
        self.gateway: Mapping[str, object] | None = None
        self.learns: list[str] = []
        self.learned = ""
        self._history = History()
        self._state = ShowState()
        self._music: Estimate | None = None
        self._look = Look.dark(self.show.patch.channels)
        self._kept: dict[str, Answer] = {}
        self._change = asyncio.Event()
        self._fold(ShowOpened(at=0.0, title=self.show.title, plan="plan"))

    def renew_desk_key(self) -> str:
        self.desk_key = f"{KEY} {len(self.desk_key)}"
        return self.desk_key

    def state(self) -> ShowState:
        return self._state

    def seq(self) -> int:
        return len(self.events)

    def recent(self) -> list[Happening]:
        numbered = enumerate(self.events, 1)
        told = [(seq, e) for seq, e in numbered if not isinstance(e, NOWHERE_ELSE)][-8:]
        return [Happening(seq, f"20:14:{seq % 60:02d}", _words(event)) for seq, event in told]

    def history(self) -> History:
        return self._history

    def machine(self) -> Machine:
        return self.on_battery

    def day_seconds(self) -> float:
        return DAY_AT + self.now()

    def connections(self) -> Connections:
        return Connections(self.gateway, self.learned)

    def learn(self, does: str, key: str) -> bool:
        del key
        self.learns.append(does)
        return self.gateway is not None

    def notice(self) -> str:
        return self.noticed

    def usual(self) -> dict[str, float]:
        """No earlier night."""
        return {}

    def elsewhere(self) -> tuple[Busy, ...]:
        """No other stage."""
        return ()

    def music(self) -> Estimate | None:
        return self._music

    def stage_levels(self) -> Mapping[str, float]:
        return self._look.at(self.now())

    def processes(self) -> Mapping[str, str]:
        return self.running

    def line(self) -> Mapping[str, object] | None:
        """As the care process tells it: the real rules of the line over a file that is none."""
        house = self.line_house
        who = house.place.desk()
        return None if self.line_silent else line_view(house.place, house.state, who, house.utc())

    async def ask_line(self, command: LineCommand, key: str, role: str) -> LineAnswer:
        if self.line_silent or not key:
            return Unanswered()
        return self.say_at_line(command, self.line_house.place.desk(role))

    def say_at_line(self, command: LineCommand, who: Who) -> LineAnswer:
        """Carry it out; what passes to the show reaches it at once."""
        match self.line_house.ask(command, who):
            case at_line.Kept():
                return Told(recorded=True)
            case at_line.NotRecorded(done=done):
                return Told(recorded=False) if done else Refused("the disk is full")
            case at_line.Refused(why=why):
                return Refused(why)

    def _line_told(self, event: at_line.AnyEvent) -> None:
        for one in from_line(event, self.show.zones):
            self.act(one.command, "wings")

    def now(self) -> Instant:
        return self.clock.now()

    def badge(self, cookie: str) -> str | None:
        return BADGES.get(cookie)

    async def command(self, command: AnyCommand, by: str, key: str) -> Answer:
        if not self.answers:
            return Unanswered()
        if key not in self._kept:
            self.asked.append((command, by, key))
            self._kept[key] = self.act(command, by)
        return self._kept[key]

    async def place(self, quarter: Quarters, by: str) -> bool:
        """As a follower does that believes them: it stands there until the next onset."""
        if self.answers:
            self.placed.append(quarter)
            origin = Quarters(0.0) if self._music is None else self._music.quarter
            jump = Jump(origin, quarter, placed_by=by)
            self.hear(quarter, music=Music.HELD, confidence=1.0, jump=jump)
        return self.answers

    async def changed(self, after: int) -> None:
        while self.seq() <= after:
            self._change.clear()
            await self._change.wait()

    async def pairing(self, person: str) -> PairingLink | None:
        link = f"http://127.0.0.1:9999/pair#{person}-0123456789abcdef"
        return PairingLink(link, 120) if self.running["care"] == "up" else None

    # What a test does to it.

    def act(self, command: AnyCommand, by: str = "caller") -> Kept | Refused:
        """Decide and fold, as the engine does."""
        decision = decide(self.show, self._state, command, self.now(), by)
        if isinstance(decision, Refused):
            return decision
        for event in decision:
            self._fold(event)
            if isinstance(event, CueFired):
                sent = CueSent(self.now(), event.cue, len(self.sends), ms=0.4, sent=self.sends)
                self._fold(sent)
        return Kept(self.seq())

    def begin(self, number: str = "nocturne") -> None:
        """Start a number, as the engine does when the house opens."""
        self._music = None
        self.act(StartNumber(number), "engine")

    def hear(
        self,
        quarter: float,
        *,
        music: Music = Music.FOLLOWING,
        confidence: float = 0.96,
        remaining: float | None = None,
        jump: Jump | None = None,
        foreseen: tuple[Ahead, ...] = (),
    ) -> None:
        """The follower has an estimate."""
        now = self.now()
        self._music = Estimate(
            at=now,
            heard_at=now,
            quarter=Quarters(quarter),
            tempo=Bpm(66.0),
            confidence=confidence,
            state=music,
            remaining=None if remaining is None else Seconds(remaining),
            jump=jump,
            foreseen=foreseen,
        )
        self.act(Hear(self._music), "follower")

    def music_at(self) -> float:
        """Where the follower last said that the music is."""
        return 0.0 if self._music is None else self._music.quarter

    def pass_to(self, seconds: float) -> None:
        """Move the clock by hand, and let fire what is due."""
        assert isinstance(self.clock, VirtualClock), "only a clock moved by hand can be moved"
        self.clock.advance_to(Instant(seconds))
        self.tick()

    def tick(self) -> None:
        """Let fire what is due."""
        due = next_due(self._state)
        if due is not None and due <= self.now():
            self.act(Tick(), "clock")

    async def play(self, start: float, stop: float, bpm: float = 66.0) -> None:
        """Play from quarter `start` to `stop` in the clock's own time."""
        began = self.now()
        while (at := start + (self.now() - began) * bpm / 60.0) < stop:
            end = self.scores["nocturne"][0].end
            self.hear(at, remaining=(end - at) * 60.0 / bpm)
            self.tick()
            await asyncio.sleep(0.04)

    def _fold(self, event: AnyEvent) -> None:
        self.events.append(event)
        self._state = evolve(self.show, self._state, event)
        self._history.take(len(self.events), event, f"20:14:{len(self.events) % 60:02d}")
        at = Instant(event.at)
        if isinstance(event, CueFired):
            for action in self.show.cue(event.cue).actions:
                if isinstance(action, SetLevels):
                    self._look = self._look.fire(action.levels, action.fade, at)
        elif isinstance(event, ShowStopped):
            self._look = self._look.black(at, Seconds(event.fade))
        self._change.set()


def _words(event: AnyEvent) -> str:
    cue = getattr(event, "cue", None) or getattr(event, "text", None) or ""
    return f"{type(event).__name__} {cue}".strip()
