"""How long the facts of what people write to each other are kept.

a letter on its way                     until it is delivered, taken back, or its writer is gone
that it was delivered, and opened       as long as the reader, or until they throw it away
taken back, put away, thrown away       gone at the next look at the latest
a message, for its reader               30 days after it was opened
a message, for its writer               30 days after it was written: when it goes from their page
                                        tells nothing of whether it was opened
an invitation                           until somebody takes it back
"""

from collections.abc import Mapping, Sequence

from msgspec import structs

from collavoce.care.events import (
    InvitationEnded,
    InvitationMade,
    LetterDelivered,
    LetterForgotten,
    LetterSealed,
    LetterWithdrawn,
    NoteOpened,
    NoteSent,
    NoteWithdrawn,
)
from collavoce.company.engagement import DAY
from collavoce.runtime.care.kept.shelf import Entry, Whose

NOTE_KEPT = 30 * DAY
"""After it was opened; after it was written, for its writer."""

OVER = (LetterWithdrawn, LetterForgotten, InvitationEnded, NoteWithdrawn)
POST = "post"
"""The kind of the streams in which such facts stand, one for each person and thing."""


def post_kept(
    streams: Mapping[Whose, Sequence[Entry]], wall: float
) -> dict[Whose, Sequence[Entry]]:
    """What of the streams of this kind is not over at `wall` (UTC, s)."""
    post = {place: entries for place, entries in streams.items() if place[0] == POST}
    ends = {place: _over(entries, wall) for place, entries in post.items()}
    begun = {place[2] for place, entries in post.items() if _begins(entries) and not ends[place]}
    read = {place[2] for place in post if ends[place]}
    delivered = {place[2] for place, entries in post.items() if _has(entries, LetterDelivered)}
    left: dict[Whose, Sequence[Entry]] = {}
    for place, entries in post.items():
        if _has(entries, LetterDelivered):
            gone = ends[place]
        elif _has(entries, LetterSealed):
            gone = ends[place] or place[2] in delivered
        else:
            gone = place[2] in read or place[2] not in begun
        left[place] = () if gone else tuple(_past(entry, wall) for entry in entries)
    return left


def _past(entry: Entry, wall: float) -> Entry:
    event = entry.event
    if not isinstance(event, NoteSent) or wall - entry.kept_at <= NOTE_KEPT:
        return entry
    return structs.replace(entry, event=structs.replace(event, past=True))


def _begins(entries: Sequence[Entry]) -> bool:
    return any(isinstance(entry.event, InvitationMade | NoteSent) for entry in entries)


def _has(entries: Sequence[Entry], kind: type) -> bool:
    return any(isinstance(entry.event, kind) for entry in entries)


def _over(entries: Sequence[Entry], wall: float) -> bool:
    """Whether its last word was said, and for long enough."""
    opened = [entry.kept_at for entry in entries if isinstance(entry.event, NoteOpened)]
    ended = bool(entries) and isinstance(entries[-1].event, OVER)
    return ended or any(wall - at > NOTE_KEPT for at in opened)
