"""The one place where line, care and show meet: what may pass, and nothing else.

| what becomes known | to | by whose act |
|---|---|---|
| not available, back | caller, company manager | the person's own, or "I am with them" |
| no date, a day they let be shown, what they do again | the same | the person's own |
| keep a way clear, a medic, a stop, a hold risk | as `line/roles.py` says | a helper's own press |
| hold risk | caller | the breach at an exit; never a press |
| a restriction on stage at a cue | caller | that person's release, whatever the cue is |
| a ladder | whom its owner chose | the breach at the exit where they come off; a hand beside them |
| aftercare, the day after | whoever came to a breach, alone | their own hour, if they chose one |
| a song: title, length, players, recording | caller | its author, once both agreed |
| that takes may be kept | the follower alone | the player's own word, no fact of care (takes.py) |

`from_care` has one line for each event of care that lets anything through; an event without a
line lets nothing through, whatever is in it. Which cues carry a restriction is said whole, from the
releases that stand (`restrictions`). What passes carries no name but that of the person
who is available or not, no reason, and no length but their own word.
"""

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from collavoce.care import events as care
from collavoce.care.commands import HandOver, OweAftercare
from collavoce.care.ladder import Moment
from collavoce.care.opened import Opened
from collavoce.care.reached.calling import People, is_called, with_them
from collavoce.care.state import CareState
from collavoce.care.states.alert import Alert, End
from collavoce.care.states.leave import Leaves, Shown
from collavoce.company.people import Zone
from collavoce.line import events as line
from collavoce.line.roles import CALLED, HELPER
from collavoce.runtime.care.canary import CANARIES
from collavoce.show.commands import (
    AskStop,
    HoldRisk,
    ProposeNumber,
    SetAvailable,
    SetRestrictions,
    WithdrawProposal,
)

RESTRICTED_MOST = 1000
"""Cues that carry a restriction at once: what one datagram holds."""

PRESS_LETTERS = 32
"""Of the id of a press that nobody's finger made: 128 bits."""


@dataclass(frozen=True, slots=True)
class ToShow:
    """A command for the show and its idempotency key. slot: a later one of the same replaces it."""

    command: HoldRisk | SetAvailable | SetRestrictions | AskStop | ProposeNumber | WithdrawProposal
    key: str
    slot: str = ""


Counts = Callable[[str, str], bool]
"""(owner, trusted): whether the word of `trusted` that they are with `owner` counts."""


@dataclass(frozen=True, slots=True)
class Away:
    """Why somebody is not available, as far as this process needs it to say when they are again.

    alone : who said so. beside : person -> those who are with them. Neither leaves this process.
    leaves : who is done, away, back in part; what of it is shown is `Leaves.shown`.
    """

    alone: frozenset[str] = frozenset()
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    leaves: Leaves = field(default_factory=Leaves)

    @property
    def persons(self) -> frozenset[str]:
        """Who is not available, or in part."""
        return self.alone | self.beside.keys() | self.leaves.persons

    def shown(self, person: str) -> Shown:
        """What is shown of `person`: the same for done and for away without a day to show.

        Whoever is alone, or has somebody with them, is not available now, whatever they do again.
        """
        said = self.leaves.shown(person)
        now = person in self.alone or person in self.beside
        if said is None or (now and person in self.leaves.parts):
            return Shown(performs=not now)
        return said

    def evolve(self, event: care.AnyEvent, counts: Counts) -> "Away":
        """What is true after `event`."""
        rule = FROM_CARE.get(type(event))
        return self if rule is None else rule(self, event, counts)

    def lapsed(self, state: CareState, now: Moment) -> "Away":
        """What is true once the time is over that a person gave themself, or they are erased."""
        stand = frozenset(p for p in self.alone if state.beside.alone(p, now) is not None)
        erased = [p for p in self.leaves.persons if not state.leaves.stands(p)]
        if stand == self.alone and not erased:
            return self
        return replace(self, alone=stand, leaves=self.leaves.without(*erased))

    def with_(self, person: str, trusted: str) -> "Away":
        """`trusted` is with `person`."""
        if person in CANARIES:
            return self
        return self._beside(person, self.beside.get(person, frozenset()) | {trusted})

    def without(self, person: str, trusted: frozenset[str] | None = None) -> "Away":
        """`trusted`, or whoever it was, is with `person` no more."""
        now = self.beside.get(person, frozenset())
        return self._beside(person, now - (now if trusted is None else trusted))

    def said_alone(self, person: str, *, alone: bool) -> "Away":
        """`person` wants to be alone, or is back: then nobody needs to be with them either."""
        if alone:
            return replace(self, alone=self.alone | {person})
        return replace(self, alone=self.alone - {person}).without(person)

    def left(self, event: care.LeaveEvent | care.BackSaid) -> "Away":
        """What `person` says of being away, or that they are back."""
        return replace(self, leaves=self.leaves.evolve(event))

    def _beside(self, person: str, now: frozenset[str]) -> "Away":
        others = {p: theirs for p, theirs in self.beside.items() if p != person}
        return replace(self, beside={**others, person: now} if now else others)


FROM_CARE: Mapping[type[care.Event], Callable[[Away, Any, Counts], Away]] = {
    care.HelpArrived: lambda away, e, _: away.with_(e.person, e.trusted),
    care.WithStarted: lambda away, e, counts: (
        away.with_(e.owner, e.trusted) if counts(e.owner, e.trusted) else away
    ),
    care.AlertEnded: lambda away, e, _: away.without(e.person),
    care.WithEnded: lambda away, e, _: away.without(e.owner, frozenset({e.trusted})),
    care.AloneSaid: lambda away, e, _: away.said_alone(e.person, alone=True),
    care.BackSaid: lambda away, e, _: away.said_alone(e.person, alone=False).left(e),
    care.DoneSaid: lambda away, e, _: away.left(e),
    care.AwaySaid: lambda away, e, _: away.left(e),
    care.StillAway: lambda away, e, _: away.left(e),
    care.ReturnSaid: lambda away, e, _: away.left(e),
}
"""Every event of care that may let anything through. A test holds all others to nothing."""


def from_care(before: Away, after: Away, fresh: Callable[[], str]) -> tuple[ToShow, ...]:
    """What the show is told of a change. fresh: makes an unguessable key."""
    concerned = before.persons | after.persons
    changed = (p for p in concerned if before.shown(p) != after.shown(p))
    return tuple(availability(p, after, fresh()) for p in sorted(changed))


def availability(person: str, away: Away, key: str) -> ToShow:
    """What the show is told of one person."""
    shown = away.shown(person)
    there = SetAvailable(person, shown.performs, shown.rehearses, shown.until)
    return ToShow(there, key, slot=f"available {person}")


def restrictions(people: People, state: CareState) -> tuple[str, ...]:
    """The cues that somebody of the show let the caller know of: not whose, and not how many."""
    cues = {cue for person in people for cue in state.meets.of(person)}
    return tuple(sorted(cues)[:RESTRICTED_MOST])


def restricted(cues: tuple[str, ...], key: str) -> ToShow:
    """What the show is told of the cues that carry a restriction: all of them, each time."""
    return ToShow(SetRestrictions(cues), key, slot="restrictions")


REFERENCES = "references"
"""The folder of the show's in which released recordings are."""


@dataclass(frozen=True, slots=True)
class Released:
    """What the author of a song gave to the show, word for word; nobody else writes it.

    minutes : how long it is. players : ids of who plays it.
    """

    title: str
    minutes: float
    players: tuple[str, ...]


def reference_of(song: str) -> str:
    """Where the recording of a song is in the show's folder."""
    return f"{REFERENCES}/{song}.wav"


def _proposed(event: care.SongProposed, released: Released | None) -> ProposeNumber | None:
    if released is None:
        return None
    return ProposeNumber(
        f"song-{event.song}",
        released.title,
        reference_of(event.song),
        released.minutes,
        released.players,
    )


FROM_SONGS: Mapping[
    type[care.Event], Callable[[Any, Released | None], ProposeNumber | WithdrawProposal | None]
] = {
    care.SongProposed: _proposed,
    care.SongRecalled: lambda event, _: WithdrawProposal(f"song-{event.song}"),
}
"""Every fact of a song that lets anything through, and the words only its author's phone opens."""


def from_song(event: care.Event, released: Released | None, key: str) -> tuple[ToShow, ...]:
    """What the show is told of a song. Before it is proposed: nothing."""
    rule = FROM_SONGS.get(type(event))
    command = None if rule is None else rule(event, released)
    if command is None:
        return ()
    return (ToShow(command, key, slot=f"song {command.number}"),)


def from_line(event: line.AnyEvent, zones: Mapping[str, Zone]) -> tuple[ToShow, ...]:
    """What the show is told of `event` at the line.

    A breach at an exit is a hold risk by itself, whoever comes off there and whatever they wrote.
    """
    match event:
        case line.LineRaised(breach=breach, zone=zone):
            if zone not in zones or not zones[zone].exit:
                return ()
            return (ToShow(HoldRisk(breach, zone, line=True), f"risk-{breach}"),)
        case line.RiskAsked(risk=risk):
            return (ToShow(HoldRisk(risk), f"risk-{risk}"),)
        case line.StopAsked(stop=stop):
            return (ToShow(AskStop(stop), f"stop-{stop}"),)
        case _:
            return ()


def hand_overs(
    event: line.AnyEvent,
    zones: Mapping[str, Zone],
    comes_off: Iterable[tuple[str, str]],
    secret: bytes,
) -> tuple[HandOver, ...]:
    """Whose ladders `event` asks care to open; whether they allowed it, care decides.

    comes_off : (performer, exit) of the running order. secret: the server's own; without it nobody
    can guess the id of a press that somebody else's act made.
    """
    match event:
        case line.LineRaised(breach=key, zone=zone):
            way = zones[zone].exit if zone in zones else ""
            persons = [person for person, exit_ in comes_off if way and exit_ == way]
            how = Opened.BREACH
        case line.HandAsked(hand=key, person=person):
            persons = [person]
            how = Opened.HAND
        case _:
            return ()
    return tuple(HandOver(p, _press(secret, key, p), how) for p in dict.fromkeys(persons))


def owed(event: line.AnyEvent, secret: bytes) -> tuple[OweAftercare, ...]:
    """Whom care owes aftercare for what they did at the line, if they chose an hour for it.

    Under a name of the breach that is no help to whoever reads care's file beside the line's.
    """
    if not isinstance(event, line.LineAcknowledged):
        return ()
    return (OweAftercare(event.by, _press(secret, f"came {event.breach}", event.by)),)


def besides(people: People, state: CareState, now: Moment, person: str) -> frozenset[str]:
    """What `person` is at the line besides their roles: `CALLED`, `HELPER`, both or neither."""
    alerts = state.alerts.by_press.values()
    called = any(alert.end is None and is_called(state, alert, person) for alert in alerts)
    helps = any(_helps(alert, person) for alert in alerts) or any(
        person in with_them(people, state, owner, state.beside.with_of(owner, now))
        for owner in state.beside.withs
    )
    return frozenset({HELPER} if helps else ()) | frozenset({CALLED} if called else ())


def _helps(alert: Alert, person: str) -> bool:
    """Whether `person` said "coming" to an open call, or "I am with them" and it is not over."""
    if alert.end is None:
        return alert.coming == person and alert.may_come(person)
    return alert.end is End.ARRIVED and alert.ended_by == person


def _press(secret: bytes, key: str, person: str) -> str:
    said = hmac.new(secret, f"{key} {person}".encode(), sha256)
    return said.hexdigest()[:PRESS_LETTERS]
