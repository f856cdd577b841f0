"""What a person has settled about calls."""

from collavoce.care.asked.base import Command
from collavoce.care.channels import Contact
from collavoce.care.near import Near


class SetLadder(Command, frozen=True):
    """The later times of the ladder of `owner`, and who stands at its end.

    receipt_after, all_after, voice_after : seconds from the press. last_resort: a person's id,
    "" for nobody.
    """

    owner: str
    receipt_after: float
    all_after: float
    voice_after: float
    last_resort: str


class SetNear(Command, frozen=True):
    """Who may come near `owner`; every call obeys it."""

    owner: str
    near: Near


class SetOpening(Command, frozen=True):
    """Whether others may open the ladder of `owner` when `owner` cannot press.

    hand: "hand to the friend" by somebody beside them; breach: a breach at their exit.
    """

    owner: str
    hand: bool
    breach: bool


class SetWords(Command, frozen=True):
    """The words with which `owner` takes a press back; hashes, both "" for no words.

    duress: looks like taking it back, and is not.
    """

    owner: str
    cancel: str
    duress: str


class SetContacts(Command, frozen=True):
    """By what else `person` may be called when a page of theirs does not answer, in order."""

    person: str
    contacts: tuple[Contact, ...]


TermsCommand = SetLadder | SetNear | SetOpening | SetWords | SetContacts
