"""The same performance on a virtual clock, in one process, as fast as the machine can.

The parts are the live ones: the followers, the deciders, the ring, the store, the packets. Only
time is moved by hand, from one thing that happens to the next, so that a run is repeatable.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from collavoce.following.follower import Follower
from collavoce.listening.ear import Ear
from collavoce.listening.observation import Observation
from collavoce.runtime.clock import VirtualClock
from collavoce.runtime.performance import Performance
from collavoce.runtime.stages import Stages
from collavoce.runtime.takes.remembering import Remembering
from collavoce.score.model import Score
from collavoce.show.commands import AnyCommand, Hear, LightsSeen
from collavoce.show.events import AnyEvent
from collavoce.show.setlist.tonight import number_called, plays
from collavoce.units import Instant, Seconds

GRID = Seconds(0.02)
"""Silence is an observation this often."""

OVERTIME = Seconds(120.0)
"""A run is given up this long after the players' last message."""

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

    def dark(self, stage: str) -> bool | None:
        """Whether every channel of `stage` is at zero; None before anything was received."""
        ...


@dataclass(slots=True)
class Following:
    """One stage's player and follower."""

    performance: Performance
    scores: Mapping[str, Score]
    player: Player
    memory: Remembering
    _follower: Follower | None = None
    _ear: Ear = field(default_factory=Ear)
    _playing: tuple[str | None, float | None] = (None, None)

    def listen(self, now: Instant) -> bool:
        """Follow what sounded up to `now`, or the silence; whether anything sounded."""
        self._follow_number()
        messages = self.player.due(now)
        self._hear(self._ear.hear(at, message) for at, message in messages)
        if not messages:
            self._hear((self._ear.silence(now),))
        return bool(messages)

    def remember(self, now: Instant) -> None:
        """See to what was learnt of the player."""
        if self._follower is not None:
            self.memory.look(self._follower, now)

    def end(self) -> None:
        """The number is over, or was stopped."""
        self.memory.end(self._follower)

    def _follow_number(self) -> None:
        show, state = self.performance.show, self.performance.state
        if (state.number, state.started_at) != self._playing:
            self.end()
            self._playing = (state.number, state.started_at)
            score = self.scores.get(state.number or "")
            who = plays(show, state, state.number)
            timing = None if score is None else self.memory.begin(who, score)
            self._follower = None if score is None else Follower(score, timing=timing)
            number = number_called(show, state.number)
            self._ear = Ear(0 if number is None else number.transpose)

    def _hear(self, observations: Iterable[Observation | None]) -> None:
        if self._follower is None:
            return
        for observation in observations:
            if observation is not None:
                self.performance.ask(Hear(self._follower.step(observation)), "follower")


@dataclass(slots=True)
class Lockstep:
    """One run. on_turn: called with (now, stages) about once a virtual second."""

    stages: Stages
    clock: VirtualClock
    followings: tuple[Following, ...]
    ears: Ears
    reactions: tuple[Reaction, ...] = ()
    on_turn: Callable[[Instant, Stages], None] = lambda _now, _stages: None
    agenda: list[tuple[Instant, AnyCommand, str]] = field(
        default_factory=list[tuple[Instant, AnyCommand, str]]
    )
    _seen_dark: dict[str, bool] = field(default_factory=dict[str, bool])

    def run(self) -> None:
        """Until there is nothing left to do. After `stages.open`."""
        last_note = Instant(0.0)
        second = -1
        while True:
            now = self._next_instant()
            self.clock.advance_to(now)
            sounded = [following.listen(now) for following in self.followings]
            if any(sounded):
                last_note = now
            self._act(now)
            for following in self.followings:
                following.remember(now)
            self.stages.turn()
            self._listen()
            if int(now) != second:
                second = int(now)
                self._seen_dark.clear()
                self.on_turn(now, self.stages)
            if self._over(now, last_note):
                for following in self.followings:
                    following.end()
                return

    def react(self, event: AnyEvent) -> None:
        """Let the modelled people see `event`; the recorder calls this for each."""
        for reaction in self.reactions:
            answer = reaction(event)
            if answer is not None:
                wait, command, by = answer
                self.agenda.append((Instant(self.clock.now() + wait), command, by))

    def _over(self, now: Instant, last_note: Instant) -> bool:
        if any(following.player.next_at is not None for following in self.followings):
            return False
        return self.stages.may_close(now) or now - last_note > OVERTIME

    def _next_instant(self) -> Instant:
        now = self.clock.now()
        candidates = [Instant(now + GRID)]
        notes = (following.player.next_at for following in self.followings)
        candidates += [note for note in notes if note is not None]
        candidates += [at for at, _, _ in self.agenda]
        return max(now, min(candidates))

    def _act(self, now: Instant) -> None:
        due = [item for item in self.agenda if item[0] <= now]
        self.agenda = [item for item in self.agenda if item[0] > now]
        for _, command, by in due:
            self.stages.ask(command, by)

    def _listen(self) -> None:
        for stage in self.stages.performances:
            dark = self.ears.dark(stage)
            if dark is not None and dark != self._seen_dark.get(stage):
                self._seen_dark[stage] = dark
                self.stages.ask(LightsSeen(dark), "stage", stage=stage)
