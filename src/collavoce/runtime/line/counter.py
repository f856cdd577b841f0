"""Where the caller's desk asks and hears: a mailbox in the performance's private folder.

asked    mail.LineAsked     answered with the same key; a key that comes again is answered again
told     mail.LineTold      the whole of what the caller may see, at once when it changes and
                            once a second, so that a desk that was away has it
"""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from collavoce.line.commands import AnyCommand
from collavoce.line.events import Kept, NotRecorded, Outcome, Refused
from collavoce.line.view import View
from collavoce.runtime import mail
from collavoce.runtime.links import Mailbox

BOX = "care-line"
DESK = "web"
ANSWERS_KEPT = 1000


class Counter:
    """Answers the desks.

    ask : carries out a command of a desk of that role. view : what the caller may see.
    """

    def __init__(
        self, run_dir: Path, ask: Callable[[AnyCommand, str], Outcome], view: Callable[[], View]
    ) -> None:
        self._box = Mailbox(run_dir / BOX)
        self._desk = run_dir / DESK
        self._ask = ask
        self._view = view
        self._answers: OrderedDict[str, bytes] = OrderedDict()

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._box.fileno()

    def answer_all(self) -> None:
        """Answer everything that waits; what is none of ours is dropped."""
        while (received := self._box.receive()) is not None:
            datagram, sender = received
            try:
                asked = mail.unpack(datagram)
            except mail.MailError:
                continue
            if isinstance(asked, mail.LineAsked) and sender is not None:
                self._box.send(sender, self._answer(asked))

    def tell(self) -> None:
        """Tell the desk everything; nobody waits for it to have read that."""
        self._box.send(self._desk, mail.pack(mail.LineTold(self._view())))

    def _answer(self, asked: mail.LineAsked) -> bytes:
        if asked.key not in self._answers:
            outcome = self._ask(asked.command, asked.role)
            answer = mail.LineAnswered(
                asked.key,
                done=isinstance(outcome, Kept)
                or (isinstance(outcome, NotRecorded) and outcome.done),
                recorded=not isinstance(outcome, NotRecorded),
                why=outcome.why if isinstance(outcome, Refused) else "",
            )
            self._answers[asked.key] = mail.pack(answer)
            while len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return self._answers[asked.key]

    def close(self) -> None:
        """Take the mailbox away."""
        self._box.close()
