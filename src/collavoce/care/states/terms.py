"""What a person has settled about calls: their own ones as owner, and the ways to them as called.

In: its events. Out: who stands at the end of a ladder, who may come near, who may open it, with
which words it is taken back, by what else somebody is reached. The order and the times of the
ladder stand in `circle.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from collavoce.care.channels import Contact
from collavoce.care.events import (
    ContactsSet,
    LadderSet,
    NearSet,
    OpeningSet,
    TermsEvent,
    WordsSet,
)
from collavoce.care.near import Near
from collavoce.company.people import Person


@dataclass(frozen=True, slots=True)
class Terms:
    """Of one owner. last_resort: a person, "" for nobody, None for the show's usual one.

    cancel_word, duress_word : hashes, both "" for no words.
    """

    last_resort: str | None = None
    near: Near = field(default_factory=Near)
    hand: bool = False
    breach: bool = False
    cancel_word: str = ""
    duress_word: str = ""


@dataclass(frozen=True, slots=True)
class AllTerms:
    """by_owner: owner -> Terms; contacts: person -> in the order in which they are tried."""

    by_owner: Mapping[str, Terms] = field(default_factory=dict[str, Terms])
    contacts: Mapping[str, tuple[Contact, ...]] = field(
        default_factory=dict[str, tuple[Contact, ...]]
    )

    def of(self, owner: str) -> Terms:
        """What `owner` wrote; the defaults if they wrote nothing."""
        return self.by_owner.get(owner, Terms())

    def contacts_of(self, person: str) -> tuple[Contact, ...]:
        """By what else `person` may be called, in order."""
        return self.contacts.get(person, ())

    def found(self, people: Mapping[str, Person]) -> "AllTerms":
        """The same with whom of `people` each rule by gender lets in."""
        anew = {
            owner: replace(terms, near=terms.near.found(people))
            for owner, terms in self.by_owner.items()
            if terms.near.genders
        }
        return replace(self, by_owner={**self.by_owner, **anew}) if anew else self

    def evolve(self, event: TermsEvent) -> "AllTerms":
        """What is true after `event`."""
        match event:
            case ContactsSet():
                others = {p: c for p, c in self.contacts.items() if p != event.person}
                theirs = {event.person: event.contacts} if event.contacts else {}
                return replace(self, contacts=others | theirs)
            case LadderSet():
                terms = replace(self.of(event.owner), last_resort=event.last_resort)
            case NearSet():
                terms = replace(self.of(event.owner), near=event.near)
            case OpeningSet():
                terms = replace(self.of(event.owner), hand=event.hand, breach=event.breach)
            case WordsSet():
                terms = replace(
                    self.of(event.owner), cancel_word=event.cancel, duress_word=event.duress
                )
        return replace(self, by_owner={**self.by_owner, event.owner: terms})
