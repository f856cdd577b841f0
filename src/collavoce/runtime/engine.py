"""The engine's process: mail in, decisions, ring, wires. No JSON, no SQL, no waiting.

It sleeps in `select` until mail arrives or the next light frame is due. What was kept in the ring
is what is true: whoever folds it is where the show is. So its spare is this very program in another
chair (`lead.py`), which folds the ring behind it until it leads itself.
"""

import os
from pathlib import Path

from msgspec.structs import replace

from collavoce.ledger.ring import RingReader
from collavoce.runtime.clock import monotonic_ns, sleep, wall_ns
from collavoce.runtime.config import RunConfig
from collavoce.runtime.day_time import DayTime
from collavoce.runtime.ending import Ending
from collavoce.runtime.entry import Entry, decode, encode
from collavoce.runtime.evening_told import BOX as CARE
from collavoce.runtime.evening_told import evening_now, pack_evening
from collavoce.runtime.lead import PULSE_S, Heart, Lead, StandingBy
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import (
    Asked,
    Heard,
    Hello,
    Kept,
    MailError,
    News,
    Play,
    Process,
    SoundBack,
    pack,
    unpack,
)
from collavoce.runtime.policies import followers
from collavoce.runtime.prepared import prepared_show
from collavoce.runtime.readiness import ready
from collavoce.runtime.realtime import Regime, enter, tidy, wait
from collavoce.runtime.recording import Recording
from collavoce.runtime.stages import Stages
from collavoce.runtime.wires import Wires
from collavoce.runtime.wires.posts import ERRANDS, SOUND
from collavoce.show.commands import Hear
from collavoce.show.events import AnyEvent, ShowClosed
from collavoce.show.setlist.tonight import plays

LONGEST_SLEEP_S = 0.25
QUIET_S = 0.03
"""Nothing due for this long is a quiet moment, longer than a frame: time for what can wait."""

SAY_S = 2.0
"""How often desk and care are told what stands: they may be some that just came back."""

TIDY_S = 30.0
MAIL_A_TURN = 100
"""Whoever floods the mailbox delays neither light nor pulse by more than so many letters."""


class Engine:
    """The performances of every stage with their ring; and, once it leads, with its mailbox.

    chair : "engine" or "spare".
    """

    def __init__(self, config: RunConfig, chair: str) -> None:
        self.config = config
        self.chair = chair
        self.regime = Regime()
        self.clock = config.clock
        show = prepared_show(Path(config.run_dir))
        self.ring = RingReader(config.ring_dir)
        taps = (("127.0.0.1", config.tap_port),)
        self.wires = Wires(show, config.boot, taps, self._post)
        self.stages = Stages(show, self._record, self.wires, self.clock.now)
        self.recording: Recording
        self.box: Mailbox
        self.heart: Heart
        self.ending = Ending.listen(config.run_dir)
        # Made once: a path that is put together anew for each datagram costs as much as sending.
        self._desk, self._writer = os.fspath(config.box("web")), os.fspath(config.box("writer"))
        self._care = os.fspath(config.box(CARE))
        self._followers = {stage: config.box(name) for stage, name in followers(show).items()}
        self._carriers = {name: config.box(name) for name in (SOUND, ERRANDS)}
        self._day_time = DayTime(show)
        self._recorded = self._told = 0
        self._played: dict[str, tuple[str, float]] = {}
        self._whole = True
        self._say_at = self._tidy_at = self._evening_at = 0

    def follow(self) -> None:
        """Fold what the ring has by now; touch nothing."""
        entries = [(seq, decode(payload)) for seq, payload in self.ring.read()]
        for _, entry in entries:
            self._day_time.go_on_from(entry.wall_ns)
        self.stages.restore(entries)

    def lead(self) -> None:
        """Take over where the record ends."""
        self.follow()
        config = self.config
        self.recording = Recording(config.ring_dir, reader=self.ring)
        self.ring.close()
        box = config.box("engine")
        inherited = config.engine_fd >= 0
        self.box = Mailbox.inherited(box, config.engine_fd) if inherited else Mailbox(box)
        self.heart = Heart(config, self.chair)
        goes_on = self.stages.seq > 0
        self.stages.settle()
        self.stages.open(config.plan)
        # Whoever asked while nobody led has waited long enough; only then the lights, which repeat
        # every universe twenty times over.
        self._read_mail()
        if goes_on:
            self.stages.lights()
            self.wires.catch_up()

    def run(self) -> None:
        """Until the performance is closed. After `lead`."""
        while not self._over():
            self._read_clock()
            self.stages.turn()
            self._tell_news()
            self._tell_followers()
            self.heart.beat(self.box)
            due = self.clock.real_seconds(self.stages.next_turn() - self.clock.now())
            longest = PULSE_S if self.heart.heard else LONGEST_SLEEP_S
            spin = self.regime.realtime and due <= longest
            ears = self.wires.hearing(self.clock.now())
            if not wait(self.box, min(due, longest), spin=spin, besides=ears):
                if due > QUIET_S:
                    self._use_quiet_moment()
                # Lights that never rest, or a show run fast, leave no moment as quiet as that.
                self._say_evening_in_time()
            self._read_mail()
        self._close()

    def _read_clock(self) -> None:
        """Let clock cues come. A reading that changes nothing is not recorded."""
        reading = self._day_time.due(wall_ns())
        if reading is not None:
            self.stages.ask(reading, "clock")

    def _post(self, process: str, datagram: bytes) -> bool:
        """Mail for a process that carries for the engine."""
        return self.box.send(self._carriers[process], datagram)

    def _use_quiet_moment(self) -> None:
        self.recording.catch_up()
        self.wires.quiet(self.clock.now())
        self._say_recording()
        now = monotonic_ns()
        if now >= self._say_at:
            self._say_at = now + int(SAY_S * 1e9)
            self._say_standing()
        if now >= self._tidy_at:
            self._tidy_at = now + int(TIDY_S * 1e9)
            tidy(self.regime)

    def _say_standing(self) -> None:
        """What is out of the ordinary with whoever leads, and which destinations are there."""
        if self.chair != "engine":
            self.box.send(self._desk, pack(Process(self.chair, "leading")))
        if self.config.realtime:
            state = "in force" if self.regime.realtime else "refused"
            self.box.send(self._desk, pack(Process("real time", state)))
        for destination in self.wires.reached():
            self.box.send(self._desk, pack(destination))

    def _say_evening_in_time(self) -> None:
        now = monotonic_ns()
        if now >= self._evening_at:
            self._evening_at = now + int(SAY_S * 1e9)
            self._say_evening()

    def _say_evening(self, *, closing: bool = False) -> None:
        """Tell care how far the evening is; whether anybody hears it is not asked."""
        stages = [(performance.show, performance.state) for performance in self.stages]
        if closing:
            stages = [(show, replace(state, closed=True)) for show, state in stages]
        self.box.send(self._care, pack_evening(evening_now(self.config.boot, stages, self.clock)))

    def after_the_end(self) -> bool:
        """Whether the show was closed by the one who led before; returns when all is over then.

        The lights have been said farewell to: not one more frame may leave.
        """
        self.follow()
        if not self._closed:
            return False
        ready(self.chair)
        while not self.ending.due:
            if self.ending.orphaned:
                self.ending.say_that_all_is_over()
            sleep(PULSE_S)
        return True

    def _over(self) -> bool:
        if self.ending.asked:
            return True
        return self.ending.orphaned and self.stages.may_close(self.clock.now())

    @property
    def _closed(self) -> bool:
        return all(performance.state.closed for performance in self.stages)

    def _say_recording(self) -> None:
        if self.recording.whole == self._whole:
            return
        self._whole = self.recording.whole
        state = "up" if self._whole else "not recording"
        self.box.send(self._desk, pack(Process(self.chair, state)))

    def _record(self, stage: str, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        entry = Entry(event, actor, key, cause, monotonic_ns(), wall_ns(), stage)
        self._recorded = self.recording.append(encode(entry))
        self._day_time.begin(entry.wall_ns)
        return self._recorded

    def _tell_news(self, *, desk_knows: bool = False) -> None:
        """Wake writer and desk, once for all that was recorded, after it is on the wire.

        Woken with each entry they would compete with the very cue for a small machine's cores.
        """
        if self._recorded == self._told:
            return
        self._told = self._recorded
        self._say_recording()
        news = pack(News(self._recorded))
        self.box.send(self._writer, news)
        if not desk_knows:
            self.box.send(self._desk, news)

    def _read_mail(self) -> None:
        for _ in range(MAIL_A_TURN):
            if (received := self.box.receive()) is None:
                return
            self._read(*received)

    def _read(self, datagram: bytes, sender: str | None) -> None:
        try:
            mail = unpack(datagram)
        except MailError:
            # Ours are the only processes in this folder; a torn one is worth no stop.
            return
        match mail:
            case Heard(estimate, stage):
                self.stages.ask(Hear(estimate), "follower", stage=stage)
            case Asked(command, by, key, stage):
                answer = self.stages.ask(command, by, key, stage)
                # Before the answer: whoever is answered finds the others told. A desk that asked
                # wakes once: how far the ring goes stands in its answer.
                knows = isinstance(answer, Kept) and answer.seq == self._recorded
                self._tell_news(desk_knows=knows and sender == self._desk)
                if sender is not None:
                    self.box.send(sender, pack(answer))
            case Hello(stage):
                self._played.pop(stage, None)
            case SoundBack():
                for performance in self.stages:
                    self.wires.sound_came_back(performance.state, self.config.boot)
            case _:
                # Mail for another process; nothing of ours asks for an answer to it.
                pass

    def _tell_followers(self) -> None:
        for stage, box in self._followers.items():
            performance = self.stages.performances[stage]
            state = performance.state
            begun = state.number or "", state.started_at
            if state.number is None or begun == self._played.get(stage):
                continue
            player = plays(performance.show, state, state.number) or ""
            if self.box.send(box, pack(Play(*begun, player))):
                self._played[stage] = begun

    def _close(self) -> None:
        for performance in self.stages:
            if not performance.state.closed:
                closed = ShowClosed(at=self.clock.now())
                self._record(performance.stage, closed, "engine", "", 0)
        self._tell_news()
        self._say_evening(closing=True)
        self.wires.close()
        self.recording.close()
        self.box.close()
        if self.ending.orphaned:
            self.ending.say_that_all_is_over()


def sit_down(config: RunConfig, chair: str) -> None:
    """Stand by until it is this chair that leads, then run the performance to its end."""
    engine = Engine(config, chair)
    engine.regime = enter(asked=config.realtime)
    engine.follow()
    lead = Lead(config.state_dir)
    first = lead.at_once()
    if not first:
        standing = StandingBy(config, chair, lead)
        ready(chair)
        if not standing.until_it_leads(engine.follow, engine.ending):
            return
    lead.note(chair)
    if engine.after_the_end():
        return
    engine.lead()
    engine.regime.note(config.run_dir)
    if first:
        ready(chair)
    engine.run()


def main(config: RunConfig) -> None:
    """The engine's process."""
    sit_down(config, "engine")
