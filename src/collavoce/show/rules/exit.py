"""The cue is a person: called into position, and told anew.

The person cue itself fires at its own trigger like any other; "not clear" keeps it back.
"""

from collavoce.following.estimate import Estimate, Music
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Cue
from collavoce.show.events import ExitCorrected, ExitStandby
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.exit_times import CORRECTION_S, UNSURE_LEAD, told_at, unknown_at
from collavoce.show.rules.sure import why_unsure
from collavoce.show.state import ExitState
from collavoce.units import Seconds


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
