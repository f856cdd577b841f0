"""A letter's way, and an invitation's: who to whom and when. Never a word of it, nor its length."""

from collavoce.care.told.base import Event


class LetterSealed(Event, frozen=True):
    """`owner` sealed a letter to `reader`. way: `states/letters.py`.

    day : `date.toordinal`, 0 for a way without one. minute : of that day in `zone`, the venue's
    when it was sealed. told : the writer wishes to see that it was delivered.
    """

    owner: str
    letter: str
    reader: str
    way: str
    day: int = 0
    minute: int = 0
    zone: str = ""
    told: bool = False


class LetterWithdrawn(Event, frozen=True):
    """`owner` took it back before it was delivered."""

    owner: str
    letter: str


class LetterDelivered(Event, frozen=True):
    """It is `person`'s now. day: the venue's, when that was. writer: "" once they are erased."""

    person: str
    letter: str
    day: int
    writer: str = ""
    told: bool = False


class LetterOpened(Event, frozen=True):
    """`person` has opened it; nobody else is told."""

    person: str
    letter: str


class LetterForgotten(Event, frozen=True):
    """`person` has thrown it away."""

    person: str
    letter: str


class InvitationMade(Event, frozen=True):
    """`owner` invited `friend`, to a place and at no time.

    signs : the friend may be told of a sign.
    """

    owner: str
    invitation: str
    friend: str
    signs: bool


class InvitationEnded(Event, frozen=True):
    """`owner` took it back."""

    owner: str
    invitation: str


class InvitationPutAway(Event, frozen=True):
    """`person`, who was invited, put it away; whoever invited them is not told."""

    person: str
    invitation: str


class SignsHeeded(Event, frozen=True):
    """`person`, who was invited, wishes to be told of a sign, or no more."""

    person: str
    invitation: str
    on: bool


class SignSeen(Event, frozen=True):
    """`person` has seen the invitation, and the sign if there was one."""

    person: str
    invitation: str


OfALetter = LetterSealed | LetterWithdrawn | LetterDelivered | LetterOpened | LetterForgotten
OfAnInvitation = InvitationMade | InvitationEnded | InvitationPutAway | SignsHeeded | SignSeen
LettersEvent = OfALetter | OfAnInvitation
