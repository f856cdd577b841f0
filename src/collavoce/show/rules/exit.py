"""The cue is a person: called into position, told anew, in position or not clear.

The person cue itself fires at its own trigger like any other. Only "not clear" keeps it from
firing by itself; the hand still wins.
"""

from collavoce.following.estimate import Estimate, Music
from collavoce.show.actions.person import CallPerson
from collavoce.show.commands import Acknowledge, NotClear
from collavoce.show.cues import Cue
from collavoce.show.events import (
    ExitAcknowledged,
    ExitCorrected,
    ExitNotClear,
    ExitStandby,
    Refused,
)
from collavoce.show.order import find
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.exit_times import CORRECTION_S, UNSURE_LEAD, told_at, unknown_at
from collavoce.show.rules.sure import why_unsure
from collavoce.show.state import ExitState
from collavoce.units import Seconds
from collavoce.words import say

REASON_LENGTH = 200
"""Characters of a "not clear"."""


def call_of(cue: Cue) -> CallPerson | None:
    """The person `cue` calls; a cue calls at most one."""
    return next((action for action in cue.actions if isinstance(action, CallPerson)), None)


def foresee(draft: Draft, estimate: Estimate) -> None:
    """Call into position whoever is due, and tell anew those whose time has moved."""
    remaining = _remaining(draft, estimate)
    ended = draft.state.ended_at is not None
    calls = [(c, a) for c in draft.cues for a in c.actions if isinstance(a, CallPerson)]
    for cue, call in calls:
        if cue.number in draft.state.fired:
            continue
        way = draft.state.exits.get(cue.number)
        if way is None:
            _call(draft, cue, call, estimate, remaining)
        elif remaining is not None and (ended or _foretells(estimate)):
            _correct(draft, cue.number, way, draft.now + remaining)
    stand(draft)


def stand(draft: Draft) -> None:
    """Take back every predicted time once the music has stood too long to have one."""
    state = draft.state
    if state.music is not Music.HELD:
        return
    for cue, way in state.exits.items():
        told = way.off_at is not None and cue not in state.fired
        if told and draft.now >= unknown_at(state, way):
            draft.tell(ExitCorrected(at=draft.now, cue=cue, off_at=None))


def _remaining(draft: Draft, estimate: Estimate) -> Seconds | None:
    """Seconds until the last onset; after the end that onset recedes into the past."""
    if draft.state.ended_at is not None:
        return Seconds(draft.state.ended_at - draft.now)
    if estimate.state in (Music.WAITING, Music.LOST):
        return None
    return estimate.remaining


def _foretells(estimate: Estimate) -> bool:
    """Sure enough to send a person: not on the landing of a jump, which the next onset proves."""
    return estimate.state is not Music.JUMPED and why_unsure(estimate) is None


def _call(
    draft: Draft, cue: Cue, call: CallPerson, estimate: Estimate, remaining: Seconds | None
) -> None:
    sure = estimate.state is Music.HELD or _foretells(estimate)
    lead = call.lead if sure or draft.state.ended_at is not None else call.lead * UNSURE_LEAD
    if remaining is None or remaining > lead:
        return
    seat = draft.show.seats.get(call.seat)
    draft.tell(
        ExitStandby(
            at=draft.now,
            cue=cue.number,
            seat=call.seat,
            person=seat.person if seat else None,
            exit=call.exit,
            off_at=draft.now + remaining,
        )
    )


def _correct(draft: Draft, cue: str, way: ExitState, off_at: float) -> None:
    moved = way.off_at is None or abs(off_at - way.off_at) > CORRECTION_S
    if moved and draft.now - told_at(way) >= CORRECTION_S:
        draft.tell(ExitCorrected(at=draft.now, cue=cue, off_at=off_at))


def acknowledge(draft: Draft, command: Acknowledge) -> Refused | None:
    """The person is in position."""
    refused = _may_speak(draft, command.cue, command.person)
    if refused is not None:
        return refused
    if draft.state.exits[command.cue].acknowledged_by != command.person:
        draft.tell(ExitAcknowledged(at=draft.now, cue=command.cue, person=command.person))
    return None


def not_clear(draft: Draft, command: NotClear) -> Refused | None:
    """The person is not in position, and says why."""
    reason = command.reason.strip()
    if not reason or len(reason) > REASON_LENGTH:
        return Refused(say("show.refused.reason", limit=REASON_LENGTH))
    refused = _may_speak(draft, command.cue, command.person)
    if refused is not None:
        return refused
    draft.tell(ExitNotClear(at=draft.now, cue=command.cue, person=command.person, reason=reason))
    return None


def _may_speak(draft: Draft, cue_number: str, person: str) -> Refused | None:
    """Only whoever holds the seat speaks for it, or the caller who heard them say so."""
    cue = find(draft.show, cue_number)
    if cue is None:
        return Refused(say("show.refused.unknown_cue", cue=cue_number))
    if call_of(cue) is None:
        return Refused(say("show.refused.no_person", cue=cue_number))
    way = draft.state.exits.get(cue_number)
    if way is None:
        return Refused(say("show.refused.not_called", cue=cue_number))
    if way.person is None:
        return Refused(say("show.refused.seat_empty", cue=cue_number, seat=way.seat))
    if person != way.person:
        return Refused(say("show.refused.other_seat", cue=cue_number, seat=way.seat))
    speaker = draft.show.people.get(draft.by)
    calls = draft.by == "caller" or (speaker is not None and "caller" in speaker.roles)
    if draft.by != person and not calls:
        return Refused(say("show.refused.other_person", cue=cue_number))
    return None
