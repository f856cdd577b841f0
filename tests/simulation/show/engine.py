"""The engine's process: the real `Stages` and carriers over a real ring, killed anywhere.

It dies between any two of its effects: before an entry, after it, after a datagram, before the
answer. Its spare has followed the ring and goes on within milliseconds; where no spare has sat down
yet, whoever boots reads the ring from its beginning. A leader that is frozen for long is killed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from tests.simulation.show.programme import DOORS, OPENING_DAY
from tests.simulation.show.stage import Stage
from tests.simulation.show.world import KilledError, World

from collavoce.ledger.ring import RingReader
from collavoce.rig.midi_out import MidiOut
from collavoce.rig.osc_out import OscRig
from collavoce.rig.udp import Sent
from collavoce.runtime.day_time import DayTime
from collavoce.runtime.entry import Entry, decode, encode
from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.recording import Recording
from collavoce.runtime.stages import Stages
from collavoce.runtime.wires.carriers import Carriers
from collavoce.runtime.wires.shot import Pull, Shot
from collavoce.runtime.wires.sounds import Sounds
from collavoce.show.commands import AnyCommand, Hear, HearAnswer
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
LONGEST_SLEEP_S = 0.25
OPENING_NS = int((OPENING_DAY * 86400 + DOORS) * 1e9)
"""On the wall when a simulated show begins."""


class Chair:
    """An engine that does not lead (yet): folds what the ring has, touches nothing."""

    def __init__(self, engine: "EngineProcess") -> None:
        self.reader = RingReader(engine.ring)
        self.stages = Stages(engine.show, engine._record, engine, engine.now)
        self.day_time = DayTime(engine.show)
        self.entries: list[tuple[int, Entry]] = []

    def follow(self) -> None:
        """Fold what came since."""
        fresh = [(seq, decode(payload)) for seq, payload in self.reader.read()]
        for _, entry in fresh:
            self.day_time.go_on_from(entry.wall_ns)
        self.stages.restore(fresh)
        self.entries += fresh


class EngineProcess:
    """One engine after another. alive: None while the engine is dead."""

    def __init__(self, world: World, show: Show, ring: Path, stage: Stage) -> None:
        self.world = world
        self.show = show
        self.ring = ring
        self.stage = stage
        self.alive: Stages | None = None
        self.day_time = DayTime(show)
        # Of both only the way of a message is used; the simulated stage has it.
        self._carriers = Carriers(show, cast("OscRig", stage), cast("MidiOut", stage), stage.post)
        self._sounds = Sounds(self._carriers)
        self.heard: list[tuple[int, str, Hear]] = []
        self.quarters: dict[float, float] = {}
        self.disturbed: list[tuple[float, float]] = []
        self.recording: Recording | None = None
        self.frozen_until = 0.0
        self.dies_in: int | None = None
        self.spare: Chair | None = None
        self._turning = self._silent = 0
        self._died_at = 0.0
        self._recorded = 0
        self.boot()

    def boot(self) -> None:
        """Start where no spare has sat down, from whatever the ring holds."""
        self._lead(Chair(self))

    def _lead(self, chair: Chair) -> None:
        """Go on where the record ends."""
        chair.follow()
        self.recording = Recording(self.ring, segment_bytes=SEGMENT_BYTES, reader=chair.reader)
        chair.reader.close()
        self.alive, self.day_time = chair.stages, chair.day_time
        self.disturbed.append((self._died_at, self.world.now))
        self.world.happens(f"engine: leads, {len(chair.entries)} entries")
        self.world.after(self.world.chance.uniform(*BOOT_S), self._sit_down)
        try:
            self._same_as(chair.entries)
            self.alive.settle()
            self.alive.open("plan")
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
        shows = {stage: self.show.on_stage(stage) for stage in self.show.stage_ids}
        states = {stage: ShowState() for stage in shows}
        for _, entry in entries:
            on = entry.stage
            states[on] = evolve(shows[on], states[on], entry.event)
        for performance in self.alive or ():
            if performance.state != states[performance.stage]:
                self.world.breaks("a restarted engine is where its record is", performance.state)

    def now(self) -> Instant:
        """The show clock, which nobody sets."""
        return Instant(self.world.now)

    def ask(
        self,
        command: AnyCommand,
        by: str,
        key: str,
        answer: Callable[[Kept | Declined], None],
        stage: str = "",
    ) -> None:
        """A command by mail; a dead engine hears nothing, a frozen one hears it later."""
        if self.alive is None:
            return
        if self.world.now < self.frozen_until:
            wait = self.frozen_until - self.world.now
            self.world.after(wait, lambda: self.ask(command, by, key, answer, stage))
            return
        if isinstance(command, Hear) and stage in {"", "main"}:
            self.quarters[self.now()] = command.estimate.quarter
        try:
            said = self.alive.ask(command, by, key, stage)
            self._perhaps_die()
        except KilledError:
            self._die()
            return
        if isinstance(command, Hear):
            self.heard.append((self._recorded, stage or self.show.stage_ids[0], command))
        self._wake()
        answer(said)

    def _wake(self) -> None:
        """Mail has ended the sleep: the loop comes round."""
        self._turning += 1
        mine = self._turning
        self.world.after(0.0, lambda: self._turn(mine))

    def shots(self, cue: Cue) -> tuple[Shot, ...]:
        """The wires, with a death before or after each thing that leaves."""
        return tuple(self._mortal(shot) for shot in self._carriers.shots(cue))

    def _mortal(self, shot: Shot) -> Shot:
        def send(pull: Pull) -> Sent:
            self._perhaps_die()
            sent = shot.send(pull)
            if sent.datagrams:
                self.stage.left(shot, pull)
            self._perhaps_die()
            return sent

        return replace(shot, send=send)

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """The lights' wire."""
        return self.stage.lights(now, levels, at_once=at_once)

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """The stage's own grid."""
        return self.stage.lights_due(now, moving=moving)

    def hear(self, event: AnyEvent) -> None:
        """What plays hears of what ends it."""
        self._perhaps_die()
        self._sounds.hear(event)

    def audition(self, cue: Cue, levels: Mapping[str, float]) -> None:
        """Nobody auditions."""

    def turn(self, now: Instant) -> None:
        """No connections."""

    def answers(self, now: Instant) -> tuple[HearAnswer, ...]:
        """The stage says nothing."""
        del now
        return ()

    @property
    def wall_ns(self) -> int:
        """The clock on the wall, which anybody may set."""
        return int((self.world.now + self.world.wall_shift) * 1e9) + OPENING_NS

    def _record(self, stage: str, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        assert self.recording is not None
        self._perhaps_die()
        mono_ns = int(self.world.now * 1e9)
        entry = Entry(event, actor, key, cause, mono_ns, self.wall_ns, stage)
        self._recorded = self.recording.append(encode(entry))
        self.day_time.begin(entry.wall_ns)
        self.world.counts["entries"] += 1
        self.world.happens(f"entry {self._recorded}: {actor} {stage} {event}")
        self._perhaps_die()
        return self._recorded

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
        self._died_at = self.world.now
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
            reading = self.day_time.due(self.wall_ns)
            if reading is not None:
                self.alive.ask(reading, "clock")
            self.alive.turn()
        except KilledError:
            self._die()
            return
        if self.recording is not None:
            self.recording.catch_up()
        wait = max(self.alive.next_turn() - self.world.now, 0.001)
        wait = min(wait, LONGEST_SLEEP_S)
        self.world.after(wait, lambda: self._turn(mine))
