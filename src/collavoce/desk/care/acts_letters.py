"""Letters, invitations and messages: what their writers and readers do with them.

Each goes to the post with the token of the phone that asks; the words are sealed there. Ids are
drawn by the page, so that an act said twice is one.
"""

from typing import Annotated, Final

import msgspec

from collavoce.care.outcome import Outcome
from collavoce.care.states.letters import Way
from collavoce.care.states.notes import AFTER_MAX, NEVER, READ_AFTER_MAX, STOPPED_MAX
from collavoce.desk.care.acts_shapes import PersonId, PressId
from collavoce.runtime.care.kept.post.desk import Post
from collavoce.runtime.care.kept.post.filling import (
    LETTER_CHARACTERS_MAX,
    NOTE_CHARACTERS_MAX,
    PLACE_CHARACTERS_MAX,
)
from collavoce.runtime.care.kept.post.invitations import Invited
from collavoce.runtime.care.kept.post.letters import Draft

LETTER_BODY_LIMIT: Final = 256 * 1024
"""Bytes of a request with a letter in it: 20,000 characters, each escaped as two of six bytes, and
what stands with them. A page does not escape, and fills each up to `letters.js`' LETTER_BYTES."""

NOTE_BODY_LIMIT: Final = 32 * 1024
"""The same of a message or an invitation."""

MINUTE_S: Final = 60.0

DayOrNone = Annotated[str, msgspec.Meta(pattern=r"^(?:|20[0-9]{2}-[01][0-9]-[0-3][0-9])\Z")]
HourOrNone = Annotated[str, msgspec.Meta(pattern=r"^(?:|(?:[01][0-9]|2[0-3]):[0-5][0-9])\Z")]
LetterWords = Annotated[str, msgspec.Meta(min_length=1, max_length=LETTER_CHARACTERS_MAX)]
NoteWords = Annotated[str, msgspec.Meta(min_length=1, max_length=NOTE_CHARACTERS_MAX)]
Place = Annotated[str, msgspec.Meta(min_length=1, max_length=PLACE_CHARACTERS_MAX)]


class WriteLetter(msgspec.Struct, frozen=True, tag=True):
    """A draft of mine; or other words in one that is on its way. day, at: the venue's."""

    letter: PressId
    to: PersonId
    way: Way
    words: LetterWords
    day: DayOrNone = ""
    at: HourOrNone = ""
    told: bool = False


class SealLetter(msgspec.Struct, frozen=True, tag=True):
    """Send a draft on its way. sure: said twice."""

    letter: PressId
    sure: bool


class TakeBackLetter(msgspec.Struct, frozen=True, tag=True):
    """Make a draft of it again."""

    letter: PressId


class TearLetter(msgspec.Struct, frozen=True, tag=True):
    """Throw it away: a draft, one on its way, or one I was given."""

    letter: PressId


class AskForLetters(msgspec.Struct, frozen=True, tag=True):
    """I ask whether there is a letter for me."""


class WriteInvitation(msgspec.Struct, frozen=True, tag=True):
    """A place and no time. signs: they may be told of a sign of mine."""

    invitation: PressId
    to: PersonId
    place: Place
    words: NoteWords
    signs: bool = False


class TakeBackInvitation(msgspec.Struct, frozen=True, tag=True):
    """Mine is over; one that I was given is put away, which nobody is told."""

    invitation: PressId


class HeedSign(msgspec.Struct, frozen=True, tag=True):
    """Tell me if there is a sign, or no more."""

    invitation: PressId
    on: bool


class SendNote(msgspec.Struct, frozen=True, tag=True):
    """A message. after: minutes until it goes out."""

    note: PressId
    to: PersonId
    words: NoteWords
    after: Annotated[float, msgspec.Meta(ge=0.0, le=AFTER_MAX / MINUTE_S)] = 0.0


class TakeBackNote(msgspec.Struct, frozen=True, tag=True):
    """It shall not go out."""

    note: PressId


class SetPost(msgspec.Struct, frozen=True, tag=True):
    """How I take what is written to me.

    read_after : minutes until a writer may see that I opened a message, -1 for never. told: by my
    other ways too when something waits. stopped : whose words are kept from me, unseen.
    """

    told: bool = False
    read_after: Annotated[float, msgspec.Meta(ge=NEVER, le=READ_AFTER_MAX / MINUTE_S)] = NEVER
    stopped: Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=STOPPED_MAX)] = ()


OfThePost = (
    WriteLetter
    | SealLetter
    | TakeBackLetter
    | TearLetter
    | AskForLetters
    | WriteInvitation
    | TakeBackInvitation
    | HeedSign
    | SendNote
    | TakeBackNote
    | SetPost
)


def post_act(act: OfThePost, post: Post, token: str) -> Outcome:
    """Carry out `act` for the person of the phone of `token`."""
    match act:
        case WriteLetter():
            told = "yes" if act.told else ""
            draft = Draft(act.to, act.way, act.day, act.at, told, act.words)
            return post.letters.write(token, act.letter, draft)
        case SealLetter():
            assert act.sure
            return post.letters.seal(token, act.letter)
        case TakeBackLetter():
            return post.letters.take_back(token, act.letter)
        case TearLetter():
            return post.letters.tear(token, act.letter)
        case AskForLetters():
            return post.letters.ask(token)
        case WriteInvitation():
            said = Invited(act.place, act.words)
            return post.invitations.invite(token, act.invitation, act.to, said, signs=act.signs)
        case TakeBackInvitation():
            return post.invitations.end(token, act.invitation)
        case HeedSign():
            return post.invitations.heed(token, act.invitation, on=act.on)
        case SendNote():
            return post.notes.send(token, act.note, act.to, act.words, act.after * MINUTE_S)
        case TakeBackNote():
            return post.notes.take_back(token, act.note)
        case SetPost():
            after = act.read_after if act.read_after < 0 else act.read_after * MINUTE_S
            return post.notes.set_post(token, told=act.told, read_after=after, stopped=act.stopped)
