"""What a controller is told of what it asked: by its key an answer, else a line of its feedback."""

from collavoce.rig.osc_in import Answerer, Arrived
from collavoce.runtime.gateway.asking import Answer as Outcome
from collavoce.runtime.gateway.book import Book
from collavoce.runtime.gateway.feedback import LEASE_S, Feedback, Send
from collavoce.runtime.gateway.rulings import Ruling, Wish
from collavoce.runtime.mail import Declined, Kept
from collavoce.wire.keyed import Answer, Answered, Keyed, write_answer
from collavoce.words import say


class Replies:
    """Answers, each remembered until its controller's next question."""

    def __init__(self, feedback: Feedback) -> None:
        self.book = Book()
        self._feedback = feedback
        self._last: dict[str, tuple[int, bytes]] = {}

    def done(self, ruling: Ruling, arrived: Arrived, outcome: Outcome) -> None:
        """Tell whoever asked what the engine answered."""
        state, words = _outcome(outcome)
        said = ruling.keyed
        if said is None:
            kept = state is Answer.KEPT
            self._feedback.answer(arrived.source, ruling.what, done=kept, words=words)
        else:
            told = Answered(said.name, said.epoch, said.count, state, words)
            self.answer(told, arrived.answer)

    def answer(self, told: Answered, send: Answerer) -> None:
        """Send an answer, sealed."""
        controller = self.book.controller(told.name)
        if controller is None:
            return
        packet = write_answer(bytes.fromhex(controller.key), told)
        if told.answer != Answer.AGAIN:
            self._last[told.name] = (told.count, packet)
        send(packet)

    def again(self, said: Keyed, send: Answerer) -> None:
        """A controller that missed its answer asks with the same count: the same is said again."""
        count, packet = self._last.get(said.name, (-1, b""))
        if count == said.count:
            send(packet)

    def grant(self, wish: Wish, owner: str, arrived: Arrived, to: Send, now: float) -> None:
        """Tell a controller what happens, or no more.

        owner : the controller by name, or the source. to : sends to the port it asked for.
        """
        here = not wish.port or arrived.where.endswith("/tcp")
        where = arrived.where if here else f"{arrived.source}:{wish.port}"
        if wish.on:
            send = arrived.answer if here else to
            self._feedback.listen(where, send, now + LEASE_S, owner)
        else:
            self._feedback.leave(where)


def _outcome(outcome: Outcome) -> tuple[Answer, str]:
    match outcome:
        case Kept():
            return Answer.KEPT, ""
        case Declined(why=why):
            return Answer.REFUSED, why
        case None:
            return Answer.SILENT, say("gateway.silent")
