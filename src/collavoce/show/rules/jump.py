"""The music is elsewhere at once: because the player went there, or because somebody says so."""

from collavoce.following.estimate import Estimate, Jump
from collavoce.show.cues import AfterJump, Cue
from collavoce.show.events import CueDropped, MusicJumped, MusicPlaced
from collavoce.show.order import places, standby_after_jump
from collavoce.show.rules.ahead import unmet
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.reached import REACHED, SAME_PLACE, Meeting, Outcome, leave
from collavoce.show.told.event import Cause
from collavoce.words import say


def jump(draft: Draft, estimate: Estimate, gone: Jump) -> None:
    """What a jump leads to. What a jump back arms again is `evolve`'s: it must replay.

    Cues that are tracked wait until the landing is sure; `hear` puts the stage right then.
    """
    unmet(draft, gone)
    draft.tell(_told(draft, gone))
    for place, cue in places(cue for cue in draft.cues if cue.number in draft.state.armed):
        if not gone.origin < place < gone.target - SAME_PLACE:
            continue
        if gone.placed_by:
            _placed_behind(draft, cue)
        else:
            _leap_over(draft, cue, estimate)
    # With follow off the caller leads; the standby does not move under their finger.
    if draft.state.follow and gone.target != gone.origin:
        draft.point(standby_after_jump(draft.cues, gone.target), draft.by)


def _told(draft: Draft, gone: Jump) -> MusicJumped | MusicPlaced:
    at, origin, target = draft.now, gone.origin, gone.target
    if gone.placed_by:
        return MusicPlaced(at=at, origin=origin, target=target, by=gone.placed_by)
    return MusicJumped(at=at, origin=origin, target=target)


def _leap_over(draft: Draft, cue: Cue, estimate: Estimate) -> None:
    if cue.skipped is AfterJump.DROP:
        _drop(draft, cue)
    elif cue.skipped is AfterJump.OFFER:
        _offer(draft, cue)
    elif cue.skipped is AfterJump.FIRE:
        may, why = leave(draft, cue, estimate)
        outcome = REACHED[may, Meeting.NOW]
        if outcome is Outcome.FIRE:
            draft.fire(cue, Cause.JUMP, draft.by, estimate)
        elif outcome is Outcome.OFFER:
            draft.offer(cue, why)


def _placed_behind(draft: Draft, cue: Cue) -> None:
    """A finger that drags the place fires nothing: what its policy would fire is offered.

    What fired before the follower went astray is not offered a second time.
    """
    if cue.skipped is AfterJump.TRACK:
        return
    if cue.skipped is AfterJump.DROP or cue.number in draft.state.fired:
        _drop(draft, cue)
    else:
        _offer(draft, cue)


def _drop(draft: Draft, cue: Cue) -> None:
    draft.tell(CueDropped(at=draft.now, cue=cue.number, why=say("show.dropped.jumped")))


def _offer(draft: Draft, cue: Cue) -> None:
    """In a hold too: whatever the policy fires, it is a hand that does."""
    draft.offer(cue, say("show.offered.jumped"), stays=True)
