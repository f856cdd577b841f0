"""The watchdog's process: pulse, canaries, a word to the desk, a kill of what stands.

What it tells the desk is also its own heartbeat, said every `rule.ASK_EVERY_S` and at every
change. What care leaves unsent is carried by its deputy (`deputy.py`).
"""

import os
import select
import signal
import sys
from pathlib import Path

from collavoce.rig.channels.echo import MARK
from collavoce.runtime.care.canary import ECHO_BOX
from collavoce.runtime.care.pulse import BOX, QUESTION, Pulse, PulseError, read_pulse
from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.ending import Ending
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import DELIVERING, NOT_DELIVERING, Process, pack
from collavoce.runtime.readiness import ready
from collavoce.runtime.watchdog import rule
from collavoce.runtime.watchdog.config import WatchdogConfig
from collavoce.runtime.watchdog.deputy import Deputy
from collavoce.runtime.watchdog.flight import Door, Flight

LOOK_S = 0.25
AGAIN_AFTER_S = 3.0
"""After a canary that did not come back the next one flies so soon."""


class Grip:
    """The care process that answered last, held so that no other can be meant by its number."""

    def __init__(self) -> None:
        self._pid = 0
        self._descriptor = -1

    def take(self, pid: int) -> None:
        """Hold `pid`, a process that is alive."""
        if pid == self._pid:
            return
        self.let_go()
        if sys.platform == "linux":
            try:
                self._descriptor = os.pidfd_open(pid)
            except OSError:
                return
        self._pid = pid

    def kill(self) -> bool:
        """SIGKILL what is held; whether there was something."""
        if not self._pid:
            return False
        try:
            if sys.platform == "linux":
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)
            else:
                os.kill(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        finally:
            self.let_go()
        return True

    def let_go(self) -> None:
        """Hold nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._pid, self._descriptor = 0, -1


class Watchdog:
    """The rule with its eyes, voice and teeth."""

    def __init__(self, config: WatchdogConfig, ending: Ending) -> None:
        self._door = Door(config.host, config.port, config.canary, config.tls_ca, config.tls_name)
        self._every_s = config.canary_every_s
        self._ending = ending
        self._care = Path(config.run_dir) / BOX
        self._desk = Path(config.run_dir) / "web"
        self._box = Mailbox(Path(config.run_dir) / ECHO_BOX)
        self._deputy = Deputy(
            Path(config.run_dir), Path(config.channels) if config.channels else None
        )
        self._grip = Grip()
        self._flight: Flight | None = None
        now = _now()
        self._watch = rule.Watch(now)
        self._ask_at = self._fly_at = now
        self._said = ""

    def turn(self) -> None:
        """Wait for a pulse or a while, then look once."""
        select.select([self._box, *self._deputy.filenos()], [], [], LOOK_S)
        self._deputy.turn()
        now = _now()
        self._watch = rule.looked(self._watch, now)
        while (received := self._box.receive()) is not None:
            self._hear(received[0])
        self._fly(now)
        heartbeat = now >= self._ask_at
        if heartbeat:
            self._ask_at = now + rule.ASK_EVERY_S
            taken = self._box.send(self._care, QUESTION)
            self._watch = rule.asked(self._watch, taken=taken)
        # A care process whose supervisor is gone would not be started again: it is let stand.
        if rule.to_kill(self._watch) and not self._ending.orphaned and self._grip.kill():
            self._watch = rule.killed(self._watch)
        self._tell(heartbeat=heartbeat)

    def close(self) -> None:
        """Take the mailbox away."""
        self._grip.let_go()
        self._deputy.close()
        self._box.close()

    def _hear(self, datagram: bytes) -> None:
        if datagram.startswith(MARK):
            if self._flight is not None:
                self._flight.echoed.set()
            return
        try:
            pulse: Pulse = read_pulse(datagram)
        except PulseError:
            return
        self._watch = rule.pulsed(self._watch, pulse.turned_at)
        self._grip.take(pulse.pid)

    def _fly(self, now: float) -> None:
        if self._flight is not None:
            back = self._flight.back
            if back is None:
                return
            self._watch = rule.landed(self._watch, back=back)
            self._flight = None
            self._fly_at = now + (self._every_s if back else AGAIN_AFTER_S)
        if self._watch.bad_for >= rule.TELL_AFTER_S:
            # As soon as the pulse is back the whole way is tried.
            self._fly_at = now
        # Where no pulse is, a canary would say nothing new.
        if now >= self._fly_at and self._watch.bad_for < rule.ASK_EVERY_S:
            self._flight = Flight(self._door)
            self._flight.start()

    def _tell(self, *, heartbeat: bool) -> None:
        well = rule.finding(self._watch) is rule.Finding.WELL
        word = DELIVERING if well else NOT_DELIVERING
        if heartbeat or word != self._said:
            self._said = word
            self._box.send(self._desk, pack(Process("care", word)))


def main(config: WatchdogConfig) -> None:
    """The watchdog's process."""
    ending = Ending.listen(config.run_dir)
    watchdog = Watchdog(config, ending)
    ready("watchdog")
    while not ending.due:
        watchdog.turn()
    watchdog.close()


def _now() -> float:
    return monotonic_ns() * 1e-9
