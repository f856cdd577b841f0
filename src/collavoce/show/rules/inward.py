"""What a cue that fires does to the show itself, within the same decision: a table."""

from zlib import crc32

from collavoce.show import events as e
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.go_to import MoveTo
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.memo import Remind
from collavoce.show.actions.others import ActOn
from collavoce.show.actions.timer import RunTimer
from collavoce.show.cues import Cue
from collavoce.show.folds.numbers import armed_of
from collavoce.show.order import find, position
from collavoce.show.rules.acting import act_on
from collavoce.show.rules.draft import Draft, Inward
from collavoce.show.rules.edits import switch
from collavoce.show.rules.timers import set_going
from collavoce.show.rules.tracking import track_before
from collavoce.show.running.lasting import comes_after
from collavoce.show.told.event import Cause
from collavoce.words import say


def asked_by(cue: Cue) -> str:
    """How the log names a cue that asks for something."""
    return say("show.by_cue", cue=cue.number)


def fire_group(draft: Draft, cue: Cue, group: FireGroup) -> None:
    """Bring the members that come at once; in a hold too, for they come with their group.

    What comes later waits, and in a hold stands still.
    """
    if group.order is Order.RANDOM:
        chosen = choose(draft, cue.number, group.cues)
        _bring(draft, cue, () if chosen is None else (chosen,))
    elif group.order is Order.SEQUENCE:
        _bring(draft, cue, group.cues[:1])
    else:
        at_once = (member for member, wait in comes_after(group).items() if wait == 0)
        _bring(draft, cue, tuple(at_once))


def _bring(draft: Draft, cue: Cue, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        member = find(draft.show, number)
        if member is not None and number not in draft.brought:
            draft.brought.add(number)
            draft.come(member, Cause.GROUP, cue.number)


def choose(draft: Draft, group: str, cues: tuple[str, ...]) -> str | None:
    """One of those that have fired least and are armed; which, the instant says.

    The same instant chooses the same: a performance that is played again is the same one.
    """
    known = [one for one in cues if one not in draft.state.edited.disarmed]
    times = {one: draft.state.fired[one].times if one in draft.state.fired else 0 for one in known}
    least = [one for one in known if times[one] == min(times.values())]
    return least[crc32(f"{group} {draft.now!r}".encode()) % len(least)] if least else None


def move_to(draft: Draft, cue: Cue, action: MoveTo) -> None:
    """The caller's go to, by a cue."""
    target = find(draft.show, action.cue)
    if target is not None and target in draft.cues:
        begin_from(draft, target, asked_by(cue))


def begin_from(draft: Draft, cue: Cue, by: str) -> None:
    """Begin anew from `cue`: it and those after it may fire by themselves, those before not."""
    onwards = draft.cues[position(draft.show, draft.cues, cue.number) :]
    draft.tell(e.CuesArmed(at=draft.now, cues=armed_of(onwards), by=by))
    draft.point(cue.number, by)
    track_before(draft, cue.number)


def switch_cues(draft: Draft, cue: Cue, action: SwitchCues) -> None:
    """Arm cues, or disarm them."""
    switch(draft, action.cues, on=action.on, by=asked_by(cue))


def remind(draft: Draft, cue: Cue, action: Remind) -> None:
    """Words for the caller, kept like a note."""
    draft.tell(e.NoteMarked(at=draft.now, text=action.text, by=asked_by(cue)))


def run_timer(draft: Draft, cue: Cue, action: RunTimer) -> None:
    """Start, pause or reset a timer."""
    set_going(draft, action, asked_by(cue))


def act_on_others(draft: Draft, cue: Cue, action: ActOn) -> None:
    """End, fade, pause or resume other cues."""
    act_on(draft, action, asked_by(cue), but=cue.number)


INWARD: Inward = {
    FireGroup: fire_group,
    MoveTo: move_to,
    SwitchCues: switch_cues,
    Remind: remind,
    RunTimer: run_timer,
    ActOn: act_on_others,
}
"""What each of these actions comes to. A wait only takes time; who is called into position was
called ahead of the cue, and who comes on with it; sounds are made ready by whoever plays them."""
