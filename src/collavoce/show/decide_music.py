"""The music has an estimate: jumps, places reached, the end.

A place cue is *reached* when the music stands at its place or behind it. What becomes of it then
is the table `REACHED`.
"""

from collections.abc import Mapping
from enum import StrEnum

from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.show.commands import Hear
from collavoce.show.cues import AfterJump, AtPlace, Cue
from collavoce.show.decide_exit import foresee
from collavoce.show.draft import Draft
from collavoce.show.events import (
    Cause,
    CueDropped,
    MusicChanged,
    MusicEnded,
    MusicJumped,
)
from collavoce.show.order import end_cues, places, standby_after_jump
from collavoce.show.sure import why_unsure
from collavoce.show.waits import settle
from collavoce.units import Quarters, Seconds
from collavoce.words import say

LATE_S = Seconds(2.0)
"""Behind its place by more than this, at the tempo played now, an offered cue stays with the
caller. About a bar of moderate 4/4: later a light no longer reads as belonging to its music."""

SLOWEST_BPM = 10.0
"""A tempo estimate below this says nothing about how long ago a place was."""

HOLD_LONGEST_S = Seconds(20.0)
"""Of a last chord. Its written length at the last tempo is a guess, and must not leave a stage
waiting."""

SAME_PLACE = 1e-6
"""Quarters. Tuplets add up in thirds on both sides of the comparison."""


class Leave(StrEnum):
    """Whether a cue that was reached may fire by itself."""

    SURE = "sure"
    UNSURE = "unsure"
    NOT_CLEAR = "not clear"
    STOPPED = "held, or follow off"


class Meeting(StrEnum):
    """How the music met the place."""

    NOW = "reached now"
    NEAR = "reached before, still near"
    FAR = "reached before, far behind"


class Outcome(StrEnum):
    """What becomes of a cue that was reached."""

    FIRE = "fires"
    OFFER = "is offered"
    WAIT = "waits"


REACHED: Mapping[tuple[Leave, Meeting], Outcome] = {
    (Leave.SURE, Meeting.NOW): Outcome.FIRE,
    (Leave.SURE, Meeting.NEAR): Outcome.FIRE,
    (Leave.SURE, Meeting.FAR): Outcome.OFFER,
    (Leave.UNSURE, Meeting.NOW): Outcome.OFFER,
    (Leave.UNSURE, Meeting.NEAR): Outcome.OFFER,
    (Leave.UNSURE, Meeting.FAR): Outcome.OFFER,
    (Leave.NOT_CLEAR, Meeting.NOW): Outcome.OFFER,
    (Leave.NOT_CLEAR, Meeting.NEAR): Outcome.OFFER,
    (Leave.NOT_CLEAR, Meeting.FAR): Outcome.OFFER,
    (Leave.STOPPED, Meeting.NOW): Outcome.WAIT,
    (Leave.STOPPED, Meeting.NEAR): Outcome.WAIT,
    (Leave.STOPPED, Meeting.FAR): Outcome.WAIT,
}
"""`is offered` is said once; `waits` says nothing and leaves the cue armed."""


def hear(draft: Draft, command: Hear) -> None:
    """What an estimate leads to."""
    estimate = command.estimate
    # A follower that is only now told of the new number may still speak of the one before.
    if draft.state.number is None or estimate.heard_at < draft.state.started_at:
        return
    rejoins = draft.state.rejoin
    if estimate.jump is not None:
        _jump(draft, estimate, estimate.jump)
    if rejoins or estimate.state is not draft.state.music:
        draft.tell(MusicChanged(at=draft.now, state=estimate.state, quarter=estimate.quarter))
    if estimate.state is not Music.WAITING:
        _reach(draft, estimate, rejoins=rejoins)
    if estimate.state is Music.ENDED and draft.state.ended_at is None:
        _end(draft, estimate)
    foresee(draft, estimate)
    settle(draft)


def _stopped(draft: Draft) -> bool:
    return draft.state.held or not draft.state.follow


def _leave(draft: Draft, cue: Cue, estimate: Estimate) -> tuple[Leave, str]:
    """May `cue` fire by itself, and if not, why in words."""
    if _stopped(draft):
        return Leave.STOPPED, ""
    unsure = why_unsure(estimate)
    if unsure is not None:
        return Leave.UNSURE, unsure
    not_clear = draft.not_clear(cue)
    if not_clear is not None:
        return Leave.NOT_CLEAR, not_clear
    return Leave.SURE, say("show.offered.far")


def _meeting(draft: Draft, cue: Cue, behind: Quarters, tempo: float, *, rejoins: bool) -> Meeting:
    if not rejoins and cue.number not in draft.state.offered:
        return Meeting.NOW
    late_s = behind * 60 / max(tempo, SLOWEST_BPM)
    return Meeting.FAR if late_s > LATE_S else Meeting.NEAR


def _armed_up_to(draft: Draft, quarter: float) -> list[Cue]:
    """Run for every estimate, so that the few cues reached are the only ones put in order."""
    armed = draft.state.armed
    return [
        cue
        for cue in draft.cues
        if isinstance(cue.trigger, AtPlace)
        and cue.trigger.quarter <= quarter
        and cue.number in armed
    ]


def _reach(draft: Draft, estimate: Estimate, *, rejoins: bool) -> None:
    for place, cue in places(_armed_up_to(draft, estimate.quarter + SAME_PLACE)):
        behind = Quarters(estimate.quarter - place)
        leave, why = _leave(draft, cue, estimate)
        meeting = _meeting(draft, cue, behind, estimate.tempo, rejoins=rejoins)
        outcome = REACHED[leave, meeting]
        if outcome is Outcome.FIRE:
            draft.fire(cue, Cause.FOLLOWER, draft.by, estimate)
        elif outcome is Outcome.OFFER:
            draft.offer(cue, why)


def _jump(draft: Draft, estimate: Estimate, jump: Jump) -> None:
    """The player went elsewhere. What a jump back re-arms is `evolve`'s: it must replay."""
    draft.tell(MusicJumped(at=draft.now, origin=jump.origin, target=jump.target))
    for place, cue in places(cue for cue in draft.cues if cue.number in draft.state.armed):
        if jump.origin < place < jump.target - SAME_PLACE:
            _leap_over(draft, cue, estimate)
    # With follow off the caller leads; the standby does not move under their finger.
    if draft.state.follow and jump.target != jump.origin:
        draft.point(standby_after_jump(draft.cues, jump.target), draft.by)


def _leap_over(draft: Draft, cue: Cue, estimate: Estimate) -> None:
    if cue.skipped is AfterJump.DROP:
        draft.tell(CueDropped(at=draft.now, cue=cue.number, why=say("show.dropped.jumped")))
        return
    leave, why = _leave(draft, cue, estimate)
    outcome = REACHED[leave, Meeting.NOW]
    if outcome is Outcome.FIRE:
        draft.fire(cue, Cause.JUMP, draft.by, estimate)
    elif outcome is Outcome.OFFER:
        draft.offer(cue, why)


def _end(draft: Draft, estimate: Estimate) -> None:
    """The music is over. End cues the follower may not set under way are offered instead.

    In a hold they are set under way: their waits stand still until Resume.
    """
    why = say("show.offered.follow_off") if not draft.state.follow else why_unsure(estimate)
    if why is not None:
        for _, cue in end_cues(draft.cues):
            if cue.number in draft.state.armed:
                draft.offer(cue, why)
    number = next(n for n in draft.show.numbers if n.id == draft.state.number)
    held_s = min(number.last_hold * 60 / max(estimate.tempo, SLOWEST_BPM), HOLD_LONGEST_S)
    draft.tell(MusicEnded(at=draft.now, quarter=estimate.quarter, held=held_s))
