"""Whether a set list can be tonight's: what was played stays, every number stands in it once."""

import math
from collections import Counter
from itertools import zip_longest

import msgspec

from collavoce.show.cues import Number, Show
from collavoce.show.plan import Item, Plan
from collavoce.show.setlist.tonight import number_of, plan_of
from collavoce.show.state import ShowState
from collavoce.words import say

MINUTES_MOST = 600.0
"""Of one entry."""

GAPS_MOST = 50
"""Intervals and holds of tonight's own."""


def why_not(show: Show, state: ShowState, plan: Plan) -> str | None:
    """Why `plan` cannot be tonight's set list, in words; None if it can."""
    count = Counter(item.number for item in plan.items if item.song is None)
    if count.pop("", 0) > GAPS_MOST:
        return say("setlist.refused.gaps", limit=GAPS_MOST)
    songs = Counter(item.number for item in plan.items if item.song is not None)
    if count != Counter(number.id for number in show.numbers) or songs.total() > len(songs):
        return say("setlist.refused.numbers")
    for item in plan.items:
        why = _why_not_song(state, item) or _why_not_item(show, item)
        if why is not None:
            return why
    return _why_not_past(show, state, plan)


def _why_not_song(state: ShowState, item: Item) -> str | None:
    """A song stands there as its author gave it, or not at all."""
    song = item.song
    if song is None:
        return None
    if not (math.isfinite(song.change) and 0 <= song.change <= MINUTES_MOST):
        return say("setlist.refused.minutes", limit=f"{MINUTES_MOST:.0f}")
    given = state.proposals.get(item.number)
    as_given = given is not None and msgspec.structs.replace(song, change=0.0) == given
    plain = not (item.to or item.cover or item.hold)
    return None if as_given and plain else say("setlist.refused.song", title=song.title)


def _why_not_item(show: Show, item: Item) -> str | None:
    minutes = item.minutes
    if minutes is not None and not (math.isfinite(minutes) and 0 < minutes <= MINUTES_MOST):
        return say("setlist.refused.minutes", limit=f"{MINUTES_MOST:.0f}")
    number = number_of(show, item)
    if number is None:
        gap = minutes is not None and not (item.to or item.cover or item.cut)
        return None if gap else say("setlist.refused.gap")
    if item.hold:
        return say("setlist.refused.gap")
    return _why_not_number(show, number, item)


def _why_not_number(show: Show, number: Number, item: Item) -> str | None:
    if item.to and item.to not in {finish.words for finish in number.finishes}:
        return say("setlist.refused.finish", title=number.title, place=item.to)
    if item.cover and item.cover not in number.covers:
        person = show.people.get(item.cover)
        name = item.cover if person is None else person.name
        return say("setlist.refused.cover", title=number.title, person=name)
    return None


def _why_not_past(show: Show, state: ShowState, plan: Plan) -> str | None:
    """What was played stays as it was played, in its order; what is played now may be shortened."""
    before = plan_of(show, state)
    if before.index(state.number) < 0:
        return None
    for old, new in zip_longest(_past(before, state), _past(plan, state)):
        if old != new:
            item = old or new
            number = None if item is None else number_of(show, item)
            return say("setlist.refused.past", title="" if number is None else number.title)
    return None


def _past(plan: Plan, state: ShowState) -> list[Item]:
    """The entries that were played, up to and with the current number."""
    played = {number.number for number in state.played}
    begun = plan.items[: plan.index(state.number) + 1]
    if not begun:
        # A song is played that this plan does not have any more.
        return []
    *before, now = begun
    return [
        *(item for item in before if item.number in played),
        msgspec.structs.replace(now, minutes=None, to=""),
    ]
