"""The gateway's process: doors and cables in, orders to the engine, answers and lamps out.

One thread that sleeps in `select`. A keyed GO is judged and mailed within one turn of it; what is
only shown (feedback, lamps, refusals) has its turn after that. Nothing here is kept: a gateway that
was killed comes back on the same doors with a fresh epoch, and controllers with a key learn it by
the first answer.
"""

import contextlib
import select
import socket
from functools import partial
from pathlib import Path

from msgspec import structs

from collavoce.rig.midi_in import whole_driver
from collavoce.rig.osc_in import AT_ONCE, Arrived, OscDatagrams, OscStreams
from collavoce.runtime.clock import fresh_bytes, fresh_id, monotonic_ns, sleep, utc_now
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.gateway import place
from collavoce.runtime.gateway.asking import Answer as Outcome
from collavoce.runtime.gateway.asking import Questions
from collavoce.runtime.gateway.book import MIDI, Book
from collavoce.runtime.gateway.book_file import READ_S, BookFile
from collavoce.runtime.gateway.cables import Cables
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.runtime.gateway.feedback import Send
from collavoce.runtime.gateway.judging import Judge
from collavoce.runtime.gateway.learning import Teacher
from collavoce.runtime.gateway.listing import running_view
from collavoce.runtime.gateway.replying import Replies
from collavoce.runtime.gateway.rulings import Refusal, Ruling
from collavoce.runtime.gateway.showing import Showing
from collavoce.runtime.gateway.tally import LOG, Refusals
from collavoce.runtime.line_writer import line_writer
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import (
    AskConnections,
    Asked,
    ConnectionsTold,
    Declined,
    Heard,
    Kept,
    Learn,
    MailError,
    pack,
    unpack,
)
from collavoce.runtime.prepared import prepared_show
from collavoce.runtime.readiness import ready
from collavoce.show.commands import Go
from collavoce.show.cues import Show
from collavoce.wire.keyed import EPOCH_BYTES

SHOWING_S = 0.1
"""A turn at the latest, while controllers are told what is so or lamps are lit."""

BREATH_S = 0.002
"""After a full batch of which nothing came: a flood must not take a core from the engine."""

MAILS_AT_ONCE = 64
HEARD_MAX = 256
"""Controllers and sources of which is remembered when they were heard last."""


class Gateway:
    """Everything that the process holds."""

    def __init__(self, config: RunConfig, show: Show) -> None:
        self.config = config
        self.box = Mailbox(config.box("gateway"))
        self.datagrams = OscDatagrams(socket.socket(fileno=config.osc_fd))
        self.streams = OscStreams(socket.socket(fileno=config.osc_tcp_fd))
        self.file = BookFile(config.state_dir)
        self.judge = Judge(show, fresh_bytes(EPOCH_BYTES))
        self.cables = Cables(config.midi_port, whole_driver, config.clock.now)
        self.questions = Questions(partial(self.box.send, config.box("engine")))
        self.teacher = Teacher(self.file, self.box.send)
        self.showing = Showing(config, show)
        self.replies = Replies(self.showing.feedback)
        self.refusals = Refusals(line_writer(config.state_dir / LOG))
        self._heard: dict[str, float] = {}
        self._trouble = ""
        self._next_read = self._next_show = float("-inf")

    def begin(self) -> None:
        """Read the book, before anybody is told that we are there."""
        self._read_book(_now())

    def turn(self) -> None:
        """Wait for what comes, and do it; then what only time asks for."""
        soon = self.showing.wanted or self.questions.waiting or self.teacher.waiting
        rings = self.cables.filenos()
        doors = [self.box.fileno(), self.datagrams.fileno(), *self.streams.filenos(), *rings]
        readable, _, _ = select.select(doors, [], [], SHOWING_S if soon else READ_S)
        now = _now()
        if now >= self._next_read:
            self._next_read = now + READ_S
            self._read_book(now)
        arrived = [*self.datagrams.receive(), *self.streams.receive(set(readable))]
        some_use = [self._take_osc(one, now) for one in arrived]
        for number in set(readable) & set(rings):
            for message in self.cables.drain(rings[number]):
                self._take_midi(rings[number], message, now)
        self._read_mail(now)
        self.questions.turn(now)
        if now >= self._next_show:
            self._next_show = now + SHOWING_S
            self.refusals.flush(f"{utc_now():%Y-%m-%dT%H:%M:%SZ}")
            self.showing.turn(self.cables.names, now)
        if len(arrived) >= AT_ONCE and not any(some_use):
            sleep(BREATH_S)

    def close(self) -> None:
        """Hear and tell nothing more."""
        self.showing.lamps.close()
        self.cables.close()
        self.streams.close()
        self.datagrams.close()
        self.box.close()

    def _take_osc(self, arrived: Arrived, now: float) -> bool:
        """Judge a packet and do what comes of it; whether anything did."""
        if self.teacher.waiting is not None:
            found = self.teacher.waiting.osc(arrived.source, arrived.packet)
            if found is not None:
                self.teacher.heard(*found)
                self._read_book(now)
                return True
        rulings = self.judge.osc(arrived.source, arrived.packet, now)
        for ruling in rulings:
            self._carry_out(ruling, now, arrived)
        return any(ruling.refused is None for ruling in rulings)

    def _take_midi(self, port: str, message: bytes, now: float) -> None:
        if self.teacher.waiting is not None:
            found = self.teacher.waiting.midi(port, message, now)
            if found is not None:
                self.teacher.heard(*found)
                self._read_book(now)
            return
        ruling = self.judge.midi(port, message, now)
        if ruling is not None:
            self._carry_out(ruling, now, None)

    def _carry_out(self, ruling: Ruling, now: float, arrived: Arrived | None) -> None:
        """Do what was ruled. arrived: None for MIDI, which is answered by lamps alone."""
        self._note(ruling, now)
        for order in ruling.orders:
            command = order.command
            if isinstance(command, Go):
                command = structs.replace(command, quarter=self.showing.played(order.stage))
            key = order.key or fresh_id()
            if order.before is not None:
                first = Asked(order.before, order.by, f"{key}:before", order.stage)
                self.questions.ask(first, _untold, now)
            asked = Asked(command, order.by, key, order.stage)
            self.questions.ask(asked, partial(self._done, ruling, arrived), now)
        if arrived is None:
            return
        if ruling.refused is Refusal.HEARD and ruling.keyed is not None:
            self.replies.again(ruling.keyed, arrived.answer)
        if ruling.wish is not None:
            to = self._to(arrived.source, ruling.wish.port)
            self.replies.grant(ruling.wish, ruling.speaker, arrived, to, now)
        if ruling.answer is not None:
            self.replies.answer(ruling.answer, arrived.answer)

    def _done(self, ruling: Ruling, arrived: Arrived | None, outcome: Outcome) -> None:
        if arrived is not None:
            self.replies.done(ruling, arrived, outcome)

    def _note(self, ruling: Ruling, now: float) -> None:
        if ruling.refused is not None:
            self.refusals.note(ruling.source, ruling.what, ruling.refused, now)
            return
        self._heard.pop(ruling.speaker, None)
        self._heard[ruling.speaker] = now
        if len(self._heard) > HEARD_MAX:
            self._heard.pop(next(iter(self._heard)))

    def _to(self, host: str, port: int) -> Send:
        return lambda packet: self.datagrams.send(packet, host, port)

    def _read_mail(self, now: float) -> None:
        for _ in range(MAILS_AT_ONCE):
            received = self.box.receive()
            if received is None:
                return
            with contextlib.suppress(MailError):
                self._read(*received, now)

    def _read(self, datagram: bytes, sender: str | None, now: float) -> None:
        match unpack(datagram):
            case Kept() | Declined() as answer:
                self.questions.answered(answer)
            case Heard(estimate, stage):
                self.showing.music[stage] = estimate
            case Learn() as asked if sender is not None:
                self.teacher.begin(asked, sender, now)
                self._read_book(now)
            case AskConnections() if sender is not None:
                self.box.send(sender, pack(ConnectionsTold(self._view(now))))
            case _:
                pass

    def _read_book(self, now: float) -> None:
        """See whether the book changed, and look after what hangs on it."""
        try:
            book = self.file.read()
            self._trouble = ""
        except GatewayError as error:
            # What was allowed stays allowed: a slip in the file must not cost a show its pedals.
            self._trouble, book = str(error), self.judge.book
        if book != self.judge.book:
            self._use(book)
        midi = any(one.source.startswith(MIDI) for one in (*book.allowed, *book.learned))
        learning = self.teacher.waiting is not None
        self.cables.look(now, wanted=midi or learning or self.judge.listening.hears_midi)
        self.teacher.turn(now, self.cables.trouble)

    def _use(self, book: Book) -> None:
        self.judge.book = self.replies.book = book
        self.showing.lamps.learn(book.learned)
        told = [one for one in book.allowed if one.feedback]
        names = {one.name for one in book.controllers} | {one.source for one in book.allowed}
        self.showing.feedback.keep(
            {f"{one.source}:{one.feedback}": self._to(one.source, one.feedback) for one in told},
            names,
        )

    def _view(self, now: float) -> dict[str, object]:
        return running_view(
            self.judge.book,
            self._heard,
            self.refusals,
            now,
            midi=self.cables.names,
            trouble=self._trouble or self.cables.trouble,
            osc=f"{self.config.osc_host}:{self.config.osc_port}",
            learning=self.teacher.does,
        )


def _untold(_: Outcome) -> None:
    """What became of it is told by what came after it."""


def _now() -> float:
    return monotonic_ns() * 1e-9


def main(config: RunConfig) -> None:
    """The gateway's process."""
    ending = Ending.listen(config.run_dir)
    gateway = Gateway(config, prepared_show(Path(config.run_dir)))
    gateway.begin()
    place.leave(config.state_dir, config.run_dir)
    ready("gateway")
    while not ending.due:
        gateway.turn()
    gateway.close()
