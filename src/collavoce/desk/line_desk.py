"""The caller's desk at the line: asks the care process, remembers what it told last.

It holds nothing: the care process tells everything again twice a second, and a desk that has heard
nothing for `HEARD_WITHIN_S` says that the line is silent instead of showing the past.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from collavoce.desk.stagehand import LineAnswer, Told, Unanswered
from collavoce.line.commands import AnyCommand
from collavoce.runtime import mail
from collavoce.runtime.line.counter import BOX
from collavoce.show.events import Refused
from collavoce.words import say

HEARD_WITHIN_S = 3.0
ANSWER_S = 0.7
"""The line answers when its disk has taken it; after this long it is asked once more."""

TRIES = 5


class LineDesk:
    """send: hands a datagram to a mailbox of the performance. clock: seconds, never set back."""

    def __init__(
        self, send: Callable[[Path, bytes], bool], run_dir: Path, clock: Callable[[], float]
    ) -> None:
        self._send = send
        self._line = run_dir / BOX
        self._clock = clock
        self._told: Mapping[str, object] | None = None
        self._told_at = float("-inf")
        self._questions: dict[str, asyncio.Future[LineAnswer]] = {}

    def now(self) -> Mapping[str, object] | None:
        """What was told lately."""
        return self._told if self._clock() - self._told_at <= HEARD_WITHIN_S else None

    def take(self, item: mail.LineTold | mail.LineAnswered) -> None:
        """The line said something."""
        if isinstance(item, mail.LineTold):
            self._told, self._told_at = item.view, self._clock()
            return
        question = self._questions.get(item.key)
        if question is not None and not question.done():
            why = item.why or say("desk.line.not_recorded")
            question.set_result(Told(item.recorded) if item.done else Refused(why))

    async def ask(self, command: AnyCommand, key: str, role: str) -> LineAnswer:
        """Say it, and once more with the same key if nobody answers: care may be restarting."""
        question = self._questions.setdefault(key, asyncio.get_running_loop().create_future())
        asked = mail.pack(mail.LineAsked(command, key, role))
        try:
            for _ in range(TRIES):
                self._send(self._line, asked)
                try:
                    return await asyncio.wait_for(asyncio.shield(question), ANSWER_S)
                except TimeoutError:
                    continue
            return Unanswered()
        finally:
            self._questions.pop(key, None)
