"""What is asked of the engine from beside the stage, until it is kept.

The engine may be restarting: a command is said again with the same key until it answers. It
remembers keys across its restarts, so that nothing is done twice.
"""

from collections.abc import Callable
from pathlib import Path

from collavoce.runtime import mail
from collavoce.runtime.links import Mailbox
from collavoce.show.commands import AnyCommand

BOX = "line"
ENGINE = "engine"
BY = "wings"
"""Who the show ledger says asked, whoever it was."""

AGAIN_S = 0.5
WAITING_MOST = 500
"""Commands under way. The oldest goes first: an engine that is away this long has no show."""


class EngineAsker:
    """Commands under way to the engine of the performance in `run_dir`. clock: seconds."""

    def __init__(self, run_dir: Path, clock: Callable[[], float]) -> None:
        self._box = Mailbox(run_dir / BOX)
        self._engine = run_dir / ENGINE
        self._clock = clock
        self._waiting: dict[str, tuple[bytes, float]] = {}
        self._slots: dict[str, str] = {}

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._box.fileno()

    @property
    def waiting(self) -> int:
        """How many are not answered yet."""
        return len(self._waiting)

    def ask(self, command: AnyCommand, key: str, slot: str = "") -> None:
        """Say it now, and again until it is answered.

        slot : what was said before in the same one and is not answered yet is not said again.
        """
        if key in self._waiting:
            return
        if slot:
            self._waiting.pop(self._slots.get(slot, ""), None)
            self._slots[slot] = key
        while len(self._waiting) >= WAITING_MOST:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[key] = (mail.pack(mail.Asked(command, BY, key)), float("-inf"))
        self.turn()

    def turn(self) -> None:
        """Say again what has waited long enough."""
        now = self._clock()
        for key, (asked, at) in list(self._waiting.items()):
            if now - at >= AGAIN_S:
                self._box.send(self._engine, asked)
                self._waiting[key] = (asked, now)

    def hear(self) -> None:
        """Read the answers: kept or refused, it is not asked again."""
        while (received := self._box.receive()) is not None:
            try:
                answer = mail.unpack(received[0])
            except mail.MailError:
                continue
            if isinstance(answer, mail.Kept | mail.Declined):
                self._waiting.pop(answer.key, None)

    def close(self) -> None:
        """Take the mailbox away."""
        self._box.close()
