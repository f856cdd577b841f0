"""Which cues lie behind a place, in the order in which somebody who walks there meets them."""

from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby

from collavoce.show.cues import AfterJump, Cue, Show
from collavoce.show.order import cues_of, position
from collavoce.show.state import ShowState
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, InGroup
from collavoce.units import Quarters

SAME_PLACE = 1e-6
"""Quarters. A cue exactly at the place is met there and not behind it."""

NOWHERE = float("-inf")


def behind(show: Show, state: ShowState, place: Quarters) -> tuple[Cue, ...]:
    """The cues of the current number behind `place`, without those that others bring along.

    A cue without a place of its own lies behind once a place cue written after it does. Else it
    does if it has fired, unless a place cue before it is still ahead, or the next one after it was
    met and is to be met again: then the caller has it in standby again too.
    """
    cues = cues_of(show, state.number)
    since = list(accumulate((_quarter(cue) for cue in cues), _later, initial=NOWHERE))
    met: list[tuple[float, int, Cue]] = []
    for index, cue in enumerate(cues):
        if isinstance(cue.trigger, AfterCue | InGroup | AtEnd):
            continue
        if isinstance(cue.trigger, AtPlace):
            if cue.trigger.quarter < place - SAME_PLACE or done(state, cue):
                met.append((cue.trigger.quarter, index, cue))
            continue
        onwards = (_quarter(later) for later in cues[index:])
        passed = any(NOWHERE < quarter < place - SAME_PLACE for quarter in onwards)
        here = since[index] < place and not _comes_again(state, cues[index:])
        if passed or (cue.number in state.fired and here):
            met.append((since[index], index, cue))
    return tuple(cue for _, _, cue in sorted(met, key=lambda one: one[:2]))


def _comes_again(state: ShowState, onwards: Iterable[Cue]) -> bool:
    """Whether the next place cue was met already, and a jump back lies between."""
    places = (cue.number for cue in onwards if isinstance(cue.trigger, AtPlace))
    next_place = next(places, None)
    return next_place in state.armed and next_place in (state.fired.keys() | state.tracked)


def before(show: Show, state: ShowState, cue_number: str) -> tuple[Cue, ...]:
    """The cues written before `cue_number` in its number, without those that others bring along."""
    cues = cues_of(show, state.number)
    earlier = cues[: position(show, cues, cue_number)]
    return tuple(c for c in earlier if not isinstance(c.trigger, AfterCue | InGroup | AtEnd))


def done(state: ShowState, cue: Cue) -> bool:
    """Whether `cue` fired and is not to come again: its state stays whatever the music does."""
    return cue.number in state.fired and cue.number not in state.armed


def belongs(state: ShowState, cue: Cue) -> bool:
    """Whether the state of a cue behind belongs there: it fired, or its policy says so."""
    if cue.number in state.edited.disarmed:
        return False
    return cue.number in state.fired or cue.skipped is AfterJump.TRACK


def at_once(cues: Iterable[Cue]) -> Iterator[tuple[Cue, ...]]:
    """`cues` in bunches that the music meets at one instant; any other comes alone."""
    for _, bunch in groupby(enumerate(cues), key=_instant):
        yield tuple(cue for _, cue in bunch)


def _instant(place: tuple[int, Cue]) -> float | str:
    index, cue = place
    return cue.trigger.quarter if isinstance(cue.trigger, AtPlace) else f"alone {index}"


def _quarter(cue: Cue) -> float:
    return cue.trigger.quarter if isinstance(cue.trigger, AtPlace) else NOWHERE


def _later(before: float, here: float) -> float:
    """The last place written so far; cues without one leave it."""
    return before if here == NOWHERE else here
