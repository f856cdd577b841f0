"""Who may say what: every packet that comes in is judged here, by the book and its proof.

No socket and no clock: bytes with their source and the instant in, a ruling out. A bare packet
comes to nothing unless the operator allowed its source this very thing, or learned it; a keyed one
unless it is sealed with its controller's key, of this epoch, and later than the last.
"""

from dataclasses import replace

from collavoce.runtime.gateway.addresses import FEEDBACK, FIRE, HELLO, Meant, Unclear, meaning, ours
from collavoce.runtime.gateway.addresses import pressed as is_pressed
from collavoce.runtime.gateway.book import MIDI, MSC, Book, Controller
from collavoce.runtime.gateway.buckets import Buckets
from collavoce.runtime.gateway.hearing import Listening, Touches, show_control
from collavoce.runtime.gateway.rulings import Order, Refusal, Ruling, Wish
from collavoce.show.commands import Go, PointTo
from collavoce.show.cues import Show
from collavoce.show.inputs import Came, InputKind, of_midi, of_osc
from collavoce.wire.errors import WireError
from collavoce.wire.keyed import (
    EPOCH_BYTES,
    HEAD,
    KEY_BYTES,
    Answer,
    Answered,
    Keyed,
    claimed,
    is_sealed,
)
from collavoce.wire.osc import OscBundle, OscMessage, decode
from collavoce.words import say

DATAGRAM_LIMIT = 4096
"""Bytes of a packet that is read."""

MESSAGES_MAX = 16
"""Messages of one bundle; a controller's page of faders is no more. What is beyond is refused."""

WHAT_LIMIT = 80
"""Characters of what was refused, as it is shown."""

_NOBODY = bytes(KEY_BYTES)
"""A name that is nobody's costs as much time as a wrong key."""


class Judge:
    """Rules on what comes in. epoch: 8 random bytes of this process. One thread."""

    def __init__(self, show: Show, epoch: bytes) -> None:
        assert len(epoch) == EPOCH_BYTES
        assert any(epoch), "a controller that knows no epoch says zeros"
        self._book = Book()
        self._known: frozenset[str] = frozenset()
        self.listening = Listening(show)
        self._stages = frozenset({"", *show.stages})
        self._epoch = epoch
        self._buckets = Buckets()
        self._touches = Touches()
        self._counts: dict[str, int] = {}

    @property
    def book(self) -> Book:
        """What is allowed, from the last time it was set."""
        return self._book

    @book.setter
    def book(self, book: Book) -> None:
        self._book = book
        self._known = frozenset(one.source for one in (*book.allowed, *book.learned))

    def osc(self, source: str, datagram: bytes, now: float) -> list[Ruling]:
        """What a packet from the address `source` comes to, message by message."""
        if datagram.startswith(HEAD):
            return [self._keyed(source, datagram, now)]
        if source not in self._known:
            # Read at all only so that the operator can be shown what knocked.
            what = _shown(datagram) if self._buckets.shows(now) else ""
            return [Ruling(source, what, refused=Refusal.STRANGER)]
        if not self._buckets.admits(source, now):
            return [Ruling(source, refused=Refusal.FLOOD)]
        messages = bare_messages(datagram)
        if not messages:
            return [Ruling(source, refused=Refusal.FORM)]
        return [self._bare(source, message) for message in messages]

    def midi(self, port: str, message: bytes, now: float) -> Ruling | None:
        """What a MIDI message from the input `port` comes to; None for what nobody waits for."""
        came = of_midi(message)
        source = f"{MIDI}{port}"
        if came is None or not self._touches.press(source, came, now):
            return None
        by = f"midi {port}"
        orders = self.listening.controls(self.book, source, came, by)
        orders = orders or self.listening.cues(source, came, by)
        if not orders and came.kind is InputKind.MSC:
            if not self.book.allows(source, MSC):
                return Ruling(source, came.words, refused=Refusal.NOT_ALLOWED)
            command = show_control(came)
            # As on any console: the cue that GO names stands by first, whatever stood there.
            cue = command.cue if isinstance(command, Go) else None
            before = None if cue is None else PointTo(cue)
            orders = () if command is None else (Order(command, by, before=before),)
        if not orders:
            return None
        if not self._buckets.admits(source, now):
            return Ruling(source, came.words, refused=Refusal.FLOOD)
        return Ruling(source, came.words, orders)

    def _bare(self, source: str, message: OscMessage) -> Ruling:
        by, came = f"osc {source}", of_osc(message.address)
        what = message.address[:WHAT_LIMIT]
        learned = self.listening.controls(self.book, source, came, by)
        if learned:
            return Ruling(source, what, learned if is_pressed(message.args) else ())
        if not self.book.allows(source, message.address):
            return Ruling(source, what, refused=Refusal.NOT_ALLOWED)
        return self._said(source, by, message, came)

    def _keyed(self, source: str, datagram: bytes, now: float) -> Ruling:
        # Before it is read, which costs more: whoever floods from elsewhere cannot know the epoch.
        if not self._buckets.tries(now, knows=self._epoch in datagram):
            return Ruling(source, refused=Refusal.FLOOD)
        try:
            said = claimed(datagram)
        except WireError:
            return Ruling(source, refused=Refusal.FORM)
        controller = self.book.controller(said.name)
        key = _NOBODY if controller is None else bytes.fromhex(controller.key)
        if not is_sealed(key, datagram) or controller is None:
            return Ruling(source, refused=Refusal.FORGED)
        last = self._counts.get(said.name, 0)
        if said.epoch != self._epoch:
            # Sent before this process began, or by somebody who kept it: it only learns the epoch.
            again = Answered(said.name, self._epoch, last, Answer.AGAIN)
            return Ruling(source, said.name, keyed=said, answer=again)
        if said.count <= last:
            return Ruling(source, said.name, refused=Refusal.HEARD, keyed=said)
        self._counts[said.name] = said.count
        return self._proved(source, said, controller)

    def _proved(self, source: str, said: Keyed, controller: Controller) -> Ruling:
        messages = bare_messages(said.packet)
        if len(messages) != 1:
            return self._refuse(Ruling(source, said.name, refused=Refusal.FORM), said)
        message = messages[0]
        came = of_osc(message.address)
        ruling = self._said(source, controller.by, message, came, controller.may, said)
        if ruling.refused is not None:
            return self._refuse(ruling, said)
        if ruling.orders:
            return ruling
        # Hello, a feedback, a button let go: nothing is asked of the engine.
        kept = Answered(said.name, said.epoch, said.count, Answer.KEPT)
        return Ruling(source, ruling.what, (), None, ruling.wish, said, kept)

    def _said(
        self,
        source: str,
        by: str,
        message: OscMessage,
        came: Came,
        may: tuple[str, ...] = (),
        keyed: Keyed | None = None,
    ) -> Ruling:
        """What a message comes to that may be said at all. may: words of the map, empty for all."""
        what = message.address[:WHAT_LIMIT]
        key = "" if keyed is None else f"{keyed.name}:{keyed.epoch.hex()}:{keyed.count}"
        if not ours(message.address):
            if may and FIRE not in may:
                return Ruling(source, what, refused=Refusal.NOT_ALLOWED)
            orders = self.listening.cues(source, came, by)
            if not orders:
                return Ruling(source, what, refused=Refusal.ADDRESS)
            if not is_pressed(message.args):
                return Ruling(source, what, keyed=keyed)
            # Each its own key, or the second would be taken for the first said again.
            keys = [f"{key}:{i}" if key else "" for i in range(len(orders))]
            each = tuple(replace(one, key=k) for one, k in zip(orders, keys, strict=True))
            return Ruling(source, what, each, keyed=keyed)
        meant = meaning(message.address, message.args)
        if isinstance(meant, Unclear):
            return Ruling(source, what, refused=Refusal(meant.value))
        if may and meant.does not in {*may, HELLO}:
            return Ruling(source, what, refused=Refusal.NOT_ALLOWED)
        if meant.stage not in self._stages:
            return Ruling(source, what, refused=Refusal.STAGE)
        if meant.does == FEEDBACK:
            return Ruling(source, what, wish=Wish(meant.down, meant.port), keyed=keyed)
        return Ruling(source, what, _orders(meant, by, key), keyed=keyed)

    def _refuse(self, ruling: Ruling, said: Keyed) -> Ruling:
        assert ruling.refused is not None, "only what is refused"
        why = say(f"gateway.refused.{ruling.refused.value}")
        told = Answered(said.name, said.epoch, said.count, Answer.REFUSED, why)
        return Ruling(ruling.source, ruling.what, (), ruling.refused, None, said, told)


def bare_messages(datagram: bytes) -> list[OscMessage]:
    """The messages of a packet in their order; none for what is not read here.

    A bundle's time is not waited for: it is another machine's, and a GO is for now.
    """
    if len(datagram) > DATAGRAM_LIMIT:
        return []
    try:
        packet = decode(datagram)
    except WireError:
        return []
    waiting: list[OscMessage | OscBundle] = [packet]
    messages: list[OscMessage] = []
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, OscMessage):
            messages.append(one)
        else:
            waiting[:0] = one.elements
        if len(messages) > MESSAGES_MAX:
            return []
    return messages


def _orders(meant: Meant, by: str, key: str) -> tuple[Order, ...]:
    if meant.command is None or not meant.down:
        return ()
    return (Order(meant.command, by, meant.stage, key, meant.before),)


def _shown(datagram: bytes) -> str:
    messages = bare_messages(datagram)
    return messages[0].address[:WHAT_LIMIT] if messages else ""
