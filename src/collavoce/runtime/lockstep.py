"""The same performance on a virtual clock, in one process, as fast as the machine can.

The parts are the live ones: the follower, the deciders, the ring, the store, the packets. Only
time is moved by hand, from one thing that happens to the next, so that a run is repeatable.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from collavoce.following import Follower
from collavoce.listening.ear import Ear
from collavoce.listening.observation import Observation
from collavoce.runtime.clock import VirtualClock
from collavoce.runtime.performance import Performance
from collavoce.runtime.policies import first_number, may_close
from collavoce.runtime.takes.remembering import Remembering
from collavoce.score.model import Score
from collavoce.show.commands import AnyCommand, Hear, LightsSeen, StartNumber
from collavoce.show.events import AnyEvent
from collavoce.units import Instant, Seconds

GRID = Seconds(0.02)
"""Silence is an observation this often."""

OVERTIME = Seconds(120.0)
"""A run is given up this long after the player's last message."""

Reaction = Callable[[AnyEvent], "tuple[Seconds, AnyCommand, str] | None"]
"""What a person modelled in the run does about an event: after how long, what, who."""


class Player(Protocol):
    """Whoever plays: raw messages in the order of their instants."""

    def due(self, now: Instant) -> list[tuple[Instant, bytes]]:
        """What sounded up to and including `now` and was not handed out before."""
        ...

    @property
    def next_at(self) -> Instant | None:
        """When the next message sounds, None after the last."""
        ...


class Ears(Protocol):
    """Whoever listens on the lights' network."""

    def dark(self) -> bool | None:
        """Whether every channel is at zero; None before anything was received."""
        ...


@dataclass(slots=True)
class Lockstep:
    """One run. on_turn: called with (now, performance) about once a virtual second."""

    performance: Performance
    clock: VirtualClock
    scores: Mapping[str, Score]
    player: Player
    ears: Ears
    memory: Remembering
    reactions: tuple[Reaction, ...] = ()
    on_turn: Callable[[Instant, Performance], None] = lambda _now, _performance: None
    agenda: list[tuple[Instant, AnyCommand, str]] = field(
        default_factory=list[tuple[Instant, AnyCommand, str]]
    )
    _follower: Follower | None = None
    _ear: Ear = field(default_factory=Ear)
    _playing: tuple[str | None, float | None] = (None, None)
    _seen_dark: bool | None = None

    def open(self, plan: str) -> None:
        """Open the performance and start its first number."""
        self.performance.open(plan)
        number = first_number(self.performance.show)
        if number is not None:
            self.performance.ask(StartNumber(number), "engine")

    def run(self) -> None:
        """Until there is nothing left to do."""
        last_note = Instant(0.0)
        second = -1
        while True:
            now = self._next_instant()
            self.clock.advance_to(now)
            self._follow_number()
            messages = self.player.due(now)
            if messages:
                last_note = now
            self._hear(self._ear.hear(at, message) for at, message in messages)
            if not messages:
                self._hear((self._ear.silence(now),))
            self._act(now)
            self._remember(now)
            self.performance.turn()
            self._listen()
            if int(now) != second:
                second = int(now)
                self._seen_dark = None
                self.on_turn(now, self.performance)
            if self.player.next_at is None and (
                may_close(self.performance.state, self.performance.look, now)
                or now - last_note > OVERTIME
            ):
                self.memory.end(self._follower)
                return

    def react(self, event: AnyEvent) -> None:
        """Let the modelled people see `event`; the recorder calls this for each."""
        for reaction in self.reactions:
            answer = reaction(event)
            if answer is not None:
                wait, command, by = answer
                self.agenda.append((Instant(self.clock.now() + wait), command, by))

    def _next_instant(self) -> Instant:
        now = self.clock.now()
        candidates = [Instant(now + GRID)]
        if (note := self.player.next_at) is not None:
            candidates.append(note)
        candidates += [at for at, _, _ in self.agenda]
        return max(now, min(candidates))

    def _follow_number(self) -> None:
        state = self.performance.state
        if (state.number, state.started_at) != self._playing:
            self.memory.end(self._follower)
            self._playing = (state.number, state.started_at)
            score = self.scores.get(state.number or "")
            timing = None if score is None else self.memory.begin(state.number, score)
            self._follower = None if score is None else Follower(score, timing=timing)
            numbers = self.performance.show.numbers
            self._ear = Ear(next((n.transpose for n in numbers if n.id == state.number), 0))

    def _hear(self, observations: Iterable[Observation | None]) -> None:
        if self._follower is None:
            return
        for observation in observations:
            if observation is not None:
                self.performance.ask(Hear(self._follower.step(observation)), "follower")

    def _remember(self, now: Instant) -> None:
        if self._follower is not None:
            self.memory.look(self._follower, now)

    def _act(self, now: Instant) -> None:
        due = [item for item in self.agenda if item[0] <= now]
        self.agenda = [item for item in self.agenda if item[0] > now]
        for _, command, by in due:
            self.performance.ask(command, by)

    def _listen(self) -> None:
        dark = self.ears.dark()
        if dark is not None and dark != self._seen_dark:
            self._seen_dark = dark
            self.performance.ask(LightsSeen(dark), "stage")
