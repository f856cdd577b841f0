"""Where cues stand: in their number, in the running order, in the music.

Nothing here raises for a cue or number that is not there: a ledger may be read beside a folder
that was edited since.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable

from collavoce.show.cues import Cue, Number, Show
from collavoce.show.triggers import AfterCue, AtClock, AtEnd, AtPlace, ByHand, InGroup, OnPerson
from collavoce.units import Quarters, Seconds


def cues_of(show: Show, number_id: str | None) -> tuple[Cue, ...]:
    """The cues of a number in order; none for an unknown one."""
    for number in show.numbers:
        if number.id == number_id:
            return number.cues
    return ()


def find(show: Show, cue_number: str) -> Cue | None:
    """The cue called `cue_number`."""
    return show.cues_by_number.get(cue_number)


def number_with(show: Show, cue_number: str) -> Number | None:
    """The number that `cue_number` belongs to."""
    return show.numbers_by_cue.get(cue_number)


def followers(show: Show, cue_number: str) -> tuple[tuple[Cue, Seconds], ...]:
    """The cues that follow `cue_number`, or its end, by themselves, each with its wait."""
    return tuple(
        (cue, cue.trigger.wait)
        for cue in show.cues_after.get(cue_number, ())
        if isinstance(cue.trigger, AfterCue)
    )


def places(cues: Iterable[Cue]) -> tuple[tuple[Quarters, Cue], ...]:
    """The place cues in the order in which the music meets them; ties as written."""
    met = [(cue.trigger.quarter, cue) for cue in cues if isinstance(cue.trigger, AtPlace)]
    return tuple(sorted(met, key=lambda place: place[0]))


def end_cues(cues: Iterable[Cue]) -> tuple[tuple[Seconds, Cue], ...]:
    """The cues that hang on the end of the music, each with its wait."""
    return tuple((cue.trigger.wait, cue) for cue in cues if isinstance(cue.trigger, AtEnd))


def position(show: Show, cues: tuple[Cue, ...], cue_number: str | None) -> int:
    """The index of a cue in the running order; None and strangers stand past the last.

    cues : of one number, in its order; some of them may be left out tonight.
    """
    places = show.places_by_cue
    if cue_number is None or cue_number not in places:
        return len(cues)
    index = bisect_left(cues, places[cue_number], key=lambda cue: places[cue.number])
    known = index < len(cues) and cues[index].number == cue_number
    return index if known else len(cues)


def standing_at(cues: tuple[Cue, ...], index: int) -> str | None:
    """The number of the cue at `index`; None past the last."""
    return cues[index].number if 0 <= index < len(cues) else None


def next_standby(cues: tuple[Cue, ...], index: int, fired: Collection[str] = ()) -> str | None:
    """The first cue from `index` on that GO should carry; None past the last.

    A member of a group is its group's, or a hand's that points at it. What the clock or a person
    has fired stays fired: it is not GO's turn when the list comes to it.
    """
    # Not a slice: the copy would be as long as what is left of the number.
    for cue in map(cues.__getitem__, range(max(index, 0), len(cues))):
        met = isinstance(cue.trigger, AtClock | OnPerson) and cue.number in fired
        if not met and not isinstance(cue.trigger, InGroup):
            return cue.number
    return None


def standby_before(cues: tuple[Cue, ...], index: int) -> str | None:
    """The last cue before `index` that GO may carry; None before the first."""
    earlier = (c.number for c in reversed(cues[:index]) if not isinstance(c.trigger, InGroup))
    return next(earlier, None)


def standby_after_jump(cues: tuple[Cue, ...], target: Quarters) -> str | None:
    """The cue that is next when the music goes on from `target`.

    It is the first cue still ahead, or the hand cues written just before it: they are what the
    caller would have in standby had the music come here without a jump.
    """
    index = next(
        (
            i
            for i, cue in enumerate(cues)
            if isinstance(cue.trigger, AtEnd)
            or (isinstance(cue.trigger, AtPlace) and cue.trigger.quarter >= target)
        ),
        len(cues),
    )
    while index > 0 and isinstance(cues[index - 1].trigger, ByHand):
        index -= 1
    return standing_at(cues, index)
