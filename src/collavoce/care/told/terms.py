"""What a person has settled about calls."""

from collavoce.care.channels import Contact
from collavoce.care.near import Near
from collavoce.care.told.base import Event


class LadderSet(Event, frozen=True):
    """`owner` set the later times of their ladder and who stands at its end.

    asks : the last resort is asked first, because it is not their work in this show.
    """

    owner: str
    receipt_after: float
    all_after: float
    voice_after: float
    last_resort: str
    asks: bool = False


class NearSet(Event, frozen=True):
    """`owner` said who may come near them."""

    owner: str
    near: Near


class OpeningSet(Event, frozen=True):
    """`owner` said whether a hand beside them, or a breach at their exit, opens their ladder."""

    owner: str
    hand: bool
    breach: bool


class WordsSet(Event, frozen=True):
    """`owner` set the words that take a press back, and seem to; hashes, "" for none."""

    owner: str
    cancel: str
    duress: str


class ContactsSet(Event, frozen=True):
    """`person` wrote by what else they may be called, in order."""

    person: str
    contacts: tuple[Contact, ...]


TermsEvent = LadderSet | NearSet | OpeningSet | WordsSet | ContactsSet
