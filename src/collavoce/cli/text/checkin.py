"""The check-in in plain text: what I answer, when I am asked, my rules, and what others said."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from collavoce.cli.text.asking import AskingError, Doing, numbered, one_of
from collavoce.cli.text.door import Door, View
from collavoce.runtime.clock import fresh_id
from collavoce.words import say

READ = "/care/read"
OFF = -1
KEYS = {"fine": 1, "tired": 2, "later": 3, "alone": 4, "come": 5}
"""The answers and their keys, as the page has them."""

Act = Callable[..., str]


class CheckIn:
    """The commands of the check-in. act: says it, answers in words; press: my press."""

    def __init__(self, door: Door, people: Mapping[str, str], act: Act, press: Doing) -> None:
        self._door = door
        self._people = people
        self._act = act
        self._press = press

    def commands(self, view: Callable[[], View]) -> dict[str, Doing]:
        """Word -> what it does. view: what the page shows now."""
        return {
            "checkin": self._checkin,
            "rules": self._rules,
            "told": lambda which: self._told(view(), which),
        }

    def says(self, view: View) -> Iterator[str]:
        """The question while it stands, and what others let me know."""
        if view.get("checkin"):
            yield say("checkin.text.ask")
        for number, one in enumerate(view.get("checkin_told", ()), start=1):
            yield self._word_of(number, one)

    def _word_of(self, number: int, one: View) -> str:
        who = self._people.get(one["who"], one["who"])
        said = say(f"checkin.says.checkin_{one['said']}")
        return say("checkin.text.told", number=number, who=who, said=said, at=_hour(one["at"]))

    def _checkin(self, words: str) -> str:
        """An answer; minutes, or off; without words, how it stands."""
        if not words:
            return self._stands()
        if words == "off" or words.isdigit():
            return self._act(type="ChooseDelay", minutes=OFF if words == "off" else int(words))
        meant = [answer for answer in KEYS if answer.startswith(words)]
        if len(meant) != 1:
            raise AskingError(say("checkin.text.about"))
        pressed = self._press("") if meant[0] == "come" else ""
        answered = self._act(type="SayCheckIn", said=KEYS[meant[0]], key=fresh_id())
        return pressed or answered

    def _stands(self) -> str:
        mine = self._mine()
        minutes = mine.get("minutes", OFF)
        when = say("checkin.text.off") if minutes == OFF else ""
        lines = [when or say("checkin.text.minutes", minutes=minutes)]
        for one in mine.get("answers", ()):
            said = say(f"checkin.says.checkin_{one['said']}")
            lines.append(say("checkin.text.answer", at=_hour(one["at"]), said=said))
        return "\n".join(lines)

    def _rules(self, words: str) -> str:
        how, _, rest = words.partition(" ")
        match how:
            case "":
                return "\n".join(self._listed()) or say("checkin.says.checkin_no_rules")
            case "add":
                return self._add(rest)
            case "drop":
                rule = numbered(self._mine().get("rules", []), rest.strip())
                return self._act(type="DropRule", rule=rule["id"])
            case _:
                raise AskingError(say("checkin.text.rule_how"))

    def _add(self, words: str) -> str:
        """fine, tired: names."""
        answers, colon, names = words.partition(":")
        said = [one.strip() for one in answers.split(",")]
        if not colon or not set(said) <= set(KEYS):
            raise AskingError(say("checkin.text.rule_how"))
        what = say("text.what.person")
        may = {person: self._people.get(person, person) for person in self._mine().get("may", ())}
        persons = [one_of(name.strip(), may, what) for name in names.split(",")]
        return self._act(type="AddRule", rule=fresh_id(), answers=said, persons=persons)

    def _listed(self) -> Iterator[str]:
        for number, rule in enumerate(self._mine().get("rules", ()), start=1):
            answers = (say(f"checkin.says.checkin_{said}") for said in rule["answers"])
            persons = (self._people.get(person, person) for person in rule["persons"])
            yield say(
                "checkin.text.rule",
                number=number,
                answers=", ".join(answers),
                persons=", ".join(persons),
            )

    def _told(self, view: View, which: str) -> str:
        """Put one away; the first without a number."""
        told = view.get("checkin_told", [])
        if not told:
            return say("checkin.text.told_none")
        return self._act(type="PutTold", key=numbered(told, which)["key"])

    def _mine(self) -> View:
        shown: View = self._door.post(READ, {"type": "ReadCheckIn"}).get("shown", {})
        return shown


def _hour(seconds: float) -> str:
    """A moment by the clock of whoever reads it."""
    return datetime.fromtimestamp(seconds).astimezone().strftime("%d.%m. %H:%M")
