"""What fires because time has passed: after-cues and end cues under way."""

from collavoce.following.estimate import Music
from collavoce.show.cues import Cue
from collavoce.show.event import Cause
from collavoce.show.events import CueDropped
from collavoce.show.order import find
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.exit_times import unknown_at
from collavoce.show.state import ShowState
from collavoce.show.triggers import AfterCue
from collavoce.units import Instant
from collavoce.words import say


def next_due(state: ShowState) -> Instant | None:
    """The next instant at which a Tick has something to do; None while there is none."""
    if state.closed:
        return None
    due = [] if state.held else list(state.waiting.values())
    if state.music is Music.HELD:
        due += [
            unknown_at(state, way)
            for cue, way in state.exits.items()
            if way.off_at is not None and cue not in state.fired
        ]
    return Instant(min(due)) if due else None


def settle(draft: Draft) -> None:
    """Fire what is due, and at once what follows that without a wait.

    Each cue at most once in one decision: whatever the folder says, a decision ends.
    """
    done: set[str] = set()
    while not draft.state.held and (number := _first_due(draft, done)) is not None:
        done.add(number)
        cue = find(draft.show, number)
        if cue is None:
            why = say("show.dropped.unknown", cue=number)
            draft.tell(CueDropped(at=draft.now, cue=number, why=why))
        else:
            _due(draft, cue)


def _first_due(draft: Draft, done: set[str]) -> str | None:
    due = [
        (when, number)
        for number, when in draft.state.waiting.items()
        if when <= draft.now and number not in done
    ]
    if not due:
        return None
    ranks = {
        cue.number: rank
        for rank, cue in enumerate(c for number in draft.show.numbers for c in number.cues)
    }
    return min(due, key=lambda one: (one[0], ranks.get(one[1], -1)))[1]


def _due(draft: Draft, cue: Cue) -> None:
    why = draft.not_clear(cue)
    if why is not None:
        draft.offer(cue, why)
    elif isinstance(cue.trigger, AfterCue):
        draft.fire(cue, Cause.AFTER, by=cue.trigger.cue)
    else:
        draft.fire(cue, Cause.END, by=draft.by)
