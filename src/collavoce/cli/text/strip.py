"""My standby in plain text: an exit I wait at, an entrance of mine, and my line with it.

It comes from the web desk, another process, which may be down: press and calls do not need it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from collavoce.cli.text.asking import AskingError, Doing
from collavoce.cli.text.door import Door, View
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import fresh_id
from collavoce.words import say

EVENTS, COMMAND = "/phone/events", "/phone/command"
LATE_S = 30.0
"""A terminal that was cut off for longer comes too late for a line."""

ANSWERED = ("exit.in_position", "standby.ready", "exit.off")

LineFor = Callable[[str], str]
"""Cue -> the words of my line for it, "" for none."""


class Strip:
    """The standbys of `person` behind the web desk's `door`; None where the show has no desk."""

    def __init__(self, door: Door | None, person: str, teller: Teller, line_for: LineFor) -> None:
        self._door = door
        self._person = person
        self._teller = teller
        self._line_for = line_for
        self._standbys: list[View] | None = None
        self._now: float | None = None
        self._met: dict[str, float] = {}
        self._opened = False

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {
            "ready": lambda _: self._answer(type="Acknowledge"),
            "not": lambda why: self._answer(
                type="NotClear", reason=why or say("desk.crew.reasons.not_yet")
            ),
        }

    def listen(self) -> None:
        """Say what changes from now on."""
        if self._door is not None:
            self._door.listen(EVENTS, self.hear, self._link)

    def hear(self, event: str, view: View) -> None:
        """Take what the desk told, and say what is new in it."""
        if event == "beat":
            self._now = float(view["at"])
        if event == "state":
            called = [one for one in view.get("entrances", ()) if one["at"] is not None]
            self._standbys = [*view["exits"], *called]
            self._teller.tell({"standby": [_said(one) for one in self._standbys]})
        if self._now is not None and self._standbys is not None:
            for words in self._lines(self._standbys, self._now):
                self._teller.answer(words)

    def _lines(self, standbys: list[View], now: float) -> Iterator[str]:
        """My lines for what was called just now; what stood before this was opened has none."""
        for one in standbys:
            at = one.get("at")
            if at is None or abs(at - self._met.get(one["cue"], -LATE_S)) < LATE_S:
                continue
            self._met[one["cue"]] = at
            words = self._line_for(one["cue"])
            if self._opened and words and now - at <= LATE_S:
                yield say("ear.text.at_standby", words=words)
        self._opened = True

    def _link(self, there: bool) -> None:  # noqa: FBT001  the door's own callback
        if not there:
            self._now = None  # what was heard before is old
        gone = [say("care.phone.strip_gone")]
        self._teller.tell({"strip": [] if there else gone})

    def _answer(self, **command: object) -> str:
        """About the standby that is unanswered; else the last of all."""
        if self._door is None or not self._standbys:
            raise AskingError(say("text.nobody_asks"))
        asked = next(
            (one for one in self._standbys if one["sign"]["is"] not in ANSWERED),
            self._standbys[-1],
        )
        order = {"key": fresh_id(), "person": self._person, "cue": asked["cue"], **command}
        answer = self._door.post(COMMAND, order)
        return str(answer.get("refused") or say("text.kept"))


def _said(one: dict[str, Any]) -> str:
    word = one["sign"]["word"]
    if "exit" in one:
        return say("text.strip_exit", word=word, seat=one["seat"], exit=one["exit"])
    return f"{say('care.phone.strip_entrance', name=one['name'])}: {word}"
