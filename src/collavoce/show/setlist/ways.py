"""The ways in which a set list bends: each proposes plans. What they cost is reckoned elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from msgspec.structs import replace

from collavoce.show.plan import Item, Plan
from collavoce.show.setlist.conflicts import name
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.tonight import number_of
from collavoce.words import say

HOLDS = (5.0, 10.0, 15.0)
"""Minutes."""

INTERVAL = 20.0
"""Minutes of an interval that is not in the folder."""

PLACES_LOOKED = 60
"""Places at which one song is reckoned with."""


class Way(StrEnum):
    """The ways in which a set list bends."""

    SONG = "song"
    HOLD = "hold"
    INTERVAL = "interval"
    SWAP = "swap"
    SKIP = "skip"
    CUT = "cut"
    SHORTEN = "shorten"
    COVER = "cover"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan and what it is called. number: what it is about, "" for the evening."""

    way: Way
    number: str
    words: str
    items: Sequence[Item]


def _ahead(evening: Evening, plan: Plan) -> list[int]:
    """Where in the plan the numbers stand that are still to come and are not cut."""
    here = plan.index(evening.state.number)
    return [
        index
        for index, item in enumerate(plan.items)
        if index > here and not item.cut and number_of(evening.show, item) is not None
    ]


def _titled(evening: Evening, item: Item) -> str:
    number = number_of(evening.show, item)
    return item.number if number is None else number.title


def _music(evening: Evening, plan: Plan) -> list[int]:
    """The same without intervals."""
    return [i for i in _ahead(evening, plan) if not _is_break(evening, plan.items[i])]


def _is_break(evening: Evening, item: Item) -> bool:
    number = number_of(evening.show, item)
    return number is not None and number.interval


def _waited(evening: Evening) -> float:
    """Minutes since the current number ended: a hold counts from now, its entry from then."""
    ended = evening.state.ended_at
    return 0.0 if ended is None else max(0.0, (evening.now - ended) / 60)


def _hold(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    here = plan.index(evening.state.number) + 1
    present = plan.items[here] if here < len(plan.items) else None
    held = present if present is not None and not present.number and present.hold else None
    for minutes in HOLDS:
        base = _waited(evening) if held is None else (held.minutes or 0.0)
        item = Item("", minutes=round(minutes + base, 1), hold=True)
        rest = plan.items[here + 1 :] if held is not None else plan.items[here:]
        if rest:
            words = say("setlist.option.hold", minutes=f"{minutes:g}")
            yield Proposal(Way.HOLD, "", words, [*plan.items[:here], item, *rest])


def _interval(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    """The interval that is still to come, now; or one of tonight's own where there is none."""
    ahead = _ahead(evening, plan)
    if not ahead:
        return
    here = plan.index(evening.state.number) + 1
    breaks = [i for i in ahead if _is_break(evening, plan.items[i])]
    if breaks:
        item = plan.items[breaks[0]]
        others = [one for one in plan.items[here:] if one != item]
        words = say("setlist.option.interval_now", title=_titled(evening, item))
        yield Proposal(Way.INTERVAL, item.number, words, [*plan.items[:here], item, *others])
        return
    own = Item("", minutes=INTERVAL)
    words = say("setlist.option.interval", minutes=f"{INTERVAL:g}")
    yield Proposal(Way.INTERVAL, "", words, [*plan.items[:here], own, *plan.items[here:]])


def _swap(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    """The next number for each of those after it."""
    ahead = _music(evening, plan)
    for other in ahead[1:]:
        items = list(plan.items)
        items[ahead[0]], items[other] = items[other], items[ahead[0]]
        first, second = plan.items[ahead[0]], plan.items[other]
        words = say(
            "setlist.option.swap", title=_titled(evening, first), other=_titled(evening, second)
        )
        yield Proposal(Way.SWAP, second.number, words, items)


def _skip(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    """The next number is passed and put off to the end of its part, or of the evening."""
    ahead = _ahead(evening, plan)
    music = set(_music(evening, plan))
    if not ahead or ahead[0] not in music:
        return
    part = list(takewhile(lambda index: index in music, ahead))
    last = part[-1] if len(part) > 1 else ahead[-1]
    item, after = plan.items[ahead[0]], plan.items[last]
    items = [one for index, one in enumerate(plan.items) if index != ahead[0]]
    items.insert(last, item)
    words = say("setlist.option.skip", title=_titled(evening, item), after=_titled(evening, after))
    yield Proposal(Way.SKIP, item.number, words, items)


def _cut(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    for index in _ahead(evening, plan):
        item = plan.items[index]
        words = say("setlist.option.cut", title=_titled(evening, item))
        yield Proposal(Way.CUT, item.number, words, _with(plan, index, replace(item, cut=True)))
    here = plan.index(evening.state.number)
    for index, item in enumerate(plan.items):
        if index > here and item.cut:
            words = say("setlist.option.uncut", title=_titled(evening, item))
            items = _with(plan, index, replace(item, cut=False))
            yield Proposal(Way.CUT, item.number, words, items)


def _shorten(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    """What is played now too, as long as its place is still ahead."""
    here = plan.index(evening.state.number)
    now = [here] if here >= 0 and evening.state.ended_at is None else []
    for index in (*now, *_ahead(evening, plan)):
        item = plan.items[index]
        number = number_of(evening.show, item)
        for finish in () if number is None else number.finishes:
            if index != here or finish.last > evening.state.quarter:
                words = say(
                    "setlist.option.shorten", title=_titled(evening, item), place=finish.words
                )
                shorter = replace(item, to=finish.words)
                yield Proposal(Way.SHORTEN, item.number, words, _with(plan, index, shorter))
        if item.to:
            words = say("setlist.option.whole", title=_titled(evening, item))
            whole = _with(plan, index, replace(item, to=""))
            yield Proposal(Way.SHORTEN, item.number, words, whole)


def _cover(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    for index in _music(evening, plan):
        item = plan.items[index]
        number = number_of(evening.show, item)
        covers = () if number is None else number.covers
        for cover in (*covers, *([""] if item.cover else [])):
            who = cover or (number.performer if number is not None else None) or ""
            words = say(
                "setlist.option.cover",
                title=_titled(evening, item),
                person=name(evening.show, who),
            )
            covered = replace(item, cover=cover)
            yield Proposal(Way.COVER, item.number, words, _with(plan, index, covered))


def _with(plan: Plan, index: int, item: Item) -> list[Item]:
    return [*plan.items[:index], item, *plan.items[index + 1 :]]


def _song(evening: Evening, plan: Plan) -> Iterator[Proposal]:
    """A song that its author gave to the show, at every place that is still to come; or out again.

    After it the change-over is reckoned that the number before it asks for: the set comes back.
    """
    here = plan.index(evening.state.number) + 1
    for song_id, song in evening.state.proposals.items():
        index = plan.index(song_id)
        if index >= here:
            words = say("setlist.option.song_out", title=song.title)
            yield Proposal(
                Way.SONG, song_id, words, [*plan.items[:index], *plan.items[index + 1 :]]
            )
        if index >= 0:
            continue
        for place in range(here, min(len(plan.items), here + PLACES_LOOKED) + 1):
            before = plan.items[place - 1] if place else None
            number = None if before is None else number_of(evening.show, before)
            change = 0.0 if number is None or number.interval else number.change
            item = Item(song_id, song=replace(song, change=change))
            key = "song_first" if before is None else "song_gap" if number is None else "song"
            after = "" if before is None else _titled(evening, before)
            words = say(f"setlist.option.{key}", title=song.title, after=after)
            items = [*plan.items[:place], item, *plan.items[place:]]
            yield Proposal(Way.SONG, song_id, words, items)


WAYS: Mapping[Way, Callable[[Evening, Plan], Iterator[Proposal]]] = {
    Way.SONG: _song,
    Way.HOLD: _hold,
    Way.INTERVAL: _interval,
    Way.SWAP: _swap,
    Way.SKIP: _skip,
    Way.CUT: _cut,
    Way.SHORTEN: _shorten,
    Way.COVER: _cover,
}
