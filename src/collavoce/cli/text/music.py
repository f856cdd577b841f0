"""My music in plain text: marks, whom I may be found by, the knock."""

import re
from collections.abc import Callable, Iterator, Mapping

from collavoce.cli.text.asking import AskingError, Doing, numbered, one_of
from collavoce.cli.text.door import Door, View
from collavoce.runtime.clock import fresh_id
from collavoce.words import say

READ = "/care/read"
KINDS = {"notmine": "not_mine", "sits": "sits", "hurts": "hurts", "like": "like"}
NAMED = "named"
NOBODY = "nobody"
DIRECTOR = "musical director"
"""The role, as the page says it."""

_MARK = re.compile(r"(?P<kind>\w+)(?: of (?P<piece>[^:]+))?(?:: *(?P<words>.*))?")
_NONE: View = {"marks": [], "ticks": [], "few": False, "findable": False}
_SILENT: View = {"here": "", "heard": [], "mine": []}

Act = Callable[..., str]


class Music:
    """The commands of a person's music. data: what the page was sent with. act: says it."""

    def __init__(self, door: Door, data: View, act: Act) -> None:
        self._door = door
        self._people: Mapping[str, str] = data["people"]
        self._pieces: Mapping[str, str] = data["pieces"]
        self._zones: Mapping[str, str] = data["zones"]
        self._act = act
        self._view: View = {}

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {
            "marks": lambda _: self._marks(),
            "mark": self._mark,
            "unmark": lambda which: self._act(type="DropMark", id=self._numbered(which)["id"]),
            "give": self._give,
            "given": lambda _: self._given(),
            "found": self._found,
            "at": self._at,
            "knock": self._knock,
            "answer": self._answer,
        }

    def says(self, view: View) -> Iterator[str]:
        """What stands of it on the page."""
        self._view = view
        for one in view.get("found", ()):
            yield _says("found_both", who=self._name(one["who"]), topic=self._topic(one))
        knock: View = view.get("knock", _SILENT)
        if knock["here"]:
            yield _says("here_is", place=self._place(knock["here"]))
        for heard in knock["heard"]:
            who, place = heard["who"], self._place(heard["place"])
            named = _says("knock_heard_named", who=self._name(who), place=place) if who else ""
            yield named or _says("knock_heard", place=place)
        for mine in knock["mine"]:
            for answer in mine["answers"]:
                if answer["who"]:
                    who = self._name(answer["who"])
                    yield _says(f"knock_got_{answer['says']}_named", who=who)
                else:
                    yield _says(f"knock_got_{answer['says']}")

    # Marks.

    def _mine(self) -> View:
        return _NONE | self._door.post(READ, {"type": "ReadMarks"}).get("shown", {})

    def _marks(self) -> str:
        return "\n".join(self._told(self._mine())) or say("music.text.none")

    def _told(self, mine: View) -> Iterator[str]:
        for n, mark in enumerate(mine["marks"], start=1):
            yield say("music.text.wish", n=n, wish=self._topic(mark))
            if mark["words"]:
                yield say("music.text.words", words=mark["words"])
            to = mark["to"]
            if to == DIRECTOR:
                yield _says("wish_to_director")
            elif to:
                yield _says("wish_to_person", who=self._name(to))
            if mark["found"]:
                yield say("music.text.ticked")

    def _mark(self, line: str) -> str:
        found = _MARK.fullmatch(line)
        if found is None or found["kind"] not in KINDS:
            raise AskingError(say("music.text.mark_how"))
        piece, title = self._piece((found["piece"] or "").strip())
        words = (found["words"] or "").strip()
        return self._write("", KINDS[found["kind"]], piece=piece, title=title, words=words, to="")

    def _piece(self, text: str) -> tuple[str, str]:
        """A number of the show, or another piece by its name."""
        if not text:
            return "", ""
        try:
            return one_of(text, self._pieces, ""), ""
        except AskingError:
            return "", text

    def _give(self, line: str) -> str:
        which, _, who = line.partition(" ")
        if not which.isdigit() or not who:
            raise AskingError(say("music.text.give_how"))
        mark = self._numbered(which)
        if who == NOBODY:
            return self._act(type="WithdrawMark", id=mark["id"])
        to = DIRECTOR if who == "director" else one_of(who, self._people, say("text.what.person"))
        fields = {name: mark[name] for name in ("piece", "title", "words")}
        return self._write(mark["id"], mark["kind"], **fields, to=to)

    def _write(self, id_: str, kind: str, **fields: str) -> str:
        return self._act(type="WriteMark", id=id_ or fresh_id(), kind=kind, **fields)

    def _given(self) -> str:
        given = self._door.post(READ, {"type": "ReadGiven"}).get("shown", {}).get("given", [])
        lines: list[str] = []
        for one in given:
            lines.append(say("music.text.given", who=self._name(one["who"]), wish=self._topic(one)))
            if one["words"]:
                lines.append(say("music.text.words", words=one["words"]))
        return "\n".join(lines) or say("music.text.given_none")

    def _numbered(self, which: str) -> View:
        marks: list[View] = self._mine()["marks"]
        if not which.isdigit() or not 1 <= int(which) <= len(marks):
            raise AskingError(say("music.text.no_such", n=which))
        return marks[int(which) - 1]

    # Being found.

    def _found(self, line: str) -> str:
        what, _, rest = line.partition(" ")
        if not line:
            return "\n".join(
                [*self._stands(), *(say(f"music.page.found_{n}") for n in range(1, 6))]
            )
        if what in ("on", "off") and rest:
            return self._act(type="BeFound", id=self._numbered(rest)["id"], on=what == "on")
        if what == "few" and rest in ("yes", "no"):
            return self._act(type="AgreeFew", on=rest == "yes")
        if what == "aside":
            one = numbered(self._view.get("found", ()), rest)
            return self._act(type="PutFoundAside", other=one["who"], topic=one["topic"])
        raise AskingError(say("music.text.found_how"))

    def _stands(self) -> Iterator[str]:
        mine = self._mine()
        if not mine["findable"]:
            yield say("music.page.found_apart")
        for tick in mine["ticks"]:
            yield say("music.text.found_on", topic=self._topic(tick))
        if not mine["ticks"]:
            yield say("music.text.found_off")

    # The knock.

    def _at(self, place: str) -> str:
        if not place:
            raise AskingError(say("music.text.here_how"))
        where = "" if place == "nowhere" else one_of(place, self._zones, say("text.what.zone"))
        return self._act(type="BeHere", place=where)

    def _knock(self, line: str) -> str:
        place, named = _named(line)
        if not place:
            raise AskingError(say("music.text.knock_how"))
        where = one_of(place, self._zones, say("text.what.zone"))
        return self._act(type="Knock", id=fresh_id(), place=where, named=named)

    def _answer(self, line: str) -> str:
        says, named = _named(line)
        if says not in ("come", "down", "nothing"):
            raise AskingError(say("music.text.reply_how"))
        heard = self._view.get("knock", _SILENT)["heard"]
        if not heard:
            raise AskingError(say("music.text.no_knock"))
        id_ = heard[-1]["id"]
        if says == "nothing":
            return self._act(type="PutKnockAside", id=id_)
        return self._act(type="AnswerKnock", id=id_, says=says, named=named)

    def _topic(self, mark: View) -> str:
        kind = _says(f"kind_{mark['kind'] or 'gone'}")
        piece = mark.get("title") or self._pieces.get(mark["piece"], mark["piece"])
        return (
            _says("wish_piece", kind=kind, piece=piece)
            if piece
            else _says("wish_general", kind=kind)
        )

    def _place(self, zone: str) -> str:
        return self._zones.get(zone, zone)

    def _name(self, person: str) -> str:
        return self._people.get(person, person)


def _named(line: str) -> tuple[str, bool]:
    """What is left without "named" at the end, and whether that stood there."""
    words = line.split()
    named = words[-1:] == [NAMED]
    return " ".join(words[:-1] if named else words), named


def _says(key: str, **values: object) -> str:
    return say(f"music.says.{key}", **values)
