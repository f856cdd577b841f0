"""Who may do what with a song: both agree, one proposes, either takes it back.

What somebody asks of a song that is not theirs is answered like one that does not exist.
"""

from collavoce.care.commands import (
    AgreeSong,
    OfferSong,
    ProposeSong,
    SettleSong,
    SongCommand,
    WithdrawSong,
)
from collavoce.care.events import (
    Decision,
    Refused,
    SongAgreed,
    SongOffered,
    SongProposed,
    SongRecalled,
    SongSettled,
    SongWithdrawn,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.state import CareState
from collavoce.care.states.song import Act, Joined, Stands
from collavoce.words import say

SONGS_MOST = 12
"""Songs of one person's demos that are not over: as many as a page shows."""


def decide_song(people: People, state: CareState, command: SongCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    if isinstance(command, OfferSong):
        return _offered(people, state, command, now)
    joined = state.songs.by_id.get(command.song)
    if joined is None:
        return Refused(say("song.refused.unknown"))
    if isinstance(command, SettleSong):
        act = Act.KEPT if command.taken else Act.GIVEN_BACK
        known = joined.can(act)
        return (SongSettled(now, joined.person, joined.song, command.taken),) if known else ()
    if command.person not in (joined.person, joined.wisher):
        return Refused(say("song.refused.unknown"))
    match command:
        case AgreeSong(wish=wish):
            return _agreed(joined, command.person, now, wish=wish)
        case ProposeSong():
            return _proposed(joined, command.person, now)
        case WithdrawSong():
            return _withdrawn(joined, now)


def _offered(people: People, state: CareState, command: OfferSong, now: Moment) -> Decision:
    known = state.songs.by_id.get(command.song)
    if known is not None:
        same = (known.person, known.wisher) == (command.person, command.wisher)
        return () if same else Refused(say("song.refused.unknown"))
    if command.wisher not in people:
        return Refused(say("care.refused.person_unknown"))
    under_way = [
        one
        for one in state.songs.of(command.person)
        if one.person == command.person and one.stands is not Stands.WITHDRAWN
    ]
    if len(under_way) >= SONGS_MOST:
        return Refused(say("song.refused.many", limit=SONGS_MOST))
    return (SongOffered(now, command.person, command.song, command.wisher),)


def _agreed(joined: Joined, person: str, now: Moment, *, wish: bool) -> Decision:
    if person != (joined.wisher if wish else joined.person):
        return Refused(say("song.refused.not_yours"))
    act = Act.WISH if wish else Act.LEND
    return (SongAgreed(now, joined.person, joined.song, wish),) if joined.can(act) else ()


def _proposed(joined: Joined, person: str, now: Moment) -> Decision:
    if person != joined.person:
        return Refused(say("song.refused.not_yours"))
    if joined.can(Act.PROPOSE):
        return (SongProposed(now, joined.person, joined.song),)
    if joined.stands is Stands.PROPOSED:
        return ()
    return Refused(say("song.refused.not_both"))


def _withdrawn(joined: Joined, now: Moment) -> Decision:
    if not joined.can(Act.WITHDRAW):
        return ()
    if joined.after(Act.WITHDRAW).stands is Stands.RECALLED:
        return (SongRecalled(now, joined.person, joined.song),)
    return (SongWithdrawn(now, joined.person, joined.song),)
