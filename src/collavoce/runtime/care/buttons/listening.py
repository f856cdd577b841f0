"""What buttons on the network say, done, and what their lamps are told (docs/button.md).

Every datagram of a button is answered at once by one of the same length, whatever it said and
before anything is written: a press is answered FELT, and by the next datagram KEPT once it is on
disk. So length, pace and delay of what the network carries say nothing.

What is no button's, forged, or heard before is dropped without an answer and counted in memory. The
epoch is drawn when the process starts, so that what was recorded before is worth nothing after;
counts are kept in memory alone, and a press costs no write but its own.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from collavoce.care.commands import CancelAlert, RaiseAlert
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import NotRecorded, Outcome
from collavoce.care.reached.standing import Feedback, standing
from collavoce.care.state import CareState
from collavoce.care.states.buttons import Button
from collavoce.wire.button import (
    EPOCH_BYTES,
    KEY_BYTES,
    NO_PRESS,
    ButtonError,
    Kind,
    Lamp,
    Said,
    Told,
    claimed,
    read_said,
    write_told,
)

AGO_MAX_S = 24 * 3600.0
"""A button that says it was pressed longer ago than that is taken to have no clock."""

LAMPS = {
    Feedback.CALLING: Lamp.KEPT,
    Feedback.SHOWN: Lamp.SHOWN,
    Feedback.QUIET: Lamp.KEPT,
    Feedback.UNREACHED: Lamp.UNREACHED,
    Feedback.ALONE: Lamp.UNREACHED,
    Feedback.COMING: Lamp.COMING,
    Feedback.NOT_REACHED: Lamp.NOT_REACHED,
    Feedback.ARRIVED: Lamp.ARRIVED,
}
"""What a lamp says of what the presser's page is told."""

_KINDS = frozenset(kind.value for kind in Kind)

_NOBODY = Button("", bytes(KEY_BYTES))
"""An id that is nobody's costs as much time as a wrong key."""


class Dropped(StrEnum):
    """Why a datagram got no answer."""

    FORM = "form"  # no datagram of a button
    FORGED = "forged"  # not sealed with the key of this id, or nobody's id
    HEARD = "heard"  # sent again by somebody, or overtaken
    KIND = "kind"  # asks for what a button cannot ask here


@dataclass(frozen=True, slots=True)
class Answer:
    """datagram: to whoever sent one; command: to be asked for after that, for `button`."""

    datagram: bytes
    button: str
    command: RaiseAlert | CancelAlert | None = None


@dataclass(slots=True)
class _Line:
    """One button since this process began.

    press : the last it made; asked : it is on its way to the disk; outcome : what became of it.
    """

    count: int = 0
    heard_at: Moment | None = None
    press: str = ""
    asked: bool = False
    outcome: Outcome | None = None

    def asks(self, command: RaiseAlert) -> bool:
        """Note a press; whether the house is to be asked: of each but once at a time."""
        if command.press != self.press:
            self.press, self.outcome, self.asked = command.press, None, False
        first, self.asked = not self.asked, True
        return first


class Switchboard:
    """Every button of the show. One thread.

    state, moment, reachable : of the running house. epoch : 8 random bytes of this process.
    """

    def __init__(
        self,
        state: Callable[[], CareState],
        people: "frozenset[str]",
        moment: Callable[[], Moment],
        reachable: Callable[[], frozenset[str]],
        epoch: bytes,
    ) -> None:
        assert len(epoch) == EPOCH_BYTES
        assert any(epoch), "a button that knows no epoch says zeros"
        self.dropped: Counter[Dropped] = Counter()
        self._state = state
        self._people = people
        self._moment = moment
        self._reachable = reachable
        self._epoch = epoch
        self._lines: dict[str, _Line] = {}

    def take(self, datagram: bytes) -> Answer | None:
        """What `datagram` is answered and asks for; None if it is dropped."""
        try:
            button = claimed(datagram)
        except ButtonError:
            return self._drop(Dropped.FORM)
        known = self._state().buttons.network.get(button, _NOBODY)
        try:
            said = read_said(known.key, datagram)
        except ButtonError:
            return self._drop(Dropped.FORGED)
        if known.person not in self._people:
            return self._drop(Dropped.FORGED)
        line = self._lines.setdefault(button, _Line())
        if said.epoch != self._epoch:
            # Sent before this process began, or by somebody who kept it: it only learns the epoch.
            return self._told(known, said, Lamp.AGAIN, line)
        if said.count <= line.count:
            return self._drop(Dropped.HEARD)
        line.count, line.heard_at = said.count, self._moment()
        if said.kind not in _KINDS:
            return self._drop(Dropped.KIND)
        command = _command(known.person, said)
        if isinstance(command, RaiseAlert) and not line.asks(command):
            command = None
        return self._told(known, said, self._lamp(known.person, said, line), line, command)

    def done(self, button: str, command: RaiseAlert | CancelAlert, outcome: Outcome) -> None:
        """Note what became of a command that `take` asked for."""
        line = self._lines[button]
        if isinstance(command, RaiseAlert) and line.press == command.press:
            line.asked, line.outcome = False, outcome

    def heard_ago(self, button: str) -> float | None:
        """Seconds since `button` was heard, None if it was not since this process began."""
        line = self._lines.get(button)
        if line is None or line.heard_at is None:
            return None
        return self._moment() - line.heard_at

    def _lamp(self, person: str, said: Said, line: _Line) -> Lamp:
        """What the lamp of a button says of the press it speaks of, and of no other."""
        if said.press == NO_PRESS:
            return Lamp.NONE
        press = press_id(said.button, said.press)
        outcome = line.outcome if line.press == press else None
        if isinstance(outcome, NotRecorded):
            return Lamp.NOT_RECORDED
        if isinstance(outcome, Refused):
            return Lamp.UNREACHED
        state = self._state()
        if not state.alerts.knows(person, press):
            return Lamp.FELT if line.press == press and line.asked else Lamp.NONE
        now = standing(state, person, self._reachable(), self._moment())
        if now.press == press and now.feedback in LAMPS:
            return LAMPS[now.feedback]
        replaced = press not in state.alerts.by_press and now.press != ""
        return Lamp.MOVED if replaced else Lamp.OVER

    def _told(
        self,
        button: Button,
        said: Said,
        lamp: Lamp,
        line: _Line,
        command: RaiseAlert | CancelAlert | None = None,
    ) -> Answer:
        told = Told(said.button, said.count, lamp, line.count, self._epoch, said.press)
        return Answer(write_told(button.key, told), said.button, command)

    def _drop(self, why: Dropped) -> None:
        self.dropped[why] += 1


def press_id(button: str, press: bytes) -> str:
    """The id under which care knows a button's press."""
    return f"{button}-{press.hex()}"


def _command(person: str, said: Said) -> RaiseAlert | CancelAlert | None:
    """What the button asks for; a press that it gave no name to is none."""
    if said.press == NO_PRESS or said.kind == Kind.HOW:
        return None
    press = press_id(said.button, said.press)
    if said.kind == Kind.BACK:
        return CancelAlert(person, press)
    return RaiseAlert(person, press, min(said.ago_ms / 1000.0, AGO_MAX_S))
