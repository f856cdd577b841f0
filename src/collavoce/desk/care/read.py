"""What a phone's page is shown of its person's own things, when it asks: never in the stream.

An answer says nothing by its length: it is filled up to the size of its kind (`size_of`).
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from collavoce.care.reached.calling import chosen_last, kept_away, seen_circles
from collavoce.care.reached.standing import CallState, calls
from collavoce.care.states.keys import Sight
from collavoce.desk.care.acts_after import after_view
from collavoce.desk.care.acts_ear import ear_view
from collavoce.desk.care.acts_shapes import PressId
from collavoce.desk.care.read_card import (
    CARD_BYTES,
    OfCards,
    ReadCard,
    ReadCardOf,
    card_shown,
)
from collavoce.desk.care.read_leave import (
    OfLeaves,
    ReadAway,
    ReadAwayOf,
    ReadOffices,
    leave_shown,
)
from collavoce.desk.care.read_letters import (
    WORDS_BYTES,
    OfWords,
    ReadInvitation,
    ReadLetter,
    ReadNote,
    ReadOfThePost,
    ReadPost,
    post_shown,
)
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.words import say

SHOWN_BYTES: Final = 8192
MANY_BYTES: Final = 64 * 1024
"""Of an answer that lists what may be many, and of one that lists nothing."""

_LIVE = (CallState.OPEN, CallState.COMING, CallState.COVERED)

View = Mapping[str, object]


class ReadMine(msgspec.Struct, frozen=True, tag=True):
    """What I have settled for myself."""


class ReadLog(msgspec.Struct, frozen=True, tag=True):
    """Who was shown what of mine."""


class ReadCheckIn(msgspec.Struct, frozen=True, tag=True):
    """When I am asked after the show, my rules, and what I answered."""


class ReadExport(msgspec.Struct, frozen=True, tag=True):
    """Everything of mine that is kept here."""


class ReadEar(msgspec.Struct, frozen=True, tag=True):
    """My lines for my ear, without their sound."""


class ReadLookOver(msgspec.Struct, frozen=True, tag=True):
    """What of mine I may want to look at."""


class ReadMarks(msgspec.Struct, frozen=True, tag=True):
    """My marks, and what I may be found for."""


class ReadGiven(msgspec.Struct, frozen=True, tag=True):
    """What others have let me read of theirs."""


class ReadLines(msgspec.Struct, frozen=True, tag=True):
    """The lines of whoever calls me by this press."""

    press: PressId


class ReadSongs(msgspec.Struct, frozen=True, tag=True):
    """My demos, and the songs that come of mine or of wishes of mine."""


class ReadMeets(msgspec.Struct, frozen=True, tag=True):
    """The cues that meet my card, and those I let the caller know of."""


OfTheQuiet = (
    ReadMarks
    | ReadGiven
    | ReadSongs
    | OfCards
    | ReadCheckIn
    | ReadEar
    | ReadMeets
    | OfLeaves
    | ReadOfThePost
)
Read = OfTheQuiet | ReadLookOver | ReadMine | ReadLog | ReadExport | ReadLines
_reads: msgspec.json.Decoder[Read] = msgspec.json.Decoder(Read)


Many = ReadMarks | ReadGiven | ReadSongs | ReadOffices | ReadPost | ReadLog | ReadExport


def read_read(body: bytes) -> Read | None:
    """What `body` asks to be shown; None if it is nothing."""
    try:
        return _reads.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def shown(hand: CareStagehand, what: Read, person: str, token: str) -> View:
    """`what`, to the phone of `token`, which is `person`'s."""
    match what:
        case ReadMine():
            return mine(hand, person, token)
        case ReadLog():
            rows = hand.own_log(token)
            return {"log": [{"at": r.at, "who": r.who, "what": r.what, "why": r.why} for r in rows]}
        case ReadExport():
            return {"export": hand.export(token).decode()}
        case ReadLookOver():
            return {"look_over": hand.look_over(token)}
        case ReadLines():
            return _of_a_call(hand, what.press, person, token)
        case _:
            return _of_the_quiet(hand, what, person, token)


def _of_the_quiet(hand: CareStagehand, what: OfTheQuiet, person: str, token: str) -> View:
    """What the pages of the quiet half show, each its own noun's."""
    match what:
        case ReadMarks():
            return hand.music.marks(token)
        case ReadGiven():
            return {"given": hand.music.given(token)}
        case ReadCheckIn():
            return hand.checkin.view(person, token)
        case ReadSongs():
            return hand.songs.view(token)
        case ReadMeets():
            return {"meets": hand.meets.listed(token)}
        case ReadAway() | ReadAwayOf() | ReadOffices():
            return leave_shown(hand.leave, what, token)
        case ReadPost() | ReadLetter() | ReadInvitation() | ReadNote():
            return post_shown(what, hand.post, token)
        case ReadEar():
            return ear_view(hand.ear, token)
        case ReadCard() | ReadCardOf():
            return card_shown(hand.card, what, token)


def mine(hand: CareStagehand, person: str, token: str) -> View:
    """What `person` has settled."""
    state, people = hand.state(), hand.people
    terms, times = state.terms.of(person), state.circles.of(person).times
    unlocked = hand.unlock(token)
    lines, shared = hand.lines(token)
    return {
        "times": {
            "receipt": times.receipt_after,
            "second": times.second_after,
            "all": times.all_after,
            "voice": times.voice_after,
        },
        "last": chosen_last(people, state, person),
        "near": {
            "kind": terms.near.kind,
            "ids": terms.near.ids,
            "genders": terms.near.genders,
            "but": terms.near.but,
        },
        "kept_away": kept_away(people, state, person),
        "opening": {"hand": terms.hand, "breach": terms.breach},
        "words": bool(terms.cancel_word),
        "contacts": [
            {"channel": way.channel, "address": way.address}
            for way in state.terms.contacts_of(person)
        ],
        "sight": unlocked.sight if unlocked else Sight.GONE,
        "lines": lines,
        "shared": shared,
        "agreed": state.circles.agreed(person),
        "aftercare": hand.aftercare(token),
        "after": after_view(state, person),
        "takes": hand.takes_view(person),
        "holders": state.keys.holders.get(person, ()),
        "routing": person not in state.keys.declined,
        "watched": [
            {"owner": seen.owner, "order": [trusted for trusted, _ in seen.order]}
            for seen in seen_circles(people, state, person)
            # Each look leaves its row in the log of whose circle it is.
            if hand.note(token, seen.owner, "circle") or not seen.order
        ],
    }


def _of_a_call(hand: CareStagehand, press: str, person: str, token: str) -> View:
    """Only whoever is called, and only while they are, is shown the lines of whoever calls.

    card : what the caller shares of theirs with them and stands beside the lines, in words.
    """
    theirs = calls(hand.state(), person, hand.moment())
    owner = next((c.owner for c in theirs if c.press == press and c.state in _LIVE), None)
    if owner is None:
        return {"lines": (), "card": ()}
    card = hand.card.for_call(token, owner)
    return {
        "lines": hand.lines_for(token, owner),
        "card": tuple(say(f"card.call.{field}", words=words) for field, words in card.items()),
    }


def size_of(what: Read) -> int:
    """Bytes to whole times of which an answer to `what` is filled up."""
    if isinstance(what, OfWords):
        return WORDS_BYTES
    if isinstance(what, OfCards):
        return CARD_BYTES
    return MANY_BYTES if isinstance(what, Many) else SHOWN_BYTES


def filled(shown: View, whole: int = SHOWN_BYTES) -> bytes:
    """`shown` as JSON, filled up with spaces to as many times `whole` bytes as it needs."""
    said = msgspec.json.encode({"shown": shown})
    return said.ljust(-(-len(said) // whole) * whole)
