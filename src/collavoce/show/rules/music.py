"""The music has an estimate: jumps, places reached, places foreseen, the end."""

from collavoce.following.estimate import Estimate, Music
from collavoce.show.commands import Hear
from collavoce.show.cues import AfterJump, Cue
from collavoce.show.events import MusicChanged, MusicEnded
from collavoce.show.order import end_cues, places
from collavoce.show.rules.ahead import look_ahead
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.exit import foresee
from collavoce.show.rules.jump import jump
from collavoce.show.rules.reached import REACHED, SAME_PLACE, Meeting, Outcome, leave
from collavoce.show.rules.sure import why_unsure
from collavoce.show.rules.tracking import (
    left_to_tracking,
    may_track,
    met_again,
    track_one,
    track_to,
)
from collavoce.show.rules.waits import settle
from collavoce.show.setlist.shortening import last_hold, shortened
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AtPlace
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


def hear(draft: Draft, command: Hear) -> None:
    """What an estimate leads to."""
    estimate = shortened(draft.show, draft.state, command.estimate)
    # A follower that is only now told of the new number may still speak of the one before.
    if draft.state.number is None or estimate.heard_at < draft.state.started_at:
        return
    rejoins = draft.state.rejoin
    if estimate.jump is not None:
        jump(draft, estimate, estimate.jump)
    if rejoins or estimate.state is not draft.state.music:
        draft.tell(MusicChanged(at=draft.now, state=estimate.state, quarter=estimate.quarter))
    if estimate.state is not Music.WAITING:
        _track(draft, estimate)
        _reach(draft, estimate, rejoins=rejoins or estimate.jump is not None)
        look_ahead(draft, estimate)
    if estimate.state is Music.ENDED and draft.state.ended_at is None:
        _end(draft, estimate)
    foresee(draft, estimate)
    settle(draft)


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
        if left_to_tracking(draft, cue):
            continue
        may, why = leave(draft, cue, estimate)
        meeting = _meeting(draft, cue, behind, estimate.tempo, rejoins=rejoins)
        outcome = REACHED[may, meeting]
        if outcome is Outcome.FIRE and met_again(draft, cue):
            track_one(draft, cue)
        elif outcome is Outcome.FIRE:
            draft.fire(cue, Cause.FOLLOWER, draft.by, estimate)
        elif outcome is Outcome.OFFER:
            draft.offer(cue, why)


def _track(draft: Draft, estimate: Estimate) -> None:
    """Put the stage right: after a jump, and where cues were passed while nothing could fire.

    What lies near behind still fires by itself; it is what lies far behind that is tracked.
    """
    if not may_track(draft, estimate):
        return
    near = LATE_S * max(estimate.tempo, SLOWEST_BPM) / 60
    place = max(draft.state.astray or 0.0, estimate.quarter - near)
    if draft.state.astray is not None or _passed_by(draft, place):
        track_to(draft, Quarters(place))


def _passed_by(draft: Draft, place: float) -> bool:
    """Whether a tracked cue was offered in doubt, and the music has left it far behind."""
    offered = draft.state.offered
    return bool(offered) and any(
        cue.skipped is AfterJump.TRACK and cue.number in offered
        for cue in _armed_up_to(draft, place)
    )


def _end(draft: Draft, estimate: Estimate) -> None:
    """The music is over. End cues the follower may not set under way are offered instead.

    In a hold they are set under way: their waits stand still until Resume.
    """
    unsure = say("show.offered.follow_off") if not draft.state.follow else why_unsure(estimate)
    for _, cue in end_cues(draft.cues):
        left = cue.number in draft.state.left_to_hand
        why = say("show.offered.again") if left else unsure
        if why is not None and cue.number in draft.state.armed:
            draft.offer(cue, why)
    hold = last_hold(draft.show, draft.state)
    held_s = min(hold * 60 / max(estimate.tempo, SLOWEST_BPM), HOLD_LONGEST_S)
    draft.tell(MusicEnded(at=draft.now, quarter=estimate.quarter, held=held_s))
