"""What a phone's page is shown of its person's own things, when it asks: never in the stream.

An answer says nothing by its length: it is filled up to whole `SHOWN_BYTES`.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from collavoce.care.reached.calling import chosen_last, kept_away, seen_circles
from collavoce.care.reached.standing import CallState, calls
from collavoce.care.states.keys import Sight
from collavoce.desk.care.acts_after import after_view
from collavoce.desk.care.acts_shapes import PressId
from collavoce.desk.care.stagehand import CareStagehand

SHOWN_BYTES: Final = 8192
_LIVE = (CallState.OPEN, CallState.COMING, CallState.COVERED)

View = Mapping[str, object]


class ReadMine(msgspec.Struct, frozen=True, tag=True):
    """What I have settled for myself."""


class ReadLog(msgspec.Struct, frozen=True, tag=True):
    """Who was shown what of mine."""


class ReadExport(msgspec.Struct, frozen=True, tag=True):
    """Everything of mine that is kept here."""


class ReadLines(msgspec.Struct, frozen=True, tag=True):
    """The lines of whoever calls me by this press."""

    press: PressId


Read = ReadMine | ReadLog | ReadExport | ReadLines
_reads: msgspec.json.Decoder[Read] = msgspec.json.Decoder(Read)


def read_read(body: bytes) -> Read | None:
    """What `body` asks to be shown; None if it is nothing."""
    try:
        return _reads.decode(body)
    except msgspec.DecodeError:
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
        case ReadLines():
            return {"lines": _lines_of_a_call(hand, what.press, person, token)}


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
        "near": {"kind": terms.near.kind, "ids": terms.near.ids},
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


def _lines_of_a_call(hand: CareStagehand, press: str, person: str, token: str) -> tuple[str, ...]:
    """Only whoever is called, and only while they are, is shown the lines of whoever calls."""
    theirs = calls(hand.state(), person, hand.moment())
    owner = next((c.owner for c in theirs if c.press == press and c.state in _LIVE), None)
    return () if owner is None else hand.lines_for(token, owner)


def filled(shown: View) -> bytes:
    """`shown` as JSON, filled up with spaces to whole `SHOWN_BYTES`."""
    said = msgspec.json.encode({"shown": shown})
    return said.ljust(-(-len(said) // SHOWN_BYTES) * SHOWN_BYTES)
