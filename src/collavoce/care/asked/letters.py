"""Letters and invitations: what their writers and readers ask, and what the clock asks."""

from collavoce.care.asked.base import Command


class SealLetter(Command, frozen=True):
    """`owner` seals a letter to `reader`: from now on it is on its way.

    way, day, minute, zone, told : as `told.letters.LetterSealed`. today : the venue's day.
    """

    owner: str
    letter: str
    reader: str
    way: str
    day: int = 0
    minute: int = 0
    zone: str = ""
    told: bool = False
    today: int = 0


class WithdrawLetter(Command, frozen=True):
    """`owner` takes it back."""

    owner: str
    letter: str


class DeliverLetter(Command, frozen=True):
    """What it waited for is there, on the venue's `day`."""

    letter: str
    day: int


class OpenLetter(Command, frozen=True):
    """`person` opens a letter that was delivered to them."""

    person: str
    letter: str


class ForgetLetter(Command, frozen=True):
    """`person` throws such a letter away."""

    person: str
    letter: str


class Invite(Command, frozen=True):
    """`owner` invites `friend`. signs: the friend may be told of a sign."""

    owner: str
    invitation: str
    friend: str
    signs: bool


class EndInvitation(Command, frozen=True):
    """`person`, who made it or was invited, takes it back."""

    person: str
    invitation: str


class HeedSigns(Command, frozen=True):
    """`person`, who was invited, wishes to be told of a sign, or no more."""

    person: str
    invitation: str
    on: bool


class SeeSign(Command, frozen=True):
    """`person` has seen the invitation, and the sign if there was one."""

    person: str
    invitation: str


LettersCommand = (
    SealLetter
    | WithdrawLetter
    | DeliverLetter
    | OpenLetter
    | ForgetLetter
    | Invite
    | EndInvitation
    | HeedSigns
    | SeeSign
)
