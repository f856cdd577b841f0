"""What tonight's set list says of one number: whether, by whom, how far, and what comes next.

A number that the folder does not have any more, or not yet, is passed over and never an error.
"""

from collavoce.show.actions.group import FireGroup
from collavoce.show.cues import Cue, Finish, Number, Show
from collavoce.show.order import cues_of
from collavoce.show.plan import Item, Plan
from collavoce.show.state import ShowState
from collavoce.show.triggers import AfterCue, AtPlace

SAME_PLACE = 1e-6
"""Quarters. Tuplets add up in thirds on both sides of the comparison."""


def written(show: Show) -> Plan:
    """The set list as the folder has it."""
    return Plan(tuple(Item(number.id) for number in show.numbers))


def plan_of(show: Show, state: ShowState) -> Plan:
    """The set list of tonight."""
    return written(show) if state.edited.plan is None else state.edited.plan


def number_called(show: Show, number_id: str | None) -> Number | None:
    """The number of that id; None for an interval of tonight's own and for strangers."""
    return next((number for number in show.numbers if number.id == number_id), None)


def number_of(show: Show, item: Item) -> Number | None:
    """The number of an entry, the folder's or a song that was taken; None for a gap of tonight."""
    song = item.song
    if song is None:
        return number_called(show, item.number)
    first, *others = song.performers
    return Number(
        item.number,
        song.title,
        None,
        first,
        (),
        minutes=song.minutes,
        change=song.change,
        reference=song.reference,
        players=tuple(others),
    )


def number_tonight(show: Show, state: ShowState, number_id: str | None) -> Number | None:
    """The number of that id, of the folder or taken into tonight's set list."""
    known = number_called(show, number_id)
    item = None if known is not None else item_of(state, number_id)
    return known if item is None else number_of(show, item)


def item_of(state: ShowState, number: str | None) -> Item | None:
    """The entry of `number` where tonight's set list was changed; None as written."""
    plan = state.edited.plan
    if plan is None or (index := plan.index(number)) < 0:
        return None
    return plan.items[index]


def next_number(show: Show, state: ShowState) -> str | None:
    """The number that comes after the current one tonight; None after the last."""
    items = plan_of(show, state).items
    known = {number.id for number in show.numbers}
    after = plan_of(show, state).index(state.number) + 1
    if after == 0 and state.number is not None:
        return None
    coming = (item for item in items[after:] if not item.cut)
    return next((i.number for i in coming if i.number in known or i.song is not None), None)


def performer_of(number: Number, item: Item | None) -> str | None:
    """Who plays `number` by `item`: the cover, or whoever the folder names."""
    return (item.cover if item is not None else "") or number.performer


def players_of(number: Number, item: Item | None) -> tuple[str, ...]:
    """Everybody who plays `number` by `item`."""
    first = performer_of(number, item)
    return number.players if first is None else (first, *number.players)


def plays(show: Show, state: ShowState, number_id: str | None) -> str | None:
    """Who plays a number tonight."""
    number = number_tonight(show, state, number_id)
    return None if number is None else performer_of(number, item_of(state, number_id))


def covering(show: Show, state: ShowState, person: str) -> str:
    """Whoever does tonight what the folder has `person` do in the current number."""
    item = item_of(state, state.number)
    number = None if item is None or not item.cover else number_called(show, state.number)
    if item is None or number is None or number.performer != person:
        return person
    return item.cover


def finish_by(number: Number, item: Item | None) -> Finish | None:
    """Where `number` ends early by `item`; None at its end."""
    if item is None or not item.to:
        return None
    return next((finish for finish in number.finishes if finish.words == item.to), None)


def finish_of(show: Show, state: ShowState) -> Finish | None:
    """Where the current number ends early tonight; None at its end."""
    item = item_of(state, state.number)
    number = None if item is None or not item.to else number_called(show, state.number)
    return None if number is None else finish_by(number, item)


def fallen_out(cues: tuple[Cue, ...], finish: Finish | None) -> frozenset[str]:
    """The numbers of `cues` that a finish leaves out: behind it, and what hangs on those."""
    if finish is None:
        return frozenset()
    out = {
        cue.number
        for cue in cues
        if isinstance(cue.trigger, AtPlace) and cue.trigger.quarter > finish.last + SAME_PLACE
    }
    before = -1
    while before != len(out):
        before = len(out)
        for cue in cues:
            if isinstance(cue.trigger, AfterCue) and cue.trigger.cue in out:
                out.add(cue.number)
            if cue.number in out:
                groups = (a for a in cue.actions if isinstance(a, FireGroup))
                out.update(member for group in groups for member in group.cues)
    return frozenset(out)


def cues_tonight(show: Show, state: ShowState, number: str | None) -> tuple[Cue, ...]:
    """The cues of a number in order, without those that its early end leaves out."""
    cues = cues_of(show, number)
    item = item_of(state, number)
    if item is None or not item.to:
        return cues
    known = number_called(show, number)
    out = fallen_out(cues, None if known is None else finish_by(known, item))
    return tuple(cue for cue in cues if cue.number not in out)
