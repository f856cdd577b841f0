"""Inputs pressed: what fires a cue or does what it was learned for, whatever wire it came by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collavoce.runtime.gateway.addresses import Meant, meaning
from collavoce.runtime.gateway.book import MIDI, Book
from collavoce.runtime.gateway.rulings import Order
from collavoce.show.asked.running import FireByInput, HaltCue, PauseCue, ResumeCue
from collavoce.show.commands import AnyCommand, Go, Hold, PointTo, Resume, Stop
from collavoce.show.cues import Show
from collavoce.show.inputs import Came, Input, InputKind, read_input

BOUNCE_S = 0.05
"""A contact that bounces presses once. Whether two presses are one, GO's own guard decides."""

TOUCHED_MAX = 4096
"""Inputs remembered as down: every note and controller of two full ports."""


@dataclass(slots=True)
class Touches:
    """Which inputs are down, so that one press is one press."""

    down: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    at: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])

    def press(self, source: str, came: Came, now: float) -> bool:
        """Whether `came` is a press that begins now.

        A controller has to come up before it presses again. A note is believed without its end:
        a lost one must not cost the next GO.
        """
        which = (source, came.words)
        if came.down is not True:
            if came.down is False:
                self.down.discard(which)
            return False
        again = came.kind is InputKind.CONTROL and which in self.down
        bounced = came.kind is InputKind.NOTE and now - self.at.get(which, -1.0) < BOUNCE_S
        if len(self.at) >= TOUCHED_MAX:
            self.down.clear()
            self.at.clear()
        self.down.add(which)
        self.at[which] = now
        return not again and not bounced


class Listening:
    """The inputs of the show's cues, and the controls that were learned."""

    def __init__(self, show: Show) -> None:
        self._cues: dict[tuple[InputKind, str], list[tuple[Input, str, str]]] = {}
        for number in show.numbers:
            for cue in number.cues:
                for one in cue.inputs:
                    heard = self._cues.setdefault((one.kind, one.key), [])
                    heard.append((one, cue.number, number.stage))
        self._book: Book | None = None
        self._controls: Mapping[tuple[str, InputKind, str], list[tuple[Input, str]]] = {}

    @property
    def hears_midi(self) -> bool:
        """Whether a cue of the show listens to MIDI."""
        return any(kind is not InputKind.OSC for kind, _ in self._cues)

    def controls(self, book: Book, source: str, came: Came, by: str) -> tuple[Order, ...]:
        """What was learned for this input of this source."""
        if book is not self._book:
            self._learn(book)
        found = self._controls.get((source, came.kind, came.key), ())
        orders: list[Order] = []
        for learned, does in found:
            meant = meaning(f"/collavoce/{does}")
            if learned.fits(came) and isinstance(meant, Meant) and meant.command is not None:
                orders.append(Order(meant.command, by, meant.stage, before=meant.before))
        return tuple(orders)

    def cues(self, source: str, came: Came, by: str) -> tuple[Order, ...]:
        """The cues that list this input; whether one fires now, the show decides."""
        return tuple(
            Order(FireByInput(cue, _told(source, came)), by, stage)
            for listed, cue, stage in self._cues.get((came.kind, came.key), ())
            if listed.fits(came)
        )

    def _learn(self, book: Book) -> None:
        self._book = book
        index: dict[tuple[str, InputKind, str], list[tuple[Input, str]]] = {}
        for one in book.learned:
            listed = read_input(one.input)
            index.setdefault((one.source, listed.kind, listed.key), []).append((listed, one.does))
        self._controls = index


def show_control(came: Came) -> AnyCommand | None:
    """What MIDI Show Control asks of a show that is allowed to hear it; None for what it cannot."""
    word, _, cue = came.key.rpartition(" ") if came.key[-1:].isdigit() else (came.key, "", "")
    match word, cue:
        case "go", "":
            return Go()
        case "go", _:
            return Go(cue)
        case "stop", "":
            return Hold()
        case "stop", _:
            return PauseCue(cue)
        case "resume", "":
            return Resume()
        case "resume", _:
            return ResumeCue(cue)
        case "load", cue if cue:
            return PointTo(cue)
        case "go off", cue if cue:
            return HaltCue(cue)
        case "all off", "":
            return Stop()
        case _:
            return None


def _told(source: str, came: Came) -> str:
    """What and from where, as the log says it."""
    return f"{came.words} ({source.removeprefix(MIDI)})"
