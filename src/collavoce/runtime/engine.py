"""The engine's process: mail in, decisions, ring, wires. No JSON, no SQL, no waiting.

It sleeps in `select` until mail arrives or the next light frame is due. It is restarted in the
same performance by reading its own ring: what was kept is what is true.
"""

import contextlib
import gc
import os
import select
import shutil
from pathlib import Path

from collavoce.ledger.ring import RingReader
from collavoce.runtime.clock import monotonic_ns, wall_ns
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.entry import Entry, decode, encode
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import (
    Asked,
    Heard,
    Hello,
    MailError,
    News,
    Play,
    Process,
    pack,
    unpack,
)
from collavoce.runtime.opening import sole_engine
from collavoce.runtime.performance import Performance
from collavoce.runtime.policies import first_number, may_close
from collavoce.runtime.prepared import prepared_show
from collavoce.runtime.readiness import ready
from collavoce.runtime.recording import Recording
from collavoce.runtime.wires import Wires
from collavoce.show.commands import Hear, StartNumber
from collavoce.show.events import AnyEvent, NumberStarted, ShowClosed

LONGEST_SLEEP_S = 0.25
QUIET_S = 0.1
"""Nothing due for this long is a quiet moment: time to make room for what comes."""


class Engine:
    """The live performance with its mailbox and its ring."""

    def __init__(self, config: RunConfig) -> None:
        self.config = config
        self.clock = config.clock
        show = prepared_show(Path(config.run_dir))
        self.box = Mailbox(config.box("engine"))
        self.recording = Recording(config.ring_dir)
        self.wires = Wires(show.patch, config.boot, taps=(("127.0.0.1", config.tap_port),))
        self.performance = Performance(show, self._record, self.wires, self.clock.now)
        self.ending = Ending.listen(config.run_dir)
        # Made once: a path that is put together anew for each datagram costs as much as sending.
        self._desk, self._writer = config.box("web"), config.box("writer")
        self._follower = config.box("follower")
        self._recorded = self._told = 0
        self._played: tuple[str, float] | None = None
        self._since = 0.0
        self._whole = True

    def run(self) -> None:
        """Until the performance is closed."""
        self._restore()
        gc.collect()
        gc.freeze()
        ready("engine")
        while not self._over():
            self.performance.turn()
            self._tell_news()
            self._tell_follower()
            wait = self.clock.real_seconds(self.performance.next_turn() - self.clock.now())
            mail, _, _ = select.select([self.box], [], [], min(max(wait, 0.0), LONGEST_SLEEP_S))
            if not mail and wait > QUIET_S:
                self.recording.prepare()
                self._say_recording()
            while (received := self.box.receive()) is not None:
                self._read(*received)
        self._close()

    def _over(self) -> bool:
        if self.ending.asked:
            return True
        state, look = self.performance.state, self.performance.look
        return self.ending.orphaned and may_close(state, look, self.clock.now())

    def _restore(self) -> None:
        reader = RingReader(self.config.ring_dir, after_seq=0)
        entries = [(seq, decode(payload)) for seq, payload in reader.read()]
        for _, entry in entries:
            self._note_start(entry.event)
        self.performance.restore(entries)
        self.performance.settle()
        if entries:
            self.performance.lights()
            self.wires.catch_up()
        if not self.performance.state.opened:
            self.performance.open(self.config.plan)
            number = first_number(self.performance.show)
            if number is not None:
                self.performance.ask(StartNumber(number), "engine")

    def _say_recording(self) -> None:
        if self.recording.whole == self._whole:
            return
        self._whole = self.recording.whole
        state = "up" if self._whole else "not recording"
        self.box.send(self._desk, pack(Process("engine", state)))

    def _note_start(self, event: AnyEvent) -> None:
        if isinstance(event, NumberStarted):
            self._since = event.at

    def _record(self, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        entry = Entry(event, actor, key, cause, monotonic_ns(), wall_ns())
        self._recorded = self.recording.append(encode(entry))
        self._note_start(event)
        return self._recorded

    def _tell_news(self) -> None:
        """Wake writer and desk, once for all that was recorded, after it is on the wire.

        Woken with each entry they would compete with the very cue for a small machine's cores.
        """
        if self._recorded == self._told:
            return
        self._told = self._recorded
        self._say_recording()
        news = pack(News(self._recorded))
        self.box.send(self._writer, news)
        self.box.send(self._desk, news)

    def _read(self, datagram: bytes, sender: Path | None) -> None:
        try:
            mail = unpack(datagram)
        except MailError:
            # Ours are the only processes in this folder; a torn one is worth no stop.
            return
        match mail:
            case Heard(estimate):
                self.performance.ask(Hear(estimate), "follower")
            case Asked(command, by, key):
                answer = self.performance.ask(command, by, key)
                # Before the answer: a desk that is answered finds in the ring what it asked for.
                self._tell_news()
                if sender is not None:
                    self.box.send(sender, pack(answer))
            case Hello():
                self._played = None
            case _:
                # Mail for another process; nothing of ours asks for an answer to it.
                pass

    def _tell_follower(self) -> None:
        state = self.performance.state
        if state.number is None or (state.number, self._since) == self._played:
            return
        if self.box.send(self._follower, pack(Play(state.number, self._since))):
            self._played = (state.number, self._since)

    def _close(self) -> None:
        if not self.performance.state.closed:
            self._record(ShowClosed(at=self.clock.now()), "engine", "", 0)
            self._tell_news()
        self.wires.close()
        self.recording.close()
        self.box.close()
        if self.ending.orphaned:
            shutil.rmtree(self.config.run_dir, ignore_errors=True)


def main(config: RunConfig) -> None:
    """The engine's process."""
    # Asking is harmless: a user without the right keeps the ordinary priority.
    with contextlib.suppress(PermissionError):
        os.nice(-5)
    with sole_engine(config.state_dir):
        Engine(config).run()
