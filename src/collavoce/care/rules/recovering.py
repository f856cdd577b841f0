"""A lost phone, and no code on paper: two of the circle let the new one in.

    the owner names the holders           -> any two of them, each agreed and of the circle
    a phone waits, a holder compares      -> vouched for
    a second holder compares              -> theirs
    the owner's own phone says no         -> forgotten, as ever
    ten minutes, or a holder has left     -> what they said counts no more

Whoever is no holder of a person is answered as if nobody waited. A holder who was dropped from the
circle, or left it, is none in that moment.
"""

from collavoce.care.commands import GiveShares, KeyCommand, SetRouting, Vouch
from collavoce.care.events import (
    Decision,
    RecoveryVouched,
    Refused,
    RoutingSet,
    SharesGiven,
)
from collavoce.care.ladder import Moment
from collavoce.care.rules.admitting import paired
from collavoce.care.state import CareState
from collavoce.care.states.keys import HOLDERS_NEEDED, RecoveryAsked
from collavoce.words import say


def keep_keys(state: CareState, command: KeyCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    match command:
        case SetRouting():
            if command.on is (command.owner not in state.keys.declined):
                return ()
            return (RoutingSet(now, command.owner, command.on),)
        case GiveShares():
            return _give(state, command, now)
        case Vouch():
            return _vouch(state, command, now)


def holders_of(state: CareState, person: str) -> frozenset[str]:
    """Who may let a phone of `person` in now: named by them, agreed, still of the circle."""
    agreed = frozenset(state.circles.agreed(person))
    return agreed.intersection(state.keys.holders.get(person, ()))


def asked_of(state: CareState, holder: str, now: Moment) -> tuple[RecoveryAsked, ...]:
    """The phones that wait, and of whose persons `holder` is a holder."""
    return tuple(
        RecoveryAsked(
            waiting.person,
            device,
            waiting.number,
            holder in state.keys.vouches.get(device, frozenset()),
        )
        for device, waiting in state.pairings.waiting.items()
        if waiting.good_at(now) and holder in holders_of(state, waiting.person)
    )


def _give(state: CareState, command: GiveShares, now: Moment) -> Decision:
    if state.keys.holders.get(command.person, ()) == command.holders:
        return ()
    agreed = state.circles.agreed(command.person)
    named = set(command.holders)
    enough = not named or HOLDERS_NEEDED <= len(named) == len(command.holders)
    if not enough or not named.issubset(agreed):
        return Refused(say("care_keys.refused.holders"))
    return (SharesGiven(now, command.person, command.holders),)


def _vouch(state: CareState, command: Vouch, now: Moment) -> Decision:
    waiting = state.pairings.waits(command.device, now)
    if waiting is None or command.by not in holders_of(state, waiting.person):
        return Refused(say("care.refused.wait_over"))
    if waiting.number != command.number:
        return Refused(say("care_keys.refused.number"))
    before = state.keys.vouches.get(command.device, frozenset())
    vouched = (
        ()
        if command.by in before
        else (RecoveryVouched(now, waiting.person, command.device, command.by),)
    )
    standing = (before | {command.by}) & holders_of(state, waiting.person)
    if len(standing) < HOLDERS_NEEDED:
        return vouched
    return (*vouched, *paired(state.pairings, command.device, now, by=""))
