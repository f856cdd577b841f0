"""What a person has settled about calls: their own ones as owner, and the ways to them as called.

In: wish events. Out: who stands at the end of a ladder, who may come near, who may open it, with
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
    WishEvent,
    WordsSet,
)
from collavoce.care.near import Near


@dataclass(frozen=True, slots=True)
class Wish:
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
class Wishes:
    """wishes: owner -> Wish; contacts: person -> in the order in which they are tried."""

    wishes: Mapping[str, Wish] = field(default_factory=dict[str, Wish])
    contacts: Mapping[str, tuple[Contact, ...]] = field(
        default_factory=dict[str, tuple[Contact, ...]]
    )

    def of(self, owner: str) -> Wish:
        """What `owner` wrote; the defaults if they wrote nothing."""
        return self.wishes.get(owner, Wish())

    def contacts_of(self, person: str) -> tuple[Contact, ...]:
        """By what else `person` may be called, in order."""
        return self.contacts.get(person, ())

    def evolve(self, event: WishEvent) -> "Wishes":
        """What is true after `event`."""
        match event:
            case ContactsSet():
                others = {p: c for p, c in self.contacts.items() if p != event.person}
                theirs = {event.person: event.contacts} if event.contacts else {}
                return replace(self, contacts=others | theirs)
            case LadderSet():
                wish = replace(self.of(event.owner), last_resort=event.last_resort)
            case NearSet():
                wish = replace(self.of(event.owner), near=event.near)
            case OpeningSet():
                wish = replace(self.of(event.owner), hand=event.hand, breach=event.breach)
            case WordsSet():
                wish = replace(
                    self.of(event.owner), cancel_word=event.cancel, duress_word=event.duress
                )
        return replace(self, wishes={**self.wishes, event.owner: wish})
