"""What happens because time has passed: cues are over, and waiting ones fire."""

from collavoce.following.estimate import Music
from collavoce.show.cues import Cue
from collavoce.show.events import CueDropped, CueEnded, CueOffered
from collavoce.show.order import cues_of, find, number_with, position
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.exit_times import unknown_at
from collavoce.show.running.under_way import UnderWay
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AfterCue
from collavoce.units import Instant
from collavoce.words import say


def next_due(state: ShowState) -> Instant | None:
    """The next instant at which a Tick has something to do; None while there is none.

    In a hold waits stand still; what is running is over when it is over.
    """
    if state.closed:
        return None
    due = [] if state.held else list(state.waiting.values())
    under_way = UnderWay(state)
    due += [
        run.until
        for cue, run in state.running.items()
        if run.until is not None and under_way.awaited(cue) and under_way.is_over(cue, run.until)
    ]
    if state.music is Music.HELD:
        due += [
            unknown_at(state, way)
            for cue, way in state.exits.items()
            if way.off_at is not None and cue not in state.fired
        ]
    return Instant(min(due)) if due else None


def settle(draft: Draft) -> None:
    """Tell what is over, fire what is due, and at once what follows that without a wait.

    Each cue at most once in one decision: one that comes round to itself without a wait is offered.
    Whatever the folder says, a decision ends, and nothing is due after it.
    """
    done: set[str] = set()
    while _end_one(draft) or _fire_one(draft, done):
        pass


def _end_one(draft: Draft) -> bool:
    now, under_way = draft.now, UnderWay(draft.state)
    for cue in draft.state.running:
        if under_way.awaited(cue) and under_way.is_over(cue, now):
            draft.tell(CueEnded(at=now, cue=cue))
            return True
    return False


def _fire_one(draft: Draft, done: set[str]) -> bool:
    number = None if draft.state.held else _first_due(draft)
    if number is None:
        return False
    cue = find(draft.show, number)
    if cue is None:
        why = say("show.dropped.unknown", cue=number)
        draft.tell(CueDropped(at=draft.now, cue=number, why=why))
    elif _is_over(draft, cue):
        why = say("show.dropped.number_over")
        draft.tell(CueDropped(at=draft.now, cue=number, why=why))
    elif number in done:
        draft.tell(CueOffered(at=draft.now, cue=number, why=say("show.offered.circle"), stays=True))
    else:
        done.add(number)
        draft.come(cue, *_why_due(draft, cue))
    return True


def _is_over(draft: Draft, cue: Cue) -> bool:
    """Whether the cue is of a number that is over: the first cue of the current one has fired.

    In a change-over what was under way still comes, lights out above all. Once the next number
    has fired anything, nothing of the one before changes the stage under it.
    """
    own = cues_of(draft.show, draft.state.number)
    if any(one.number == cue.number for one in own):
        return False
    return any(one.number in draft.state.fired for one in own)


def _first_due(draft: Draft) -> str | None:
    due = [(when, number) for number, when in draft.state.waiting.items() if when <= draft.now]
    if len(due) < 2:  # noqa: PLR2004  nothing to put in order
        return due[0][1] if due else None
    return min(due, key=lambda one: (one[0], _rank(draft, one[1])))[1]


def _rank(draft: Draft, cue: str) -> tuple[int, int]:
    """Where the cue stands in the running order; strangers first, they are only let go."""
    number = number_with(draft.show, cue)
    if number is None:
        return -1, -1
    return draft.show.numbers.index(number), position(draft.show, number.cues, cue)


def _why_due(draft: Draft, cue: Cue) -> tuple[Cause, str]:
    """What set the cue under way: a trigger before its pre-wait, a cue, the end, or its group."""
    begun = draft.state.begun.get(cue.number)
    if begun is not None:
        return begun.cause, begun.by
    group = draft.state.of_group.get(cue.number)
    if group is not None:
        return Cause.GROUP, group
    if isinstance(cue.trigger, AfterCue):
        return Cause.AFTER, cue.trigger.cue
    return Cause.END, draft.by
