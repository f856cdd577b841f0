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


Answered = Callable[[bool], object]
"""Called once, with whether the command was carried out."""


class EngineAsker:
    """Commands under way to the engine of the performance in `run_dir`. clock: seconds."""

    def __init__(self, run_dir: Path, clock: Callable[[], float]) -> None:
        self._box = Mailbox(run_dir / BOX)
        self._engine = run_dir / ENGINE
        self._clock = clock
        self._waiting: dict[str, tuple[bytes, float]] = {}
        self._slots: dict[str, str] = {}
        self._answered: dict[str, Answered] = {}

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._box.fileno()

    @property
    def waiting(self) -> int:
        """How many are not answered yet."""
        return len(self._waiting)

    def ask(
        self, command: AnyCommand, key: str, slot: str = "", answered: Answered | None = None
    ) -> None:
        """Say it now, and again until it is answered.

        slot : what was said before in the same one and is not answered yet is not said again.
        answered : is told whether it was carried out; never, if another took its slot.
        """
        if key in self._waiting:
            return
        if slot:
            before = self._slots.get(slot, "")
            self._waiting.pop(before, None)
            self._answered.pop(before, None)
            self._slots[slot] = key
        while len(self._waiting) >= WAITING_MOST:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            self._answered.pop(oldest, None)
        if answered is not None:
            self._answered[key] = answered
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
                waited = self._waiting.pop(answer.key, None)
                answered = self._answered.pop(answer.key, None)
                if waited is not None and answered is not None:
                    answered(isinstance(answer, mail.Kept))

    def close(self) -> None:
        """Take the mailbox away."""
        self._box.close()
