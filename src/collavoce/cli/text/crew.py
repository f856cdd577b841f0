"""A crew member's cue light in plain text: standby, GO, next cue, in a sentence each."""

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from collavoce.cli.text.asking import Asking, AskingError, Twice
from collavoce.cli.text.door import Door, DoorError, View
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import fresh_id
from collavoce.words import say

PATH = "/crew"


def is_crew(link: str) -> bool:
    """Whether the link opens a cue light."""
    return urlsplit(link).path.rstrip("/") == PATH


class CrewText:
    """The cue light of whoever this terminal is paired for, behind `door`; raises DoorError."""

    def __init__(self, door: Door, teller: Teller) -> None:
        self._door = door
        self._teller = teller
        self._crew: View = {}
        self.twice = Twice()
        self._there = threading.Event()
        try:
            self._person: str = msgspec.json.decode(door.get(f"{PATH}/who"))["person"]
        except DoorError as error:
            raise DoorError(say("text.not_paired")) from error
        self.asking = Asking(
            "text.crew",
            {
                "ready": lambda _: self._answer(type="Acknowledge"),
                "not": lambda why: self._answer(
                    type="NotClear", reason=why or say("desk.crew.reasons.not_yet")
                ),
                "fired": lambda _: self._hazard(done=True),
                "unfired": lambda _: self._hazard(done=False),
            },
            self.twice,
        )

    def listen(self) -> None:
        """Say what changes from now on; raises DoorError when there is nothing to hear."""
        self._door.listen("/phone/events", self.hear, self._link)
        self._door.until(self._there)

    def _link(self, there: bool) -> None:  # noqa: FBT001  the door's own callback
        self._teller.tell({"link": [] if there else [say("desk.crew.offline")]})

    def hear(self, event: str, view: View) -> None:
        """Take what the desk told, and say what is new in it."""
        if event != "state":
            return
        self._crew = view.get("crew") or {}
        self._there.set()
        self._teller.tell(
            {
                "go": list(self._go_says()),
                "hazards": list(self._hazards_say()),
                "standbys": list(self._standbys_say()),
                "next": [self._next_says()],
            }
        )

    def _go_says(self) -> Iterator[str]:
        go = self._crew.get("go")
        if go is not None:
            yield f"{say('desk.crew.word.go')} {_called(go)}, {go['name']}."
        if self._crew.get("held"):
            yield f"{say('desk.crew.word.held')}."

    def _hazards_say(self) -> Iterator[str]:
        for one in self._crew.get("hazards", ()):
            yield say(
                "desk.crew.hazard_fire", cue=_called(one), name=one["name"], hazard=one["hazard"]
            )

    def _standbys_say(self) -> Iterator[str]:
        for one in self._crew.get("standbys", ()):
            words = say(f"desk.crew.word.{one['said']}")
            yield f"{words} {_called(one)}, {one['name']}."

    def _next_says(self) -> str:
        coming = self._crew.get("next")
        if coming is None:
            return say("desk.crew.no_next")
        return say("text.crew_next", cue=_called(coming), name=coming["name"])

    def _answer(self, **command: object) -> str:
        """About the standby that was called first and is unanswered; else the last of all."""
        standbys: list[View] = self._crew.get("standbys", [])
        if not standbys:
            raise AskingError(say("text.nobody_asks"))
        asked = next((one for one in standbys if one["said"] == "asked"), standbys[-1])
        return self._order(cue=asked["cue"], **command)

    def _hazard(self, *, done: bool) -> str:
        hazards: list[View] = self._crew.get("hazards", [])
        if not hazards:
            raise AskingError(say("desk.hazard.none"))
        return self._order(type="ConfirmHazard", cue=hazards[0]["cue"], done=done)

    def _order(self, **command: object) -> str:
        order = {"key": fresh_id(), "person": self._person, **command}
        answer = self._door.post("/phone/command", order)
        return str(answer.get("refused") or say("text.kept"))


def _called(cue: dict[str, Any]) -> str:
    return f"{cue['department']} {cue['cue']}"
