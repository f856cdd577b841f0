"""One performance, running: commands in, events kept, then the world is touched.

The rule of record is written here. A show goes on: a firing is appended to the ring (which a
killed process does not lose, and which waits for no disk) and only then its datagrams leave; the
disk follows behind. Whatever asks, be it the follower, a hand or a timer, takes this one way.

Nothing in here reads a clock, opens a socket or starts a task: the live engine and the lockstep
run drive the same object.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from collavoce.rig.udp import Sent
from collavoce.runtime.entry import Entry
from collavoce.runtime.mail import Declined, Kept
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.commands import AnyCommand, Tick
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, CueFired, CueSent, Refused, ShowOpened, ShowStopped
from collavoce.show.evolve import evolve
from collavoce.show.looks import Look
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.units import Instant, Seconds
from collavoce.words import say

KEYS_KEPT = 10_000
"""Answers remembered, so that a command sent again is answered again and not done again."""


class Outputs(Protocol):
    """The wires of the performance."""

    def osc(self, action: SendOsc) -> Sent:
        """Send one message."""
        ...

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Send what the lights' network is due at `now`."""
        ...

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """When `lights` must be called next."""
        ...


Recorder = Callable[[AnyEvent, str, str, int], int]
"""(event, actor, key, cause) -> ring sequence number."""


class Performance:
    """The show's state, its look, and the way from a command to the wire."""

    def __init__(
        self, show: Show, record: Recorder, outputs: Outputs, now: Callable[[], Instant]
    ) -> None:
        self.show = show
        self.state = ShowState()
        self.look = Look()
        self.seq = 0
        self._record = record
        self._outputs = outputs
        self._now = now
        self._answers: OrderedDict[str, Kept] = OrderedDict()
        self._doubtful: dict[str, float] = {}

    def restore(self, entries: Iterable[tuple[int, Entry]]) -> None:
        """Fold what was kept before this process was started; touches nothing.

        A firing whose datagrams were not confirmed is in doubt. Light levels are absolute and
        go out again with the next frame by themselves; an OSC message may start a clip, so it is
        not sent twice: `settle` marks it for the caller instead.
        """
        for seq, entry in entries:
            self._fold(seq, entry.event)
            if entry.key:
                self._remember(entry.key.rpartition(":")[0] or entry.key, seq)
            if isinstance(entry.event, CueFired):
                self._doubtful[entry.event.cue] = entry.event.at
            elif isinstance(entry.event, CueSent):
                self._doubtful.pop(entry.event.cue, None)

    def settle(self) -> tuple[str, ...]:
        """Mark the cues in doubt as perhaps sent; their numbers."""
        doubtful = tuple(self._doubtful)
        for cue in doubtful:
            now = self._now()
            self._keep(
                CueSent(at=now, cue=cue, datagrams=0, ms=0.0, problem=say("run.maybe_sent")),
                "engine",
                "",
                0,
            )
        self._doubtful.clear()
        return doubtful

    def open(self, plan: str) -> None:
        """Begin: the first fact of a performance. Harmless when it has begun already."""
        if not self.state.opened:
            now = self._now()
            self._keep(ShowOpened(at=now, title=self.show.title, plan=plan), "engine", "", 0)

    def ask(self, command: AnyCommand, by: str, key: str = "") -> Kept | Declined:
        """Decide `command`; keep what follows from it; send it. Same key, same answer."""
        if key and (answer := self._answers.get(key)) is not None:
            return answer
        now = self._now()
        decision = decide(self.show, self.state, command, now, by)
        if isinstance(decision, Refused):
            return Declined(key, decision.why)
        cause = 0
        for i, event in enumerate(decision):
            seq = self._record(event, by, f"{key}:{i}" if key else "", cause)
            cause = cause or seq
            # Recorded is recorded: messages leave before the fold, on which only lights depend.
            sent = self._messages(event)
            self._fold(seq, event)
            if isinstance(event, CueFired):
                self._confirm(event, [*sent, *self._levels(event)], now, seq)
        if key:
            self._remember(key, self.seq)
        return Kept(key, self.seq)

    def turn(self) -> None:
        """Let time pass: what is due fires, the lights get their frames."""
        now = self._now()
        due = next_due(self.state)
        if due is not None and due <= now:
            self.ask(Tick(), "clock")
        self.lights()

    def lights(self) -> None:
        """Send the light data that is due."""
        now = self._now()
        self._outputs.lights(now, self.look.at(now))

    def next_turn(self) -> Instant:
        """The instant at which `turn` must be called at the latest."""
        now = self._now()
        lights = self._outputs.lights_due(now, moving=self.look.moving_until > now)
        due = next_due(self.state)
        return lights if due is None else min(lights, due)

    def _messages(self, event: AnyEvent) -> list[Sent]:
        if not isinstance(event, CueFired):
            return []
        actions = self.show.cue(event.cue).actions
        return [self._outputs.osc(action) for action in actions if isinstance(action, SendOsc)]

    def _levels(self, event: CueFired) -> list[Sent]:
        if not any(isinstance(a, SetLevels) for a in self.show.cue(event.cue).actions):
            return []
        now = self._now()
        return [self._outputs.lights(now, self.look.at(now), at_once=True)]

    def _confirm(
        self, event: CueFired, sent: Sequence[Sent], asked_at: Instant, cause: int
    ) -> None:
        now = self._now()
        trigger = asked_at if event.heard_at is None else event.heard_at
        self._keep(
            CueSent(
                at=now,
                cue=event.cue,
                datagrams=sum(one.datagrams for one in sent),
                ms=round(1000.0 * (now - trigger), 3),
                problem="; ".join(one.problem for one in sent if one.problem),
            ),
            "engine",
            "",
            cause,
        )

    def _keep(self, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        seq = self._record(event, actor, key, cause)
        self._fold(seq, event)
        return seq

    def _fold(self, seq: int, event: AnyEvent) -> None:
        self.seq = seq
        self.state = evolve(self.show, self.state, event)
        self.look = look_after(self.show, self.look, event)

    def _remember(self, key: str, seq: int) -> None:
        self._answers[key] = Kept(key, seq)
        while len(self._answers) > KEYS_KEPT:
            self._answers.popitem(last=False)


def look_after(show: Show, look: Look, event: AnyEvent) -> Look:
    """What the stage looks like from `event` on: only firings and a stop change it."""
    if isinstance(event, CueFired):
        for action in show.cue(event.cue).actions:
            if isinstance(action, SetLevels):
                look = look.fire(action.levels, action.fade, Instant(event.at))
    elif isinstance(event, ShowStopped):
        look = look.black(Instant(event.at), Seconds(event.fade))
    return look
