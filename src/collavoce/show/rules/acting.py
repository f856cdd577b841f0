"""What is done to cues under way, by a hand or by a cue: ended, paused, resumed.

One event for each cue, a group's members after it: who plays sounds and draws lights knows no
groups.
"""

from collections.abc import Iterable
from dataclasses import replace

from collavoce.show.actions.others import ActOn, What
from collavoce.show.events import CueHalted, CuePaused, CueResumed
from collavoce.show.rules.draft import Draft
from collavoce.show.running.under_way import UnderWay


def act_on(draft: Draft, action: ActOn, by: str, but: str = "") -> bool:
    """Do it to the cues named, or to all under way `but` one; whether there was anything to do."""
    told = len(draft.events)
    for cue in _named(draft, action, but):
        match action.what:
            case What.PAUSE:
                if _goes_on(draft, cue):
                    draft.tell(CuePaused(at=draft.now, cue=cue, by=by))
            case What.RESUME:
                if _stands(draft, cue):
                    draft.tell(CueResumed(at=draft.now, cue=cue, by=by))
            case What.STOP:
                if UnderWay(draft.state).holds(cue, draft.now):
                    draft.tell(CueHalted(at=draft.now, cue=cue, by=by, freeze=True))
            case What.FADE:
                if UnderWay(draft.state).holds(cue, draft.now) or cue in _lighting(draft):
                    draft.tell(CueHalted(at=draft.now, cue=cue, by=by, fade=action.within))
    return len(draft.events) > told


def on_one(draft: Draft, cue: str, what: What, within: float = 0.0) -> bool:
    """Do it to one cue; whether there was anything to do."""
    action = ActOn(what, (cue,))
    return act_on(draft, replace(action, within=within), draft.by)


def _named(draft: Draft, action: ActOn, but: str) -> list[str]:
    state = draft.state
    everything = [*state.running, *state.waiting, *state.paused]
    if action.what is What.FADE:
        everything += sorted(_lighting(draft))
    named: Iterable[str] = action.cues or (cue for cue in everything if cue != but)
    return list(dict.fromkeys(cue for one in named for cue in (one, *_members(draft, one))))


def _members(draft: Draft, cue: str) -> Iterable[str]:
    """The members under way of a group under way, and theirs. A circle ends where it began."""
    seen: dict[str, None] = {}
    left = [cue]
    while left:
        run = draft.state.running.get(left.pop())
        new = [one for one in (run.members if run is not None else ()) if one not in seen]
        seen |= dict.fromkeys(new)
        left += new
    return seen


def _lighting(draft: Draft) -> set[str]:
    return set(draft.state.owners.values())


def _goes_on(draft: Draft, cue: str) -> bool:
    state = draft.state
    run = state.running.get(cue)
    runs = run is not None and run.paused_at is None and UnderWay(state).holds(cue, draft.now)
    return runs or cue in state.waiting


def _stands(draft: Draft, cue: str) -> bool:
    run = draft.state.running.get(cue)
    return cue in draft.state.paused or (run is not None and run.paused_at is not None)
