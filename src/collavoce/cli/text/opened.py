"""The caller's desk as a terminal has opened it: what it told last, and how it is asked."""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from collavoce.cli.text.asking import AskingError
from collavoce.cli.text.door import Door, DoorError, View
from collavoce.runtime.clock import fresh_id, monotonic_ns
from collavoce.words import say


class OpenedDesk:
    """The desk behind `door`, opened with the key in `link`; raises DoorError."""

    def __init__(self, door: Door, link: str) -> None:
        self.door = door
        self.view: View = {}
        self.music: View = {}
        self.times: View = {}
        self._beat: tuple[float, int] | None = None
        opened = door.post("/open", {"key": urlsplit(link).fragment})
        if not opened.get("open"):
            raise DoorError(str(opened.get("refused", say("text.no_key"))))
        self.plan: View = self.read("/plan.json")
        self.cues: dict[str, Any] = {cue["number"]: cue for cue in self.plan["cues"]}
        self.zones: dict[str, str] = {zone["id"]: zone["name"] for zone in self.plan["zones"]}
        self._numbers: dict[str, str] = {n["id"]: n["title"] for n in self.plan["numbers"]}

    @property
    def numbers(self) -> dict[str, str]:
        """The titles of the numbers by id, of the folder and of songs taken tonight."""
        songs = {one["id"]: one["title"] for one in self.view.get("set", ()) if "title" in one}
        return self._numbers | songs

    def beat(self, at: float) -> None:
        """The show clock stands at `at` now."""
        self._beat = (at, monotonic_ns())

    def now(self) -> float | None:
        """The show clock, carried on since it was heard last; None before that."""
        if self._beat is None:
            return None
        at, heard = self._beat
        return at + (monotonic_ns() - heard) * 1e-9

    def read(self, path: str) -> Any:  # noqa: ANN401  plain JSON
        """What stands at `path`; raises DoorError."""
        return msgspec.json.decode(self.door.get(path))

    def order(self, **command: object) -> str:
        """Ask the show; the answer in a sentence."""
        return self.told(self.door.post("/command", {"key": fresh_id(), **command}))

    def say_line(self, **command: object) -> str:
        """Say something at the line; the answer in a sentence."""
        return self.told(self.door.post("/line", command))

    def told(self, answer: View) -> str:
        """What became of it."""
        if "refused" in answer:
            return str(answer["refused"])
        if answer.get("recorded") is False:
            return say("desk.line.told_not_recorded")
        return say("text.kept")

    def cue(self, number: str) -> str:
        """What a cue is called, letters, number and name."""
        cue = self.cues.get(number, {})
        return f"{cue.get('department', '')} {number} {cue.get('name', '')}".strip()

    def known_cue(self, text: str) -> str:
        """The cue somebody means by `text`, the standby where it is empty; raises AskingError."""
        if not text and self.view.get("standby"):
            return str(self.view["standby"])
        number = text if text in self.cues else text.rpartition(" ")[2]
        if number in self.cues:
            return number
        raise AskingError(say("text.no_cue", cue=text))

    def people(self) -> dict[str, str]:
        """Everybody of the show, id -> name."""
        return {person["id"]: person["name"] for person in self.plan["people"]}
