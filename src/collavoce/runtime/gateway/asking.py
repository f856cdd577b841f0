"""What the engine was asked and has not answered yet; it may be starting anew."""

from collections.abc import Callable
from dataclasses import dataclass

from collavoce.runtime.mail import Asked, Declined, Kept, pack

AGAIN_S = 0.5
"""The engine answers within a millisecond; after this long it is asked once more."""

TRIES = 3
QUESTIONS_MAX = 512
"""Beyond them the oldest is given up: its controller is told that nobody answered."""

Answer = Kept | Declined | None
"""None: nobody answered."""


@dataclass(slots=True)
class _Question:
    datagram: bytes
    told: Callable[[Answer], None]
    again_at: float
    tries: int = 1


class Questions:
    """Asks by `send`, again if need be under the same key, and hands on the answer, once."""

    def __init__(self, send: Callable[[bytes], bool]) -> None:
        self._send = send
        self._open: dict[str, _Question] = {}

    @property
    def waiting(self) -> bool:
        """Whether any is unanswered."""
        return bool(self._open)

    def ask(self, asked: Asked, told: Callable[[Answer], None], now: float) -> None:
        """Ask; `told` is called with what became of it."""
        while len(self._open) >= QUESTIONS_MAX:
            self._give_up(next(iter(self._open)))
        datagram = pack(asked)
        self._open[asked.key] = _Question(datagram, told, now + AGAIN_S)
        self._send(datagram)

    def answered(self, answer: Kept | Declined) -> None:
        """Hand an answer on to whoever asked."""
        question = self._open.pop(answer.key, None)
        if question is not None:
            question.told(answer)

    def turn(self, now: float) -> None:
        """Ask again what was not answered in time."""
        for key, question in list(self._open.items()):
            if now < question.again_at:
                continue
            if question.tries >= TRIES:
                self._give_up(key)
                continue
            question.tries += 1
            question.again_at = now + AGAIN_S
            self._send(question.datagram)

    def _give_up(self, key: str) -> None:
        self._open.pop(key).told(None)
