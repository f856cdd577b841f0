"""Nothing of care is kept for longer than it is good for.

    a call that ended                          30 days after its last fact
    the call of somebody who keeps their
    circle to themselves                       as soon as it has ended and its notices are over
    pairing codes, waits, spent codes,
    forgotten phones, vouches                  1 hour
    a term that another has replaced           1 hour
    being with somebody, being alone           14 days
    messages of an "alone", of an offer,
    that something written waits               14 days
    letters, invitations, messages             `post/age.py`
    an hour for aftercare, what was owed       14 days, and as long as a call of theirs is kept
    not available, away, back in part          until they are back, then gone at the next look
    that somebody was asked after the show,
    and that an evening ended                  14 days
    starts of this process                     1 day; the first and the last of each start of the
                                               machine as long as a moment is kept that is older
    a cue that somebody released               until they take it back, then 1 hour
    ticks, and who was found                   1 to 90 days (`found_age.py`)
    a song that is over                        14 days (`song_age.py`)
    everything of a person                     7 days after their engagement ended
    where somebody is                          gone with the end of the call (`whereabouts.py`)
    a line that was given and not taken        30 days, once its person is here (`ear.py`)
    own log, papers, keys                      as long as the person

An open call is never deleted by age. Ages are of the wall clock, since a process may be off for
months: a clock that is set forward by a month takes the ended calls with it, and no others. What
was kept before something is at least as old: a clock that was set right in between brings nothing
back that was taken back since.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import inf

from msgspec import structs

from collavoce.care.events import (
    AftercareEvent,
    AftercareSet,
    AlertCancelled,
    AlertEnded,
    AlertReplaced,
    AnyEvent,
    BackSaid,
    CareOpened,
    CheckInEvent,
    CheckInSet,
    CodeOffered,
    CompanyEvent,
    ContactsSet,
    CueReleased,
    DeviceForgotten,
    DevicePaired,
    DeviceWaits,
    EveningEvent,
    FoundEvent,
    HelpArrived,
    LadderSet,
    LeaveEvent,
    LettersEvent,
    MeetsEvent,
    NearSet,
    NotesEvent,
    OpeningSet,
    PostSeen,
    PostSet,
    RecoverySet,
    RecoverySpent,
    RecoveryVouched,
    RoutingSet,
    SharesGiven,
    SongEvent,
    WaitEnded,
    WordsSet,
)
from collavoce.care.states.aftercare import AFTER
from collavoce.care.states.alert import NOTICE_LASTS
from collavoce.care.states.beside import LOOK
from collavoce.care.states.notes import NEWS
from collavoce.company.engagement import DAY, HOUR
from collavoce.runtime.care.kept.found_age import found_kept
from collavoce.runtime.care.kept.post.age import post_kept
from collavoce.runtime.care.kept.shelf import BOXED, Entry, Shelf, Whose
from collavoce.runtime.care.kept.song_age import songs_kept

CALL_KEPT = 30 * DAY
PAIRING_KEPT = HOUR
RELEASE_KEPT = HOUR
START_KEPT = DAY
COMPANY_KEPT = 14 * DAY
LOOK_EVERY = 600.0
"""Seconds between two looks; zone and waits ask for no less."""

ENDS = (AlertCancelled, AlertEnded, AlertReplaced, HelpArrived)
PASSING = (
    CodeOffered,
    DeviceWaits,
    WaitEnded,
    RecoveryVouched,
    RecoverySpent,
    DeviceForgotten,
)
"""Facts that matter for minutes."""

REPLACED = (
    RecoverySet,
    SharesGiven,
    RoutingSet,
    LadderSet,
    NearSet,
    OpeningSet,
    WordsSet,
    ContactsSet,
    PostSet,
    PostSeen,
)
"""Facts of which a person's last one stands for all."""

MOMENTS = (
    CompanyEvent,
    AftercareEvent,
    LeaveEvent,
    CheckInEvent,
    FoundEvent,
    LettersEvent,
    NotesEvent,
)
"""Facts whose moment matters as long as they are kept, as that of a call does."""


def purge(shelf: Shelf, wall: float, declined: Iterable[str] = ()) -> int:
    """Take what is too old at `wall` (UTC, s) from the shelf. Raises LedgerError.

    How many facts went, or say less from now on.

    declined : who keep their circle to themselves.
    """
    before = {p: shelf.entries(p) for p in shelf.places() if p[0] not in BOXED}
    after = kept(before, wall, frozenset(declined))
    changed = {p: after[p] for p in before if _facts(after[p]) != _facts(before[p])}
    if changed:
        shelf.write_anew(changed)
    left = {row: event for entries in changed.values() for row, event in _facts(entries).items()}
    facts = (fact for place in changed for fact in _facts(before[place]).items())
    return sum(left.get(row) != event for row, event in facts)


def _facts(entries: Iterable[Entry]) -> dict[int, AnyEvent]:
    return {entry.row: entry.event for entry in entries}


def kept(
    streams: Mapping[Whose, Sequence[Entry]], wall: float, declined: frozenset[str]
) -> dict[Whose, Sequence[Entry]]:
    """What of `streams` is not too old at `wall`."""
    streams = {place: _in_order(entries) for place, entries in streams.items()}
    left: dict[Whose, Sequence[Entry]] = {}
    called: set[str] = set()
    for place, entries in streams.items():
        if place[0] == "press":
            age = NOTICE_LASTS if place[1] in declined else CALL_KEPT
            left[place] = () if _over(place, entries, wall, age) else entries
            if left[place]:
                called.add(place[1])
    for place, entries in streams.items():
        if place[0] == "person":
            left[place] = _of_a_person(entries, wall, called=place[1] in called)
    left |= post_kept(streams, wall)
    moments = [
        entry.row
        for place, entries in left.items()
        for entry in entries
        if place[0] == "press" or isinstance(entry.event, MOMENTS)
    ]
    oldest = min(moments, default=None)
    for place, entries in streams.items():
        if place[0] == "server":
            left[place] = _starts(entries, wall, oldest)
    return left


def _in_order(entries: Sequence[Entry]) -> Sequence[Entry]:
    """`entries`, none of which seems to be kept later than one that follows it."""
    latest, ordered = inf, list[Entry]()
    for entry in reversed(entries):
        latest = min(latest, entry.kept_at)
        ordered.append(structs.replace(entry, kept_at=latest))
    return tuple(reversed(ordered))


def _over(place: Whose, entries: Sequence[Entry], wall: float, age: float) -> bool:
    if place[2].startswith((LOOK, AFTER, NEWS)):
        # No press, and nothing that could still be open.
        return all(wall - entry.kept_at > COMPANY_KEPT for entry in entries)
    ended = any(isinstance(entry.event, ENDS) for entry in entries)
    return ended and all(wall - entry.kept_at > age for entry in entries)


def _of_a_person(entries: Sequence[Entry], wall: float, *, called: bool) -> Sequence[Entry]:
    """Called: whether a call of theirs is kept, from which would follow anew what is owed them."""
    forgotten = {e.event.device: e.row for e in entries if isinstance(e.event, DeviceForgotten)}
    spent = max((e.row for e in entries if isinstance(e.event, RecoverySpent)), default=0)
    latest = {type(entry.event): entry.row for entry in entries}
    said = {e.event.cue: e.row for e in entries if isinstance(e.event, MeetsEvent)}

    leaves = _leaves(entries)
    found = found_kept(entries)
    songs = songs_kept(entries, wall)

    def stays(entry: Entry) -> bool:
        event, age = entry.event, wall - entry.kept_at
        if isinstance(event, CompanyEvent):
            return age <= COMPANY_KEPT
        if isinstance(event, AftercareEvent):
            chosen = isinstance(event, AftercareSet) and latest[AftercareSet] == entry.row
            return chosen or called or age <= COMPANY_KEPT
        if isinstance(event, LeaveEvent):
            return entry.row in leaves
        if isinstance(event, FoundEvent):
            return age <= found[entry.row]
        if isinstance(event, CheckInEvent):
            chosen = isinstance(event, CheckInSet) and latest[CheckInSet] == entry.row
            return chosen or age <= COMPANY_KEPT
        if isinstance(event, SongEvent):
            return entry.row in songs
        if isinstance(event, MeetsEvent):
            stands = isinstance(event, CueReleased) and said[event.cue] == entry.row
            return stands or age <= RELEASE_KEPT
        return age <= PAIRING_KEPT or not (
            isinstance(event, PASSING)
            or (isinstance(event, DevicePaired) and forgotten.get(event.device, 0) > entry.row)
            or (isinstance(event, RecoverySet) and spent > entry.row)
            or (isinstance(event, REPLACED) and latest[type(event)] > entry.row)
        )

    return tuple(entry for entry in entries if stays(entry))


def _leaves(entries: Sequence[Entry]) -> frozenset[int]:
    """The rows of all that a person has said of being away since they were last back."""
    rows: list[int] = []
    for entry in entries:
        if isinstance(entry.event, BackSaid):
            rows.clear()
        elif isinstance(entry.event, LeaveEvent):
            rows.append(entry.row)
    return frozenset(rows)


def _starts(entries: Sequence[Entry], wall: float, oldest: int | None) -> Sequence[Entry]:
    """Between two starts of the machine, those of the process alone move nothing.

    oldest : the row of the oldest fact whose moment matters. The last start always stays.
    """
    starts = [e for e in entries if isinstance(e.event, CareOpened)]
    last, moving = max((e.row for e in starts), default=0), _moving(starts)
    before = (row for row in moving if oldest is not None and row < oldest)
    needed = last if oldest is None else max(before, default=0)

    def stays(entry: Entry) -> bool:
        age = wall - entry.kept_at
        if isinstance(entry.event, EveningEvent):
            # It may not outlast that somebody was asked after it: they would be asked anew.
            return abs(age) <= COMPANY_KEPT
        is_needed = entry.row >= needed and entry.row in moving
        return is_needed or entry.row == last or age <= START_KEPT

    return tuple(entry for entry in entries if stays(entry))


def _moving(starts: Iterable[Entry]) -> frozenset[int]:
    """The rows of the first and the last of `starts` between two starts of the machine.

    By the first, moments count from somewhere else; the last says how far they had come by then.
    """
    rows: set[int] = set()
    row, boot, at = 0, None, inf
    for entry in starts:
        assert isinstance(entry.event, CareOpened)
        if entry.event.boot != boot or entry.event.at < at:
            rows.update((row, entry.row))
        row, boot, at = entry.row, entry.event.boot, entry.event.at
    return frozenset(rows)
