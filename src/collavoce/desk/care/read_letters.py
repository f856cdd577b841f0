"""What a page is shown of letters, invitations and messages: lists without words, then one's words.

An answer with words has one size, however long they are.
"""

from typing import Final

import msgspec

from collavoce.desk.care.acts_shapes import PressId
from collavoce.runtime.care.kept.post.desk import Post

WORDS_BYTES: Final = 96 * 1024
"""Of an answer that shows written words, or that there are none."""


class ReadPost(msgspec.Struct, frozen=True, tag=True):
    """What of it is mine, without a word of it."""


class ReadLetter(msgspec.Struct, frozen=True, tag=True):
    """The words of a draft of mine, or of a letter I was given, which opens it."""

    letter: PressId


class ReadInvitation(msgspec.Struct, frozen=True, tag=True):
    """The words of one that I made or was given."""

    invitation: PressId


class ReadNote(msgspec.Struct, frozen=True, tag=True):
    """The words of a message that I wrote or was sent, which opens it."""

    note: PressId


OfWords = ReadLetter | ReadInvitation | ReadNote
ReadOfThePost = ReadPost | OfWords


def post_shown(what: ReadOfThePost, post: Post, token: str) -> dict[str, object]:
    """`what`, to the phone of `token`; None where there is nothing for it."""
    match what:
        case ReadPost():
            return {"post": post.listed(token)}
        case ReadLetter():
            found = post.letters.read(token, what.letter)
        case ReadInvitation():
            found = post.invitations.read(token, what.invitation)
        case ReadNote():
            found = post.notes.read(token, what.note)
    return {"words": None if found is None else found._asdict()}
