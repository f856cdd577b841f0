"""The engine's process: the real `Performance` over a real ring, killed anywhere.

It dies between any two of its effects: before an entry, after it, after a datagram, before the
answer. Its spare has followed the ring and goes on within milliseconds; where no spare has sat down
yet, whoever boots reads the ring from its beginning. A leader that is frozen for long is killed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.simulation.show.stage import Stage
from tests.simulation.show.world import KilledError, World
from tests.unit.runtime.small_show import message_shots

from collavoce.ledger.ring import RingReader
from collavoce.rig.udp import Sent
from collavoce.runtime.entry import Entry, decode, encode
from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.performance import Performance
from collavoce.runtime.recording import Recording
from collavoce.runtime.wires.shot import Shot
from collavoce.show.actions.osc import SendOsc
from collavoce.show.commands import AnyCommand, HearAnswer, StartNumber
from collavoce.show.cues import Cue, Show
from collavoce.show.events import AnyEvent
from collavoce.show.evolve import evolve
from collavoce.show.state import ShowState
from collavoce.units import Instant

SEGMENT_BYTES = 1024
"""Some ten entries, so that a full disk is felt at once."""
BOOT_S = (0.05, 1.5)
TAKEOVER_S = (0.002, 0.02)
LOOK_S = 0.05
SILENT_LOOKS = 8


class Chair:
    """An engine that does not lead (yet): folds what the ring has, touches nothing."""

    def __init__(self, engine: "EngineProcess") -> None:
        self.reader = RingReader(engine.ring)
        self.performance = Performance(engine.show, engine._record, engine, engine.now)
        self.entries: list[tuple[int, Entry]] = []

    def follow(self) -> None:
        """Fold what came since."""
        fresh = [(seq, decode(payload)) for seq, payload in self.reader.read()]
        self.performance.restore(fresh)
        self.entries += fresh


class EngineProcess:
    """One engine after another. alive: None while the engine is dead."""

    def __init__(self, world: World, show: Show, ring: Path, stage: Stage) -> None:
        self.world = world
        self.show = show
        self.ring = ring
        self.stage = stage
        self.alive: Performance | None = None
        self.recording: Recording | None = None
        self.frozen_until = 0.0
        self.dies_in: int | None = None
        self.spare: Chair | None = None
        self._turning = self._silent = 0
        self.boot()

    def boot(self) -> None:
        """Start where no spare has sat down, from whatever the ring holds."""
        self._lead(Chair(self))

    def _lead(self, chair: Chair) -> None:
        """Go on where the record ends."""
        chair.follow()
        self.recording = Recording(self.ring, segment_bytes=SEGMENT_BYTES, reader=chair.reader)
        chair.reader.close()
        self.alive = chair.performance
        self.world.happens(f"engine: leads, {len(chair.entries)} entries")
        self.world.after(self.world.chance.uniform(*BOOT_S), self._sit_down)
        try:
            self._same_as(chair.entries)
            self.alive.settle()
            if not self.alive.state.opened:
                self.alive.open("plan")
                self.alive.ask(StartNumber("1"), "engine")
        except KilledError:
            self._die()
            return
        self._turning += 1
        self._turn(self._turning)

    def _sit_down(self) -> None:
        """A new spare, where there is none."""
        if self.spare is None and self.alive is not None:
            self.spare = Chair(self)
            self._silent = 0
            self._stand_by(self.spare)

    def _stand_by(self, chair: Chair) -> None:
        if self.spare is not chair or self.alive is None:
            return
        chair.follow()
        frozen = self.world.now < self.frozen_until
        # What no disk takes dies with it: see `_perhaps_die`.
        whole = self.recording is None or self.recording.whole
        self._silent = self._silent + 1 if frozen and whole else 0
        if self._silent >= SILENT_LOOKS:
            self.world.counts["frozen leaders killed"] += 1
            self._die()
            return
        self.world.after(LOOK_S, lambda: self._stand_by(chair))

    def _same_as(self, entries: list[tuple[int, Entry]]) -> None:
        state = ShowState()
        for _, entry in entries:
            state = evolve(self.show, state, entry.event)
        if self.alive is not None and self.alive.state != state:
            self.world.breaks("a restarted engine is where its record is", self.alive.state)

    def now(self) -> Instant:
        """The show clock, which nobody sets."""
        return Instant(self.world.now)

    def ask(
        self, command: AnyCommand, by: str, key: str, answer: Callable[[Kept | Declined], None]
    ) -> None:
        """A command by mail; a dead engine hears nothing, a frozen one hears it later."""
        if self.alive is None:
            return
        if self.world.now < self.frozen_until:
            wait = self.frozen_until - self.world.now
            self.world.after(wait, lambda: self.ask(command, by, key, answer))
            return
        try:
            said = self.alive.ask(command, by, key)
            self._perhaps_die()
        except KilledError:
            self._die()
            return
        answer(said)

    def shots(self, cue: Cue) -> tuple[Shot, ...]:
        """The wire, with a death before or after each message."""

        def sends(action: SendOsc) -> Sent:
            self._perhaps_die()
            sent = self.stage.osc(action)
            self._perhaps_die()
            return sent

        return message_shots(cue, sends)

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """The lights' wire."""
        return self.stage.lights(now, levels, at_once=at_once)

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """The stage's own grid."""
        return self.stage.lights_due(now, moving=moving)

    def hear(self, event: AnyEvent) -> None:
        """Nothing is under way at the other end."""

    def audition(self, cue: Cue, levels: Mapping[str, float]) -> None:
        """Nobody auditions."""

    def turn(self, now: Instant) -> None:
        """No connections."""

    def answers(self, now: Instant) -> tuple[HearAnswer, ...]:
        """The stage says nothing."""
        del now
        return ()

    def _record(self, event: object, actor: str, key: str, cause: int) -> int:
        assert self.recording is not None
        self._perhaps_die()
        wall = int((self.world.now + self.world.wall_shift) * 1e9)
        entry = Entry(event, actor, key, cause, int(self.world.now * 1e9), wall)  # pyright: ignore[reportArgumentType]
        seq = self.recording.append(encode(entry))
        self.world.counts["entries"] += 1
        self._perhaps_die()
        return seq

    def _perhaps_die(self) -> None:
        held_back = self.recording is not None and not self.recording.whole
        # What no disk takes is in memory only, and the desk says so: a death then is one fault
        # more than is promised.
        if self.dies_in is not None and not held_back:
            self.dies_in -= 1
            if self.dies_in < 0:
                raise KilledError

    def kill(self, after_effects: int) -> None:
        """Let it die at the effect so many from now, in the middle of whatever it then does."""
        self.dies_in = after_effects

    def _die(self) -> None:
        self.world.happens("engine: killed")
        self.world.counts["engine kills"] += 1
        if self.recording is not None:
            self.recording._ring.close()
        self.alive, self.recording, self.dies_in = None, None, None
        self.frozen_until = 0.0
        spare, self.spare = self.spare, None
        if spare is None:
            self.world.after(self.world.chance.uniform(*BOOT_S), self.boot)
            return
        self.world.counts["takeovers"] += 1
        self.world.after(self.world.chance.uniform(*TAKEOVER_S), lambda: self._lead(spare))

    def _turn(self, mine: int) -> None:
        """The engine's loop."""
        if self.alive is None or mine != self._turning:
            return
        if self.world.now < self.frozen_until:
            self.world.after(self.frozen_until - self.world.now, lambda: self._turn(mine))
            return
        try:
            self.alive.turn()
        except KilledError:
            self._die()
            return
        if self.recording is not None:
            self.recording.catch_up()
        wait = max(self.alive.next_turn() - self.world.now, 0.001)
        self.world.after(wait, lambda: self._turn(mine))
