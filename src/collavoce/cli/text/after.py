"""The day after in plain text: my hour, my words, and what I do when they are offered."""

import re
from collections.abc import Callable, Iterator

from collavoce.cli.text.asking import AskingError, Doing
from collavoce.cli.text.door import Door, View
from collavoce.words import say

READ = "/care/read"
_HOUR = re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]")
_LONG = len("11:00")

Act = Callable[..., str]


class After:
    """The commands of aftercare. act: says it, answers in words."""

    def __init__(self, door: Door, act: Act) -> None:
        self._door = door
        self._act = act
        self._offered = ""

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {
            "afterwards": self._words,
            "hour": self._hour,
            "aside": lambda _: self._act(type="PutAway"),
            "later": lambda _: self._act(type="PutOff"),
        }

    def says(self, view: View) -> Iterator[str]:
        """What stands of it on the page; the words are sealed and fetched once."""
        if not view.get("after"):
            self._offered = ""
            return
        self._offered = self._offered or self._mine()["aftercare"] or say("care.phone.after_none")
        yield say("text.after_offered", words=self._offered)

    def _mine(self) -> View:
        shown: View = self._door.post(READ, {"type": "ReadMine"}).get("shown", {})
        return {"aftercare": "", "after": {"at": "", "told": False}} | shown

    def _words(self, words: str) -> str:
        """Without words they are read out; "none" erases them."""
        if not words:
            return str(self._mine()["aftercare"]) or say("care.phone.after_none")
        return self._act(type="WriteAftercare", words="" if words == "none" else words)

    def _hour(self, words: str) -> str:
        at, _, how = words.partition(" ")
        if not words:
            kept = self._mine()["after"]
            return say("text.hour_is", at=kept["at"]) if kept["at"] else say("text.hour_none")
        if at == "none" and not how:
            return self._act(type="ChooseHour", at="")
        if not _HOUR.fullmatch(at) or how not in ("", "message"):
            raise AskingError(say("text.hour_how"))
        return self._act(type="ChooseHour", at=at.rjust(_LONG, "0"), told=how == "message")
