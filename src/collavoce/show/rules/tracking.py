"""The stage is given what belongs where the music is.

Nothing fires: the last word of each cue behind on light, looped sound and arming is put there.
"""

from collections.abc import Iterable

from collavoce.following.estimate import Estimate
from collavoce.show.actions.action import Replay
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.levels import SetLevels
from collavoce.show.cues import AfterJump, Cue
from collavoce.show.order import cues_of
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.sure import why_unsure
from collavoce.show.told.tracking import StageTracked
from collavoce.show.tracking.behind import SAME_PLACE, at_once, before, behind, belongs
from collavoce.show.tracking.brought import with_those_they_bring
from collavoce.show.tracking.walk import Walk
from collavoce.show.triggers import AtPlace
from collavoce.units import Quarters

FADE_LONGEST_S = 2.0
"""Of a stage that is put right: it was wanted there already, and must not snap either."""

FRESH = 1e-9
"""Levels closer than this are the same."""


def may_track(draft: Draft, estimate: Estimate) -> bool:
    """Whether the stage may be moved without a hand: as for any cue that fires by itself."""
    state = draft.state
    return state.follow and not state.held and why_unsure(estimate) is None


def left_to_tracking(draft: Draft, cue: Cue) -> bool:
    """Whether `cue` lies behind the landing of a jump that nobody is sure of yet.

    It is not offered meanwhile: it is tracked once the landing is proved.
    """
    astray = draft.state.astray
    if astray is None or cue.skipped is not AfterJump.TRACK:
        return False
    return isinstance(cue.trigger, AtPlace) and cue.trigger.quarter < astray - SAME_PLACE


def track_to(draft: Draft, place: Quarters) -> None:
    """Give the stage what belongs to `place`, as if the music had been walked there."""
    cues = behind(draft.show, draft.state, place)
    met = [c for c in cues if c.number in draft.state.armed and c.skipped is AfterJump.TRACK]
    come_again = draft.state.armed & (draft.state.fired.keys() | draft.state.tracked)
    taken_back = come_again - {c.number for c in cues}
    if met or taken_back:
        _tell(draft, cues, met)
    elif draft.state.astray is not None:
        draft.tell(StageTracked(at=draft.now, levels={}, fade=0.0))


def track_before(draft: Draft, cue_number: str) -> None:
    """Give the stage what belongs before a cue of the current number."""
    cues = before(draft.show, draft.state, cue_number)
    _tell(draft, cues, [c for c in cues if c.skipped is AfterJump.TRACK])


def met_again(draft: Draft, cue: Cue) -> bool:
    """Whether `cue` may only be tracked: it fired, and it or what it brings starts something."""
    if cue.again is not AfterJump.TRACK or cue.number not in draft.state.fired:
        return False
    brought = with_those_they_bring(draft.show, (cue,))
    return any(action.replay is Replay.ONCE for one in brought for action in one.actions)


def track_one(draft: Draft, cue: Cue) -> None:
    """Put the state of one cue there, and of those it brings, without starting anything again."""
    walk = _walk(draft, (cue,))
    sounds = tuple(s for s in walk.sounds if s not in draft.state.running)
    draft.tell(
        StageTracked(
            at=draft.now,
            levels=_moved(draft, walk.levels),
            fade=min(walk.fade, FADE_LONGEST_S),
            cues=(cue.number,),
            sounds=sounds,
            switched=walk.switched,
        )
    )


def _walk(draft: Draft, cues: Iterable[Cue]) -> Walk:
    walk = Walk()
    for bunch in at_once(cues):
        for one in with_those_they_bring(draft.show, bunch):
            if one.number not in draft.state.edited.disarmed:
                walk.pass_by(one)
    return walk


def _tell(draft: Draft, cues: Iterable[Cue], met: Iterable[Cue]) -> None:
    """Only channels, sounds and cues that the number itself speaks of are touched."""
    state = draft.state
    walk = _walk(draft, (cue for cue in cues if belongs(state, cue)))
    own = cues_of(draft.show, state.number)
    spoken = {
        channel for c in own for a in c.actions if isinstance(a, SetLevels) for channel in a.levels
    }
    levels = {c: walk.levels.get(c, state.base.get(c, 0.0)) for c in sorted(spoken)}
    loops = {c.number for c in own if c.number in state.running}
    loops = {c for c in loops if state.running[c].until is None}
    switches = {
        name for c in own for a in c.actions if isinstance(a, SwitchCues) for name in a.cues
    }
    switched = {name: walk.switched.get(name, True) for name in sorted(switches)}
    draft.tell(
        StageTracked(
            at=draft.now,
            levels=_moved(draft, levels),
            fade=min(walk.fade, FADE_LONGEST_S),
            cues=tuple(cue.number for cue in met),
            sounds=tuple(sound for sound in walk.sounds if sound not in state.running),
            ended=tuple(sorted(loops - walk.sounds.keys())),
            switched={
                name: on for name, on in switched.items() if on is (name in state.edited.disarmed)
            },
        )
    )


def _moved(draft: Draft, levels: dict[str, float]) -> dict[str, float]:
    now = draft.state.levels
    return {c: level for c, level in levels.items() if abs(level - now.get(c, 0.0)) > FRESH}
