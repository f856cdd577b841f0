"""My own lines in plain text: typed words, shown when the standby of my entrance is called."""

import re
from collections.abc import Callable, Mapping

from collavoce.cli.text.asking import AskingError, Doing, numbered, one_of
from collavoce.cli.text.door import Door, View
from collavoce.words import say

READ, HEAR = "/care/read", "/care/ear/hear"
_FOR = re.compile(r"for (?P<cue>[^:]+): *(?P<words>.+)")
_GIVE = re.compile(r"give (?P<to>[^:]+): *(?P<words>.+)")
_NONE: View = {"on": False, "volume": 80, "lines": [], "given": []}

Act = Callable[..., str]


class Ear:
    """The commands of lines, and of looking over what is mine. act: says it, answers in words."""

    def __init__(self, door: Door, people: Mapping[str, str], act: Act) -> None:
        self._door = door
        self._people = people
        self._act = act
        self._kept: View = _NONE

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {"ear": self._ear, "overlook": lambda _: self._look_over()}

    def fetch(self) -> None:
        """Have all lines here before a standby is called: nothing is asked then."""
        self._kept = _NONE | self._door.post(HEAR, {"type": "HearMine"}).get("shown", {})

    def line_for(self, cue: str) -> str:
        """The words of my line for `cue`, "" where there is none or nothing is shown."""
        lines: list[View] = self._kept["lines"] if self._kept["on"] else []
        found = [line for line in lines if line["cue"] in (cue, "")]
        mine = max(found, key=lambda line: line["cue"] != "", default=None)
        return "" if mine is None else str(mine["words"])

    def _ear(self, words: str) -> str:
        ways: dict[str, Doing] = {
            "on": lambda _: self._settle(on=True),
            "off": lambda _: self._settle(on=False),
            "drop": lambda which: self._said(type="DropEar", line=self._line("lines", which)),
            "take": self._take,
            "leave": lambda which: self._said(type="LeaveEar", line=self._line("given", which)),
        }
        if not words:
            return self._all()
        if given := _GIVE.fullmatch(words):
            to = one_of(given["to"].strip(), self._people, say("text.what.person"))
            return self._said(type="GiveEarWords", to=to, words=given["words"])
        if kept := _FOR.fullmatch(words):
            return self._said(type="KeepEarWords", cue=kept["cue"].strip(), words=kept["words"])
        word, _, rest = words.partition(" ")
        if word in ways and (rest == "" or rest.split()[0].isdigit()):
            return ways[word](rest.strip())
        if word in ("give", "for"):
            raise AskingError(say("ear.text.how"))
        return self._said(type="KeepEarWords", cue="", words=words)

    def _all(self) -> str:
        """What is kept, and in full what was given: whoever types the word listens to it."""
        mine = self._read()
        told = [say("ear.text.on" if mine["on"] else "ear.text.off")]
        for n, line in enumerate(mine["lines"], 1):
            which = say("ear.text.entrance", cue=line["cue"]) if line["cue"] else None
            every = which or say("ear.text.every")
            told.append(say("ear.text.line", n=n, which=every, what=self._what(line)))
        for n, line in enumerate(mine["given"], 1):
            heard = self._door.post(HEAR, {"type": "HearGiven", "line": line["id"]})
            full = next(iter(heard.get("shown", {}).get("lines", ())), {}) | {"from": ""}
            what, who = self._what(line | full), self._name(line["from"])
            told.append(say("ear.text.given", n=n, what=what, who=who))
        return "\n".join(told if mine["lines"] or mine["given"] else [*told, say("ear.text.none")])

    def _what(self, line: View) -> str:
        what = (
            say("ear.text.sound", seconds=line["seconds"])
            if line["seconds"]
            else say("ear.text.words", words=line["words"])
        )
        who = line["from"]
        return say("ear.text.from", what=what, who=self._name(who)) if who else what

    def _take(self, words: str) -> str:
        which, _, cue = words.partition(" ")
        line = self._line("given", which)
        return self._said(type="TakeEar", line=line, cue=cue.removeprefix("for ").strip())

    def _settle(self, *, on: bool) -> str:
        return self._said(type="SettleEar", on=on, volume=self._read()["volume"])

    def _said(self, **act: object) -> str:
        said = self._act(**act)
        self.fetch()
        return said

    def _line(self, kind: str, which: str) -> str:
        return str(numbered(self._read()[kind], which)["id"])

    def _read(self) -> View:
        return _NONE | self._door.post(READ, {"type": "ReadEar"}).get("shown", {})

    def _name(self, person: str) -> str:
        return self._people.get(person, say("care.phone.gone"))

    def _look_over(self) -> str:
        shown = self._door.post(READ, {"type": "ReadLookOver"}).get("shown", {})
        return "\n".join(shown.get("look_over", ())) or say("quiet.over.nothing")
