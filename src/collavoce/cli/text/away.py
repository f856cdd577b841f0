"""Being away in plain text: done, away, back in part, the way back, who is let know."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from collavoce.cli.text.asking import AskingError, Doing, one_of
from collavoce.cli.text.door import Door, View
from collavoce.words import say

READ = "/care/read"
NONE = "none"
OFFICES = ("contract", "press", "box office")
PARTS = {"rehearses": (True, False), "performs": (False, True), "both": (True, True)} | {
    NONE: (False, False)
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Act = Callable[..., str]


class Away:
    """The commands of being away. act: says it, answers in words."""

    def __init__(self, door: Door, people: Mapping[str, str], me: str, act: Act) -> None:
        self._door = door
        self._others = {person: name for person, name in people.items() if person != me}
        self._act = act
        self._view: View = {}

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {
            "done": lambda _: self._act(type="Done"),
            "away": self._away,
            "notyet": lambda _: self._act(type="Still"),
            "again": self._again,
            "awaywords": self._words,
            "way": self._way,
            "iamat": self._stand,
            "wayreaders": self._readers,
            "tell": lambda office: self._office(office, on=True),
            "keepback": lambda office: self._office(office, on=False),
            "gone": self._gone,
            "offices": lambda _: self._offices(),
            "notavailable": lambda _: self._not_available(),
        }

    def says(self, view: View) -> Iterator[str]:
        """What stands of it on the page."""
        self._view = view
        leave = view.get("leave")
        if leave is not None:
            yield _stands(leave)
            if leave.get("asks"):
                yield say("away.text.asks")
        for one in view.get("gone", ()):
            yield say("care.phone.gone_since", who=self._name(one["who"]), day=one["since"])
        for owner in view.get("ways", ()):
            yield say("away.says.gone_way", who=self._name(owner))
        for who, words in view["line"].get("away", {}).items():
            yield say("care.phone.away_is", who=self._name(who), words=words)
        if view.get("known"):
            yield say("away.text.known")

    def _away(self, words: str) -> str:
        parts = words.split()
        days = [part for part in parts if _DAY.fullmatch(part)]
        flags = {part for part in parts if part not in days}
        if len(days) > 1 or not flags <= {"shown", "called"}:
            raise AskingError(say("away.text.away_how"))
        return self._act(
            type="StepAway",
            until="".join(days),
            shown="shown" in flags,
            called="called" in flags,
        )

    def _again(self, which: str) -> str:
        part = _begun(which, PARTS)
        if not part:
            raise AskingError(say("away.text.again_how"))
        rehearses, performs = PARTS[part]
        return self._act(type="Return", rehearses=rehearses, performs=performs)

    def _office(self, office: str, *, on: bool) -> str:
        meant = _begun(office, OFFICES)
        if not meant:
            raise AskingError(say("away.text.office_how"))
        return self._act(type="TellOffice", office=meant, on=on)

    def _words(self, words: str) -> str:
        """Without words they are read out; "none" takes them away."""
        if not words:
            mine = self._mine()
            who = self._names(mine["readers"])
            kept = mine["words"] or mine["readers"]
            text = say("away.text.words", words=mine["words"], who=who)
            return text if kept else say("away.text.none")
        text, _, names = words.partition(";")
        if words == NONE:
            text, names = "", ""
        return self._act(type="WriteAway", words=text.strip(), readers=self._named(names))

    def _way(self, words: str) -> str:
        """Without words it is read out; where they stand goes with the step."""
        way, walkers = self._mine_way()
        if not words:
            if not way["steps"]:
                return say("away.text.no_way")
            at = way["steps"][way["where"]] if way["where"] >= 0 else say("away.text.nowhere")
            return say(
                "away.text.way_is",
                steps="; ".join(way["steps"]),
                where=at,
                who=self._names(walkers),
            )
        if words == NONE:
            return self._write([], "", [])
        steps = [step.strip() for step in words.split(";") if step.strip()]
        before = way["steps"][way["where"]] if way["where"] >= 0 else ""
        return self._write(steps, before, walkers)

    def _stand(self, step: str) -> str:
        way, walkers = self._mine_way()
        steps: list[str] = way["steps"]
        if step not in steps and step.isdigit() and 1 <= int(step) <= len(steps):
            step = steps[int(step) - 1]
        if step != "nowhere" and step not in steps:
            raise AskingError(say("away.text.which_step", steps="; ".join(steps)))
        return self._write(steps, step, walkers)

    def _readers(self, names: str) -> str:
        way, _ = self._mine_way()
        if not way["steps"]:
            raise AskingError(say("away.text.no_way"))
        at = way["steps"][way["where"]] if way["where"] >= 0 else ""
        return self._write(way["steps"], at, self._named("" if names == "nobody" else names))

    def _write(self, steps: list[str], at: str, readers: list[str]) -> str:
        where = steps.index(at) if at in steps else -1
        return self._act(type="WriteWay", steps=steps, where=where, readers=readers)

    def _gone(self, name: str) -> str:
        who = one_of(name, self._others, say("text.what.person"))
        theirs = self._read({"type": "ReadAwayOf", "owner": who}).get("away", {})
        way, told = theirs.get("way"), ""
        if way:
            at = way["steps"][way["where"]] if way["where"] >= 0 else say("away.text.nowhere")
            told = say("away.text.theirs_way", steps="; ".join(way["steps"]), where=at)
        until = say("away.says.gone_until", day=theirs["until"]) if theirs.get("until") else ""
        if not (theirs.get("words") or until or told):
            return say("away.says.gone_nothing")
        words = say(
            "away.text.theirs", who=self._name(who), words=theirs["words"], until=until, way=told
        )
        return " ".join(words.split())

    def _offices(self) -> str:
        told = self._read({"type": "ReadOffices"}).get("offices", [])
        return "\n".join(
            say(
                "care.phone.lets_know",
                who=self._name(one["who"]),
                office=say(f"care.phone.lets_know_{one['office'].replace(' ', '_')}"),
                words=one["words"],
            )
            for one in told
        ) or say("care.phone.lets_know_none")

    def _not_available(self) -> str:
        away = self._view["line"].get("away", {})
        told = [
            say("care.phone.away_is", who=self._name(who), words=words)
            for who, words in away.items()
        ]
        return "\n".join([*told, say("away.page.asked_for"), say("away.page.neutral")])

    def _mine(self) -> View:
        nothing = {"words": "", "readers": [], "way": {"steps": [], "where": -1}, "walkers": []}
        return nothing | self._read({"type": "ReadAway"}).get("away", {})

    def _mine_way(self) -> tuple[View, list[str]]:
        mine = self._mine()
        return mine["way"], mine["walkers"]

    def _read(self, what: View) -> View:
        shown: View = self._door.post(READ, what).get("shown", {})
        return shown

    def _named(self, names: str) -> list[str]:
        what = say("text.what.person")
        named = (name.strip() for name in names.split(","))
        return [one_of(name, self._others, what) for name in named if name]

    def _names(self, persons: list[str]) -> str:
        return ", ".join(self._name(person) for person in persons) or say("away.text.nobody")

    def _name(self, person: str) -> str:
        return self._others.get(person, person)


def _begun(text: str, words: Iterable[str]) -> str:
    """The one of `words` that `text` begins, "" when none or several do."""
    meant = [word for word in words if text and word.startswith(text)]
    return text if text in meant else meant[0] if len(meant) == 1 else ""


def _stands(leave: View) -> str:
    """What I have said, and what others are shown of it."""
    if "rehearses" in leave:
        return say("away.says.is_rehearses" if leave["rehearses"] else "away.says.is_performs")
    if leave["is"] == "done":
        return say("away.says.is_done")
    until = leave["until"]
    key = "is_until_shown" if leave["shown"] else "is_until"
    told = say(f"away.says.{key}", day=until) if until else say("away.says.is_no_date")
    called = say("away.says.is_called" if leave["called"] else "away.says.is_not_called")
    return f"{told} {called}"
