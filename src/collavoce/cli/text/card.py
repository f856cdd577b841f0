"""A person's card in plain text: written, shared, taken back, looked over; and those of others."""

import re
from collections.abc import Callable, Iterator, Mapping

from collavoce.cli.text.asking import AskingError, Doing, one_of
from collavoce.cli.text.door import Door, View
from collavoce.words import say

READ = "/care/read"
FIELDS = (
    "triggers",
    "helps",
    "near",
    "touch",
    "scents",
    "light",
    "sound",
    "words",
    "restrictions",
)
EFFECTS = ("strobe", "haze", "scent", "pyro", "touch")
NONE = "none"
_UNTIL = re.compile(r"(?P<who>.+?)(?:\s+until\s+(?P<day>\S+))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Act = Callable[..., str]


class Card:
    """The commands of a card. act: says it, answers in words."""

    def __init__(self, door: Door, people: Mapping[str, str], act: Act) -> None:
        self._door = door
        self._people = people
        self._act = act
        self._mark = ""

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {
            "card": self._card,
            "write": self._write,
            "share": self._share,
            "unshare": self._unshare,
            "allback": lambda _: self._act(type="TakeCardBack"),
            "first": self._first,
            "unchanged": lambda _: self._act(type="LookedOver"),
            "review": self._review,
            "cards": lambda _: self._cards(),
            "who": self._card,
        }

    def says(self, view: View) -> Iterator[str]:
        """That what others share with me is not what it was."""
        before, self._mark = self._mark, str(view.get("card", ""))
        if before and self._mark != before:
            yield say("card.text.changed")

    def _read(self, **what: str) -> View:
        shown: View = self._door.post(READ, what).get("shown", {})
        return shown

    def _card(self, whose: str) -> str:
        """Mine; by a name, what that person shares with me."""
        if whose:
            return self._of(one_of(whose, self._people, say("text.what.person")))
        card = self._read(type="ReadCard").get("card") or {}
        if "fields" not in card:
            return say("card.says.card_closed")
        told = [line for field in FIELDS for line in self._field(field, card["fields"][field])]
        if not told:
            told.append(say("card.text.empty"))
        if card["avoids"]:
            told.append(say("card.text.avoids", effects=self._effects(card["avoids"])))
        if card["looked"]:
            due = "card_looked_due" if card["due"] else "card_looked"
            told.append(say(f"card.says.{due}", day=card["looked"]))
        days = card["every"]
        told.append(say("card.text.every", days=days) if days else say("card.text.never"))
        return "\n".join(told)

    def _field(self, field: str, kept: View) -> Iterator[str]:
        if not kept["words"]:
            return
        yield say("card.text.field", field=_called(field), words=kept["words"])
        for one in kept["shared"]:
            who = self._people.get(one["id"], one["id"])
            if one["until"]:
                who = say("card.text.until", who=who, day=one["until"])
            yield say("card.text.readers", who=who)

    def _of(self, owner: str) -> str:
        fields = self._read(type="ReadCardOf", owner=owner).get("fields", {})
        told = [say("card.text.field", field=_called(f), words=w) for f, w in fields.items()]
        return "\n".join(told) or say("card.text.nothing", who=self._people[owner])

    def _cards(self) -> str:
        sharing = self._read(type="ReadCard").get("sharing", ())
        if not sharing:
            return say("card.text.nobody_shares")
        return say("card.text.shares", who=", ".join(self._people.get(p, p) for p in sharing))

    def _write(self, words: str) -> str:
        """FIELD: WORDS."""
        field, colon, said = words.partition(":")
        if not colon or not said.strip():
            raise AskingError(say("card.text.how_write"))
        kept = "" if said.strip() == NONE else said.strip()
        return self._act(type="KeepField", field=_field_named(field), words=kept)

    def _share(self, words: str) -> str:
        """FIELDS with NAME until DAY."""
        named, _, rest = words.partition(" with ")
        found = _UNTIL.fullmatch(rest.strip())
        if found is None:
            raise AskingError(say("card.text.how_share"))
        day = found["day"] or ""
        if day and not _DAY.fullmatch(day):
            raise AskingError(say("card.text.how_day"))
        person = one_of(found["who"], self._people, say("text.what.person"))
        fields = [_field_named(part) for part in named.split(",")]
        return self._act(type="ShareFields", person=person, fields=fields, until=day)

    def _unshare(self, words: str) -> str:
        """FIELD with NAME; with NAME, everything."""
        named, between, who = f" {words}".partition(" with ")
        if not between:
            raise AskingError(say("card.text.how_stop"))
        person = one_of(who.strip(), self._people, say("text.what.person"))
        if not named.strip():
            return self._act(type="StopWith", person=person)
        return self._act(type="StopField", person=person, field=_field_named(named))

    def _first(self, words: str) -> str:
        """Effects between commas, or none."""
        effects = [] if words.strip() == NONE else words.split(",")
        known = {effect: say(f"card.page.effect.{effect}") for effect in EFFECTS}
        what = say("card.page.avoids")
        return self._act(
            type="KeepAvoids", effects=[one_of(e.strip(), known, what) for e in effects]
        )

    def _review(self, words: str) -> str:
        if words.strip() != "never" and not words.strip().isdigit():
            raise AskingError(say("card.page.every_about"))
        days = 0 if words.strip() == "never" else int(words)
        return self._act(type="ReviewEvery", days=days)

    def _effects(self, effects: list[str]) -> str:
        return ", ".join(say(f"card.page.effect.{effect}") for effect in effects)


def _called(field: str) -> str:
    return say(f"card.page.field.{field}")


def _field_named(text: str) -> str:
    """By its short word or by what the page calls it."""
    if text.strip() in FIELDS:
        return text.strip()
    known = {field: _called(field) for field in FIELDS}
    return one_of(text.strip(), known, say("card.page.fields"))
