"""Learning: the operator presses what is to do something, and is told what was heard.

While it is waited for, nothing bare does anything: the button that is being taught must not fire.
What is heard first is taken, whoever sent it; so it is said in words, to be read before the show.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from collavoce.runtime.gateway.addresses import pressed
from collavoce.runtime.gateway.book import MIDI, meant_by, with_control
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.runtime.gateway.hearing import Touches
from collavoce.runtime.gateway.judging import bare_messages
from collavoce.runtime.gateway.listing import source_words
from collavoce.runtime.mail import Learn, Learned, pack
from collavoce.show.inputs import InputError, of_midi, of_osc, read_input
from collavoce.wire.keyed import HEAD
from collavoce.words import say

LEARN_S = 20.0


@dataclass(slots=True)
class Learning:
    """What `does` is to be done by. until: seconds of the clock that the packets come with."""

    does: str
    until: float
    touches: Touches = field(default_factory=Touches)

    def osc(self, source: str, datagram: bytes) -> tuple[str, str] | None:
        """(source, input) if a bare packet is a press of something that can be learned."""
        if datagram.startswith(HEAD):
            return None
        for message in bare_messages(datagram):
            words = of_osc(message.address).words
            if pressed(message.args) and _is_input(words):
                return source, words
        return None

    def midi(self, port: str, message: bytes, now: float) -> tuple[str, str] | None:
        """(source, input) if a MIDI message is a press."""
        came = of_midi(message)
        source = f"{MIDI}{port}"
        if came is None or not self.touches.press(source, came, now):
            return None
        return (source, came.words) if _is_input(came.words) else None


def _is_input(words: str) -> bool:
    try:
        read_input(words)
    except InputError:
        return False
    return True


class Teacher:
    """One learning at a time, for whoever asked by mail; what is learned stands in the book."""

    def __init__(self, file: BookFile, send: Callable[[str, bytes], bool]) -> None:
        self._file = file
        self._send = send
        self._now: tuple[Learning, str, str] | None = None

    @property
    def waiting(self) -> Learning | None:
        """What is waited for."""
        return None if self._now is None else self._now[0]

    @property
    def does(self) -> str:
        """What is to be learned for, "" for nothing."""
        return "" if self._now is None else self._now[0].does

    def begin(self, asked: Learn, sender: str, now: float) -> None:
        """Wait for what is to do `asked.does`; for nothing any more, if that is empty."""
        self._end(say("gateway.learn.another"))
        if not asked.does:
            return
        try:
            meant_by(asked.does)
        except GatewayError as error:
            self._tell(sender, asked.key, str(error), done=False)
        else:
            self._now = (Learning(asked.does, now + LEARN_S), asked.key, sender)

    def heard(self, source: str, words: str) -> None:
        """Something was pressed: it is learned."""
        assert self._now is not None, "only while something is waited for"
        (learning, key, sender), self._now = self._now, None
        try:
            self._file.edit(lambda book: with_control(book, source, words, learning.does))
        except GatewayError as error:
            self._tell(sender, key, str(error), done=False)
            return
        told = {"source": source_words(source), "input": words, "does": learning.does}
        self._tell(sender, key, say("gateway.learn.learned", **told), done=True)

    def turn(self, now: float, trouble: str) -> None:
        """Give up in time. trouble: why no MIDI can be heard, "" while it can."""
        if self._now is not None and now >= self._now[0].until:
            nothing = say("gateway.learn.nothing", seconds=f"{LEARN_S:g}")
            self._end(f"{nothing} {trouble}".rstrip())

    def _end(self, why: str) -> None:
        if self._now is not None:
            (_, key, sender), self._now = self._now, None
            self._tell(sender, key, why, done=False)

    def _tell(self, sender: str, key: str, words: str, *, done: bool) -> None:
        self._send(sender, pack(Learned(key, done, words)))
