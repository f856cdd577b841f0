"""What people ask for: go and the pointer, hold and stop, numbers and notes. A hand always wins."""

import math

from collavoce.show import commands as c
from collavoce.show import events as e
from collavoce.show.order import end_cues, position, standby_before
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.inward import begin_from
from collavoce.show.rules.named import here
from collavoce.show.rules.turn import TURNS, Asker, Turn
from collavoce.show.rules.waits import settle
from collavoce.show.setlist.tonight import next_number, number_tonight
from collavoce.show.told.event import Cause
from collavoce.words import say

NOTE_LENGTH = 500
"""Characters of a timed note; longer is a letter and belongs elsewhere."""

FADE_LONGEST_S = 600.0
"""Of a stop. A longer fade is a typing mistake, and a stop must be seen to work."""


def start_number(draft: Draft, command: c.StartNumber) -> e.Refused | None:
    """Make a number the current one; one that is struck out too, where a hand says so."""
    number = command.number or next_number(draft.show, draft.state)
    if number is None:
        return e.Refused(say("setlist.refused.past_last"))
    if number_tonight(draft.show, draft.state, number) is None:
        return e.Refused(say("show.refused.unknown_number", number=number))
    draft.tell(e.NumberStarted(at=draft.now, number=number))
    return None


def go(draft: Draft, command: c.Go) -> e.Refused | None:
    """Fire what is in standby, held or not."""
    state = draft.state
    if state.number is None:
        return e.Refused(say("show.refused.no_number"))
    since = None if state.last_go_at is None else draft.now - state.last_go_at
    if since is not None and since < draft.show.guard:
        return e.Refused(say("show.refused.deaf", left=_tenths(draft.show.guard - since)))
    if state.pointer is None:
        return e.Refused(say("show.refused.past_last"))
    if command.cue is not None and command.cue != state.pointer:
        return e.Refused(say("show.refused.moved", cue=command.cue, standby=state.pointer))
    cue = here(draft, state.pointer)
    if isinstance(cue, e.Refused):
        return cue
    what, why = draft.obstacle(cue)
    turn = TURNS[what, Asker.MEANT if command.override else Asker.HAND]
    if turn is Turn.REFUSED:
        return e.Refused(say("show.refused.kept_back", cue=cue.number, why=why))
    if turn is Turn.RECORDED:
        draft.tell(e.StandbyOverridden(at=draft.now, cue=cue.number, by=draft.by, why=why))
    draft.fire(cue, Cause.HAND, draft.by, quarter=command.quarter)
    settle(draft)
    return None


def _tenths(seconds: float) -> str:
    """Seconds for a person, rounded up: after that long it works."""
    return f"{math.ceil(seconds * 10) / 10:.1f}"


def point_to(draft: Draft, command: c.PointTo) -> e.Refused | None:
    """Move the standby."""
    cue = here(draft, command.cue)
    if isinstance(cue, e.Refused):
        return cue
    draft.point(cue.number, draft.by)
    return None


def back(draft: Draft, _command: c.Back) -> e.Refused | None:
    """Move the standby to the cue before."""
    before = standby_before(draft.cues, position(draft.show, draft.cues, draft.state.pointer))
    if before is None:
        return e.Refused(say("show.refused.before_first"))
    draft.point(before, draft.by)
    return None


def go_to(draft: Draft, command: c.GoTo) -> e.Refused | None:
    """Begin anew from a cue: it and those after it may fire by themselves, those before not."""
    cue = here(draft, command.cue)
    if isinstance(cue, e.Refused):
        return cue
    begin_from(draft, cue, draft.by)
    return None


def hold(draft: Draft, _command: c.Hold) -> None:
    """Nothing fires by itself any more."""
    if not draft.state.held:
        draft.tell(e.ShowHeld(at=draft.now, by=draft.by))


def resume(draft: Draft, _command: c.Resume) -> None:
    """Things fire by themselves again."""
    if draft.state.held:
        draft.tell(e.ShowResumed(at=draft.now, by=draft.by))
        settle(draft)


def stop(draft: Draft, command: c.Stop) -> e.Refused | None:
    """Everything fades, nothing is under way; asked again before the fade is over, all is cut.

    Told each time: it must be seen to work.
    """
    if not 0 <= command.fade <= FADE_LONGEST_S:
        return e.Refused(say("show.refused.fade", limit=f"{FADE_LONGEST_S:.0f}"))
    stopping = draft.state.stopping
    hard = command.fade == 0 or (stopping is not None and draft.now < stopping)
    fade = 0.0 if hard else command.fade
    draft.tell(e.ShowStopped(at=draft.now, by=draft.by, fade=fade, hard=hard))
    return None


def follow(draft: Draft, command: c.Follow) -> None:
    """Let the follower fire, or not; end cues it had set under way go back to the caller."""
    if command.on == draft.state.follow:
        return
    draft.tell(e.FollowSwitched(at=draft.now, on=command.on, by=draft.by))
    if command.on:
        return
    for _, cue in end_cues(draft.cues):
        if cue.number in draft.state.waiting:
            draft.offer(cue, say("show.offered.follow_off"))


def mark_note(draft: Draft, command: c.MarkNote) -> e.Refused | None:
    """Keep a timed note."""
    text = command.text.strip()
    if not text or len(text) > NOTE_LENGTH:
        return e.Refused(say("show.refused.note", limit=NOTE_LENGTH))
    draft.tell(e.NoteMarked(at=draft.now, text=text, by=draft.by))
    return None
