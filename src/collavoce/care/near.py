"""Who may come near a person: the one rule that binds every call made for them.

    anyone                        nobody is kept away
    only  ids, genders            these and nobody else
    not   ids, genders            everybody but these
    but                           and yet these, whatever else the rule says

"No woman but one" is *not*, the gender `woman`, but her; "nobody but one" is *only*, her. It is a
list of persons and of words and never the reason. Whoever may not come near is not called, at any
step, by any channel.

A gender is what a person gives of themself in the list of the company, or nothing. Under a rule by
gender whoever gives none is kept away, unless they are named: to be wrong that way hurts nobody who
asked to be left alone. Whom such a rule lets in is found once for the company of the show
(`admitted`), so that every place which asks gives the same answer, with the company at hand or not.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from collavoce.company.people import Person

NAMED_MAX = 32
GENDERS_MAX = 8
GENDER_CHARACTERS_MAX = 40


class Kind(StrEnum):
    """How `ids` and `genders` are read."""

    ANYONE = "anyone"
    ONLY = "only"
    NOT = "not"


class Near(msgspec.Struct, frozen=True):
    """ids, but: 0 to `NAMED_MAX` persons together; genders: 0 to `GENDERS_MAX` words.

    admitted : under a rule by gender, whom of the company it lets in; else ().
    """

    kind: Kind = Kind.ANYONE
    ids: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()

    def admits(self, person: str) -> bool:
        """Whether `person` may come near; of a rule by gender, as it was last found."""
        if self.kind is Kind.ANYONE or person in self.but:
            return True
        if self.genders:
            return person in self.admitted
        return (person in self.ids) is (self.kind is Kind.ONLY)

    def found(self, people: Mapping[str, Person]) -> "Near":
        """The same rule with whom of `people` it lets in."""
        let_in = tuple(p for p in people if self._lets_in(p, people[p].gender))
        return msgspec.structs.replace(self, admitted=let_in if self.genders else ())

    def without(self, gone: str) -> "Near":
        """The same rule once `gone` is erased: in no list but one that keeps them away."""

        def left(ids: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(person for person in ids if person != gone)

        ids = left(self.ids) if self.kind is Kind.ONLY else self.ids
        return Near(self.kind, ids, self.genders, left(self.but), left(self.admitted))

    def _lets_in(self, person: str, gender: str) -> bool:
        if person in self.but:
            return True
        named = person in self.ids or gender in self.genders
        if self.kind is Kind.ONLY:
            return named
        return bool(gender) and not named
