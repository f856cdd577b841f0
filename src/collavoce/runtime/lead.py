"""Who leads: of the engine and its spare, the one that holds the show's lock.

The kernel gives the lock back the moment its holder is dead, however it died, and to one waiter
only: two never lead. The spare waits for it and follows the ring meanwhile. A leader that is frozen
still holds it; that is told by its pulse, and the spare kills it. Killed it cannot wake and send
(SIGKILL ends a stopped process too), and only its death hands over the lock: no later datagram of
it can meet the first one of its successor.
"""

import contextlib
import fcntl
import os
import select
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import MailError, Pulse, pack, unpack
from collavoce.runtime.opening import LOCK_FILE

CHAIRS = ("engine", "spare")
"""Both run the same program; which one leads is the lock's to say."""

PULSE_S = 0.05
SILENT_LOOKS = 8
"""Looks in a row, each on time, at which nothing was heard: 0.4 s, and the leader is frozen."""

STRANGER_LOOKS = 60
"""The same for a leader that was never heard: it may have frozen before, or is just beginning."""

LATE = 2.0
"""A look so many times later than it was meant to be tells of the onlooker, not of the leader."""


class Lead:
    """The right to lead the show of one state folder. `select` on it: readable when it came."""

    def __init__(self, state: Path) -> None:
        self._descriptor = os.open(state / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        self._ears, self._mouth = os.pipe()

    def at_once(self) -> bool:
        """Whether nobody else leads, and now this process does."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self) -> None:
        """Begin to wait for it, beside whatever else this process does."""
        threading.Thread(target=self._wait, daemon=True).start()

    def fileno(self) -> int:
        """For `select`."""
        return self._ears

    def note(self, chair: str) -> None:
        """Write down who leads now; on a disk that takes nothing, nobody is written down."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{chair} {os.getpid()}".ljust(32).encode() + b"\n", 0)

    def _wait(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        os.write(self._mouth, b"!")


def leader(state: Path) -> tuple[str, int]:
    """The chair and the process id of who leads, as noted; ("", 0) when nobody is."""
    try:
        chair, pid = (state / LOCK_FILE).read_text(encoding="ascii").split()
    except (FileNotFoundError, ValueError):
        return "", 0
    return chair, int(pid)


class Silence:
    """Whether a leader has fallen silent. Time is an argument: seconds."""

    def __init__(self) -> None:
        self._heard = False
        self._looks = 0
        self._looked_at = 0.0

    def look(self, now: float, *, heard: bool) -> bool:
        """Take one look; whether it is the one that settles it. Begins anew after that."""
        on_time = now - self._looked_at <= LATE * PULSE_S
        self._looked_at = now
        if heard:
            self._heard, self._looks = True, 0
        elif on_time:
            self._looks += 1
            if self._looks >= (SILENT_LOOKS if self._heard else STRANGER_LOOKS):
                self._heard, self._looks = False, 0
                return True
        return False


class StandingBy:
    """A chair that does not lead: follows, listens for the pulse, and is there."""

    def __init__(self, config: RunConfig, chair: str, lead: Lead) -> None:
        self.ears = Mailbox(pulse_box(config, chair))
        self.lead = lead
        self._state = config.state_dir
        self._leader = 0

    def until_it_leads(self, follow: Callable[[], None], ending: Ending) -> bool:
        """Return when this process leads (True) or is to end (False)."""
        silence = Silence()
        self.lead.wait()
        while not ending.due:
            came, _, _ = select.select([self.lead, self.ears], [], [], PULSE_S)
            if self.lead in came:
                self.ears.close()
                return not ending.due
            heard = self._listen()
            follow()
            if silence.look(monotonic_ns() * 1e-9, heard=heard):
                self._end_leader()
        self.ears.close()
        return False

    def _end_leader(self) -> None:
        """Its death is what hands over the lock; the rest comes by itself."""
        pid = self._leader or leader(self._state)[1]
        self._leader = 0
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _listen(self) -> bool:
        heard = False
        while (received := self.ears.receive()) is not None:
            with contextlib.suppress(MailError):
                mail = unpack(received[0])
                if isinstance(mail, Pulse):
                    heard, self._leader = True, mail.pid
        return heard


def pulse_box(config: RunConfig, chair: str) -> Path:
    """Where a chair that stands by listens."""
    return config.box(f"{chair}-pulse")


class Heart:
    """The pulse of the one who leads."""

    def __init__(self, config: RunConfig, chair: str) -> None:
        (other,) = set(CHAIRS) - {chair}
        self._to = pulse_box(config, other)
        self._pulse = pack(Pulse(os.getpid()))
        self._next_ns = 0
        self.heard = False
        """Somebody stands by."""

    def beat(self, box: Mailbox) -> None:
        """Send the pulse if it is time, from `box`."""
        now = monotonic_ns()
        if now >= self._next_ns:
            self._next_ns = now + int(PULSE_S * 0.9e9)
            self.heard = box.send(self._to, self._pulse)
