"""Whether care's loop runs and its ladder's clock turns: asked and answered in a mailbox.

    asked   any datagram
    answer  msgpack {"pid": int, "turned_at": seconds on the machine's monotonic clock}

It is answered by the very loop that answers phones, so that one that hangs is mute. Nothing in an
answer depends on whether somebody pressed but when the ladder's clock last turned, which the
watchdog compares with one limit and says nothing else of.
"""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from collavoce.runtime.links import Mailbox

BOX = "care-pulse"
QUESTION = b"?"


class Pulse(msgspec.Struct, frozen=True):
    """The process that answered, and when its ladder's clock last turned."""

    pid: int
    turned_at: float


class PulseError(ValueError):
    """A datagram that is no pulse."""


_encode = msgspec.msgpack.Encoder().encode
_pulses = msgspec.msgpack.Decoder(Pulse)


class PulseBox:
    """Answers whoever asks. turned_at: when the ladder's clock last turned."""

    def __init__(self, run_dir: Path, turned_at: Callable[[], float]) -> None:
        self._box = Mailbox(run_dir / BOX)
        self._turned_at = turned_at

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._box.fileno()

    def answer_all(self) -> None:
        """Answer everything that waits."""
        while (received := self._box.receive()) is not None:
            if received[1] is not None:
                self._box.send(received[1], _encode(Pulse(os.getpid(), self._turned_at())))

    def close(self) -> None:
        """Take the mailbox away."""
        self._box.close()


def read_pulse(datagram: bytes) -> Pulse:
    """The pulse in `datagram`; raises PulseError."""
    try:
        return _pulses.decode(datagram)
    except msgspec.DecodeError as error:
        raise PulseError(f"{len(datagram)} bytes that are no pulse") from error
