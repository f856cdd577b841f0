"""Cues that bring others along: whether that ever ends, and whether it ever begins."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from collavoce.show.actions.group import FireGroup
from collavoce.show.actions.others import ActOn
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue
from collavoce.show.reading.cues import Written
from collavoce.show.reading.policies import ENDS
from collavoce.show.triggers import AfterCue, InGroup


def check_chains(written: Sequence[Written]) -> None:
    """Nothing brings itself along in the end, by `after` or by a group."""
    brings = _brings(written)
    for one in written:
        if one.cue.number in _reached(one.cue.number, brings):
            if isinstance(one.trigger, AfterCue):
                one.table.error("after", "circle", cue=one.cue.number)
            elif any(isinstance(action, FireGroup) for action in one.cue.actions):
                one.table.error("group", "group_circle", cue=one.cue.number)


def check_groups(written: Sequence[Written]) -> None:
    """A member belongs to one group, and comes by it alone."""
    within: dict[str, str] = {}
    by_number = {one.cue.number: one for one in written}
    for one in written:
        for member in _members(one.cue):
            first = within.setdefault(member, one.cue.number)
            if first != one.cue.number:
                one.table.error("group", "two_groups", cue=member, first=first)
                continue
            other = by_number.get(member)
            if other is not None and not isinstance(other.trigger, InGroup | None):
                other.table.warning("number", "member_fires", cue=member, group=first)
    for one in written:
        alone = isinstance(one.trigger, InGroup) and one.cue.number not in within
        if alone and not one.cue.inputs:
            one.table.warning("by", "no_group", cue=one.cue.number)


def check_endless(written: Sequence[Written], others: Iterable[Cue]) -> None:
    """What comes when a loop is over comes never, unless some cue of the show ends it."""
    ended = [
        action
        for cue in others
        for action in cue.actions
        if isinstance(action, ActOn) and action.what in ENDS
    ]
    all_ended = any(not action.cues for action in ended)
    named = {cue for action in ended for cue in action.cues}
    loops = {one.cue.number for one in written if _loops(one.cue)}
    for one in written:
        trigger = one.trigger
        if not isinstance(trigger, AfterCue) or not trigger.done or all_ended:
            continue
        if trigger.cue in loops - named:
            one.table.warning("after", "endless", cue=trigger.cue)


def _loops(cue: Cue) -> bool:
    return any(isinstance(action, PlaySound) and action.loop for action in cue.actions)


def _members(cue: Cue) -> tuple[str, ...]:
    return tuple(m for action in cue.actions if isinstance(action, FireGroup) for m in action.cues)


def _brings(written: Collection[Written]) -> Mapping[str, tuple[str, ...]]:
    brings: dict[str, list[str]] = {}
    for one in written:
        brings.setdefault(one.cue.number, []).extend(_members(one.cue))
        if isinstance(one.cue.trigger, AfterCue):
            brings.setdefault(one.cue.trigger.cue, []).append(one.cue.number)
    return {cue: tuple(others) for cue, others in brings.items()}


def _reached(start: str, brings: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Everything that `start` brings along in the end, itself only in a circle."""
    reached: set[str] = set()
    todo = list(brings.get(start, ()))
    while todo:
        cue = todo.pop()
        if cue not in reached:
            reached.add(cue)
            todo.extend(brings.get(cue, ()))
    return reached
