"""Cues with a lead: they fire before the music is there, so that they end, or arrive, with it.

A cue fires ahead only of a place that is foreseen, by a follower that is sure. Otherwise it fires
at the place itself like any other, late by its lead. It fires once either way: fired is disarmed.
"""

from collections.abc import Iterator
from itertools import pairwise

from collavoce.following.estimate import Ahead, Estimate, Jump, Music
from collavoce.show.cues import Cue
from collavoce.show.events import LeadUnmet
from collavoce.show.order import places
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.reached import SAME_PLACE, Leave, leave
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AtPlace
from collavoce.units import Quarters, Seconds
from collavoce.words import say

GIVE_S = Seconds(0.5)
"""What is foreseen with a give above this is not acted on: such a place may as well be a fermata
or a breath away. Below it, firing ahead misses by less than waiting does for any lead longer than
half a second, which shorter ones are foreseen well within."""

STANDING = frozenset({Music.HELD, Music.LOST})
"""Music that does not go on to a place that was foreseen."""


def time_to(estimate: Estimate, place: Quarters) -> tuple[Seconds, Seconds] | None:
    """Seconds from the estimate's `at` until `place`, and their give; None if it is not foreseen.

    Time runs evenly from where the music is to the first place foreseen, and from each to the next.
    """
    if not estimate.foreseen or not estimate.quarter < place:
        return None
    here = Ahead(estimate.quarter, Seconds(0.0), estimate.foreseen[0].give)
    for before, after in pairwise((here, *estimate.foreseen)):
        if place <= after.quarter + SAME_PLACE:
            way = after.quarter - before.quarter
            share = min((place - before.quarter) / way, 1.0) if way > 0 else 1.0
            seconds = before.after + share * (after.after - before.after)
            return Seconds(seconds), Seconds(max(before.give, after.give))
    return None


def look_ahead(draft: Draft, estimate: Estimate) -> None:
    """Fire what is due ahead of its place, and say so when the music does not go on to it."""
    if estimate.state in STANDING:
        for cue in _unreached(draft, estimate.quarter):
            why = say(f"show.unmet.{estimate.state}", place=_words(cue))
            draft.tell(LeadUnmet(at=draft.now, cue=cue.number, why=why))
    if estimate.state is not Music.FOLLOWING:
        return
    for place, cue in places(_with_lead(draft, estimate.quarter)):
        foreseen = time_to(estimate, place)
        if foreseen is None:
            return
        after, give = foreseen
        due = estimate.at + after - cue.lead <= draft.now
        if due and give <= GIVE_S and leave(draft, cue, estimate)[0] is Leave.SURE:
            draft.fire(cue, Cause.AHEAD, draft.by, estimate)


def unmet(draft: Draft, gone: Jump) -> None:
    """Say of what fired ahead that the music went elsewhere instead."""
    if gone.target < gone.origin:
        for cue in _unreached(draft, gone.origin):
            why = say("show.unmet.jumped", place=_words(cue))
            draft.tell(LeadUnmet(at=draft.now, cue=cue.number, why=why))


def _with_lead(draft: Draft, quarter: Quarters) -> Iterator[Cue]:
    """Run for every estimate, so that the few cues ahead are the only ones put in order."""
    armed = draft.state.armed
    for cue in draft.cues:
        if cue.lead == 0 or cue.number not in armed or not isinstance(cue.trigger, AtPlace):
            continue
        if cue.trigger.quarter > quarter + SAME_PLACE:
            yield cue


def _unreached(draft: Draft, quarter: Quarters) -> list[Cue]:
    """Fired ahead, not said yet, and still ahead of `quarter`."""
    waits = [cue for cue in draft.cues if draft.state.ahead.get(cue.number) is False]
    return [cue for place, cue in places(waits) if place > quarter + SAME_PLACE]


def _words(cue: Cue) -> str:
    return cue.trigger.words if isinstance(cue.trigger, AtPlace) else ""
