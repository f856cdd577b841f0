"""What follows from a command, or why it is refused: the door to every rule of care.

In: the people of the show, the state, a command, the moment. Out: events, or `Refused` in words
for the person who asked, or `Unseen`, both at once. A command that asks for what is already so is
answered with no events: asking twice is safe, whatever the network does.

The rules themselves stand in `rules`, a file for each noun.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any

from collavoce.care.commands import (
    AftercareCommand,
    AnyCommand,
    ButtonCommand,
    CheckInCommand,
    CircleCommand,
    Climb,
    CompanyCommand,
    FoundCommand,
    HelperCommand,
    KeyCommand,
    LeaveCommand,
    LettersCommand,
    MeetsCommand,
    MessageCommand,
    NotesCommand,
    PairingCommand,
    PresserCommand,
    SongCommand,
    TermsCommand,
)
from collavoce.care.events import Decision
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.rules.admitting import admit
from collavoce.care.rules.aftercare import decide_aftercare
from collavoce.care.rules.beside import decide_beside
from collavoce.care.rules.call import climb, decide_call
from collavoce.care.rules.checkin import decide_checkin
from collavoce.care.rules.circle import decide_circle, decide_terms
from collavoce.care.rules.found import decide_found
from collavoce.care.rules.leave import decide_leave
from collavoce.care.rules.letters import decide_letters
from collavoce.care.rules.meets import decide_meets
from collavoce.care.rules.message import decide_message
from collavoce.care.rules.notes import decide_notes
from collavoce.care.rules.press import decide_press
from collavoce.care.rules.recovering import keep_keys
from collavoce.care.rules.song import decide_song
from collavoce.care.state import CareState
from collavoce.care.states.alert import Alert
from collavoce.care.states.buttons import settle

Rule = Callable[[People, CareState, Any, Moment], Decision]

QUIET: tuple[tuple[Any, Rule], ...] = (
    (AftercareCommand, decide_aftercare),
    (CheckInCommand, decide_checkin),
    (FoundCommand, decide_found),
    (LeaveCommand, decide_leave),
    (MeetsCommand, decide_meets),
    (LettersCommand, decide_letters),
    (SongCommand, decide_song),
    (NotesCommand, decide_notes),
)
"""The nouns of the quiet half: whose commands, by which rules."""


def decide(people: People, state: CareState, command: AnyCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    assert isfinite(now), "a clock that says no number"
    if isinstance(command, Climb):
        return climb(state, command, now)
    if isinstance(command, PresserCommand):
        return decide_press(people, state, command, now)
    if isinstance(command, HelperCommand):
        return decide_call(state, command, now)
    if isinstance(command, MessageCommand):
        return decide_message(state, command, now)
    if isinstance(command, CompanyCommand):
        return decide_beside(people, state, command, now)
    if isinstance(command, CircleCommand):
        return decide_circle(people, state, command, now)
    if isinstance(command, TermsCommand):
        return decide_terms(people, state, command, now)
    if isinstance(command, KeyCommand):
        return keep_keys(state, command, now)
    if isinstance(command, ButtonCommand):
        return settle(people, state.buttons, command, now)
    if isinstance(command, PairingCommand):
        return admit(people, state.pairings, command, now)
    rule = next(rule for kind, rule in QUIET if isinstance(command, kind))
    return rule(people, state, command, now)


def due(state: CareState, now: Moment) -> tuple[Climb, ...]:
    """The ladders whose next rung's time has come, the longest waiting first."""
    late = [a for a in state.alerts.by_press.values() if a.climbing and a.climbs_at() <= now]
    return tuple(Climb(a.press) for a in sorted(late, key=Alert.climbs_at))


def next_due(state: CareState) -> Moment | None:
    """When `due` will next have something; None while nothing climbs."""
    return min((a.climbs_at() for a in state.alerts.by_press.values() if a.climbing), default=None)
