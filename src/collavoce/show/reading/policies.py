"""What a cue does when the music jumps: as written, or what is right for what it does.

A cue that holds a state, or brings one along (levels, looped sound, arming, the end of such), is
tracked: walked to or jumped to, the stage shall be the same, and what starts something in such a
cue is not sent. One that holds none waits for the music or a hand.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from collavoce.show.actions.action import Action
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.group import FireGroup
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.others import ActOn, What
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import AfterJump, Cue
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, InGroup, Trigger
from collavoce.show.written.table import Table

ENDS = frozenset({What.STOP, What.FADE})


def read_policy(table: Table, key: str, trigger: Trigger | None) -> AfterJump | None:
    """The policy written under `key`, None where none is."""
    if key not in table:
        return None
    idle: tuple[type, ...] = (AfterCue, InGroup, AtEnd)
    if trigger is not None and (
        not isinstance(trigger, AtPlace | AtEnd) if key == "again" else isinstance(trigger, idle)
    ):
        table.warning(key, "idle_policy", key=key)
    return AfterJump(table.choice(key, tuple(AfterJump), AfterJump.DROP))


def with_policies(cues: Iterable[Cue], written: Collection[tuple[str, str]]) -> tuple[Cue, ...]:
    """`cues` of one number, each with its policies. written: (cue, key) that the file says."""
    number = {cue.number: cue for cue in cues}
    after: dict[str, list[str]] = {}
    for cue in number.values():
        if isinstance(cue.trigger, AfterCue):
            after.setdefault(cue.trigger.cue, []).append(cue.number)
    done: list[Cue] = []
    for cue in number.values():
        # What a hazardous cue arms belongs to its operator's hand, and to nothing else.
        tracked = not cue.hazard and _holds_a_state(cue, number, after)
        usual = AfterJump.TRACK if tracked else AfterJump.DROP
        skipped = cue.skipped if (cue.number, "skipped") in written else usual
        again = cue.again if (cue.number, "again") in written else usual
        done.append(replace(cue, skipped=skipped, again=again))
    return tuple(done)


def _holds_a_state(cue: Cue, number: Mapping[str, Cue], after: Mapping[str, list[str]]) -> bool:
    """Whether `cue`, a member of its group, or what follows it says what shall be."""
    brought, todo = {cue.number}, [cue]
    while todo:
        one = todo.pop()
        if any(_says_what_shall_be(action) for action in one.actions):
            return True
        members = (m for a in one.actions if isinstance(a, FireGroup) for m in a.cues)
        for name in (*members, *after.get(one.number, ())):
            if name in number and name not in brought:
                brought.add(name)
                todo.append(number[name])
    return False


def _says_what_shall_be(action: Action) -> bool:
    match action:
        case SetLevels() | SwitchCues():
            return True
        case PlaySound(loop=loop):
            return loop
        case ActOn(what=what):
            return what in ENDS
        case _:
            return False
