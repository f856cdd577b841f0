"""The state of care: a fold over its events and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from collavoce.care.events import (
    AftercareEvent,
    AlertEvent,
    AnyEvent,
    BackSaid,
    ButtonEvent,
    CareOpened,
    CheckInEvent,
    CircleEvent,
    CircleSet,
    CompanyEvent,
    ConsentRefused,
    FoundEvent,
    InvitationMade,
    KeyEvent,
    LadderSet,
    LeaveEvent,
    LetterDelivered,
    LettersEvent,
    MeetsEvent,
    MessageEnded,
    MessageTried,
    NearSet,
    NoteSent,
    NotesEvent,
    PairingEvent,
    SongEvent,
    TermsEvent,
)
from collavoce.care.states.aftercare import Aftercare
from collavoce.care.states.alert import Alert
from collavoce.care.states.alerts import Alerts
from collavoce.care.states.beside import Beside
from collavoce.care.states.buttons import Buttons
from collavoce.care.states.checkin import CheckIns
from collavoce.care.states.circle import Circles
from collavoce.care.states.found import Found
from collavoce.care.states.keys import Keys
from collavoce.care.states.leave import Leaves
from collavoce.care.states.letters import Letters
from collavoce.care.states.meets import Meets
from collavoce.care.states.notes import Notes
from collavoce.care.states.pairing import Pairings
from collavoce.care.states.song import Songs
from collavoce.care.states.terms import AllTerms


@dataclass(frozen=True, slots=True)
class CareState:
    """What is true now. boot: the start of the machine that moments count from."""

    boot: str = ""
    last_at: float = 0.0
    pairings: Pairings = field(default_factory=Pairings)
    circles: Circles = field(default_factory=Circles)
    terms: AllTerms = field(default_factory=AllTerms)
    beside: Beside = field(default_factory=Beside)
    alerts: Alerts = field(default_factory=Alerts)
    keys: Keys = field(default_factory=Keys)
    buttons: Buttons = field(default_factory=Buttons)
    aftercare: Aftercare = field(default_factory=Aftercare)
    checkins: CheckIns = field(default_factory=CheckIns)
    found: Found = field(default_factory=Found)
    meets: Meets = field(default_factory=Meets)
    leaves: Leaves = field(default_factory=Leaves)
    letters: Letters = field(default_factory=Letters)
    notes: Notes = field(default_factory=Notes)
    songs: Songs = field(default_factory=Songs)


TABLES: tuple[tuple[Any, str], ...] = (
    (KeyEvent, "keys"),
    (ButtonEvent, "buttons"),
    (AftercareEvent, "aftercare"),
    (CheckInEvent, "checkins"),
    (FoundEvent, "found"),
    (SongEvent, "songs"),
    (MeetsEvent, "meets"),
)
"""Events that one table alone follows from."""


def evolve(state: CareState, event: AnyEvent) -> CareState:
    """What is true after `event`; never refuses, never acts."""
    if isinstance(event, CareOpened):
        return _opened(state, event)
    state = replace(state, last_at=event.at)
    if isinstance(event, AlertEvent):
        return _called(state, event)
    if isinstance(event, CompanyEvent):
        if isinstance(event, BackSaid):
            state = _told(replace(state, leaves=state.leaves.evolve(event)), event)
        return replace(state, beside=state.beside.evolve(event))
    if isinstance(event, LeaveEvent):
        return _told(replace(state, leaves=state.leaves.evolve(event)), event)
    if isinstance(event, PairingEvent):
        return replace(
            state,
            pairings=state.pairings.evolve(event),
            keys=state.keys.after_pairing(event),
        )
    if isinstance(event, LettersEvent | NotesEvent):
        return _written(state, event)
    if isinstance(event, CircleEvent | TermsEvent):
        return _settled(state, event)
    table = next(name for kind, name in TABLES if isinstance(event, kind))
    return replace(state, **{table: getattr(state, table).evolve(event)})


def _called(state: CareState, event: AlertEvent) -> CareState:
    if isinstance(event, MessageTried | MessageEnded):
        state = replace(
            state,
            beside=state.beside.messaged(event),
            aftercare=state.aftercare.messaged(event),
            notes=state.notes.messaged(event),
        )
    alert = state.alerts.by_press.get(event.press)
    return replace(
        state,
        alerts=state.alerts.evolve(event),
        aftercare=state.aftercare.called(event, alert),
    )


def _written(state: CareState, event: LettersEvent | NotesEvent) -> CareState:
    if isinstance(event, LettersEvent):
        state = replace(state, letters=state.letters.evolve(event))
    else:
        state = replace(state, notes=state.notes.evolve(event))
    return _told(state, event)


def _told(state: CareState, event: AnyEvent) -> CareState:
    """What somebody wrote, or said of themself, and for whom something waits since."""
    signs = state.letters.signs_by(event)
    waits = [(sign.friend, sign.owner, event.at) for sign in signs]
    match event:
        case LetterDelivered():
            waits.append((event.person, event.writer, event.at))
        case NoteSent():
            waits.append((event.reader, event.owner, event.at + event.after))
        case InvitationMade():
            waits.append((event.friend, event.owner, event.at))
        case _:
            pass
    return replace(state, letters=state.letters.signed(signs), notes=state.notes.begun(waits))


def _settled(state: CareState, event: CircleEvent | TermsEvent) -> CareState:
    """Whoever is dropped, kept away or leaves drops out of every open alert in the same moment."""
    if isinstance(event, CircleEvent | LadderSet):
        state = replace(state, circles=state.circles.evolve(event))
    if isinstance(event, TermsEvent):
        state = replace(state, terms=state.terms.evolve(event))
    alerts = state.alerts
    for owner, trusted in _out(state, event):
        alerts = alerts.without(owner, trusted, event.at)
    return replace(state, alerts=alerts)


def _out(state: CareState, event: CircleEvent | TermsEvent) -> Iterator[tuple[str, str]]:
    """Who may be called for whom no more. Nobody comes in by this: an alert keeps its order."""
    if isinstance(event, ConsentRefused):
        yield event.owner, event.trusted
    elif isinstance(event, CircleSet | LadderSet | NearSet):
        for alert in state.alerts.open_all(event.owner):
            for trusted in filter(None, (*alert.order, alert.last)):
                if _is_out(event, alert, trusted):
                    yield event.owner, trusted


def _is_out(event: CircleSet | LadderSet | NearSet, alert: Alert, trusted: str) -> bool:
    match event:
        case CircleSet():
            return trusted in alert.order and trusted not in event.order
        case LadderSet():
            return trusted == alert.last and trusted != event.last_resort
        case NearSet():
            return not event.near.admits(trusted)


def _opened(state: CareState, event: CareOpened) -> CareState:
    """A restart of the process changes nothing; a restart of the machine moves every moment.

    The monotonic clock begins again at the machine's start. What is known is how old everything
    was at the last record; with that record moved to the new clock's zero, the age of a press is
    what it was then plus the time this machine is up. The truth is more by as long as the
    machine was off, so a step can be late by that much, and never early.
    """
    if event.boot == state.boot and event.at >= state.last_at:
        return replace(state, last_at=event.at)
    return replace(
        state,
        boot=event.boot,
        last_at=event.at,
        pairings=state.pairings.after_reboot(),
        alerts=state.alerts.shifted(-state.last_at),
        beside=state.beside.shifted(-state.last_at),
        aftercare=state.aftercare.shifted(-state.last_at),
        notes=state.notes.shifted(-state.last_at),
        leaves=state.leaves.shifted(-state.last_at),
        checkins=state.checkins.shifted(-state.last_at),
        found=state.found.shifted(-state.last_at),
    )
