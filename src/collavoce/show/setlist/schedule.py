"""When what comes tonight, by a set list: from what was really played, and the time of day."""

from dataclasses import dataclass
from enum import StrEnum

from collavoce.show.cues import Number
from collavoce.show.plan import Item, Plan
from collavoce.show.setlist.evening import Evening, length, written_length
from collavoce.show.setlist.tonight import number_of, plan_of
from collavoce.units import Seconds


class Standing(StrEnum):
    """How an entry stands."""

    PLAYED = "played"
    PASSED = "passed"  # the show went on behind it
    NOW = "now"
    AHEAD = "ahead"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its times, seconds since the performance day's midnight.

    number : None for an interval or a hold of tonight's own. known : its length is known.
    planned : when it was to begin by the folder; None where the folder says no beginning, and for
    what is not in the folder.
    """

    item: Item
    number: Number | None
    standing: Standing
    begins: Seconds
    ends: Seconds
    known: bool
    planned: Seconds | None

    @property
    def comes(self) -> bool:
        """Whether it is being played, or still to come."""
        return self.standing in (Standing.NOW, Standing.AHEAD)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every entry with its times. ends, planned: the end of the evening as expected, as written.

    over : seconds later than planned, negative when under. spare : seconds from the end to the
    curfew, negative when behind it; both None where there is nothing to compare with.
    unknown : titles of what is reckoned as nothing, because nobody knows how long it takes.
    """

    rows: tuple[Row, ...]
    ends: Seconds
    planned: Seconds | None
    over: Seconds | None
    spare: Seconds | None
    unknown: tuple[str, ...]


def schedule(evening: Evening, plan: Plan | None = None) -> Schedule:
    """The evening by `plan`, or by tonight's set list."""
    plan = plan_of(evening.show, evening.state) if plan is None else plan
    planned, end = _as_written(evening)
    rows = _rows(evening, plan, planned)
    coming = [row for row in rows if row.comes]
    ends = coming[-1].ends if coming else evening.wall
    curfew = evening.show.curfew
    return Schedule(
        rows=rows,
        ends=Seconds(ends),
        planned=end,
        over=None if end is None else Seconds(ends - end),
        spare=None if curfew is None else Seconds(curfew - ends),
        unknown=tuple(row.number.title for row in coming if row.number and not row.known),
    )


def seconds_of_day(words: str) -> Seconds | None:
    """The seconds in "19:30"; None for ""."""
    if not words:
        return None
    hours, minutes = words.split(":")
    return Seconds(3600.0 * int(hours) + 60.0 * int(minutes))


def _as_written(evening: Evening) -> tuple[dict[str, Seconds], Seconds | None]:
    """When each number was to begin, and the evening to end. Without a beginning: none of it."""
    at = seconds_of_day(evening.show.starts)
    begins: dict[str, Seconds] = {}
    if at is None:
        return begins, None
    gap = 0.0
    for number in evening.show.numbers:
        at = Seconds(at + (0.0 if number.interval else gap))
        begins[number.id] = at
        at = Seconds(at + (written_length(evening, number) or 0.0))
        gap = 0.0 if number.interval else 60 * number.change
    return begins, at


def _rows(evening: Evening, plan: Plan, planned: dict[str, Seconds]) -> tuple[Row, ...]:
    here = plan.index(evening.state.number)
    spent = _spent(evening)
    walk = _Walk(evening)
    rows: list[Row] = []
    for index, item in enumerate(plan.items):
        number = number_of(evening.show, item)
        takes = length(evening, number, item)
        if index < here:
            last = rows[-1].ends if rows else walk.at
            begins, ends = spent.get(item.number, (last, last))
            standing = Standing.PLAYED if item.number in spent else Standing.PASSED
            standing = Standing.CUT if item.cut and standing is Standing.PASSED else standing
        elif index == here:
            standing, (begins, ends) = Standing.NOW, walk.now(number, takes)
        elif item.cut:
            standing, begins, ends = Standing.CUT, walk.at, walk.at
        else:
            standing, (begins, ends) = Standing.AHEAD, walk.next(number, takes)
        times = Seconds(begins), Seconds(ends)
        rows.append(
            Row(item, number, standing, *times, takes is not None, planned.get(item.number))
        )
    return tuple(rows)


def _spent(evening: Evening) -> dict[str, tuple[float, float]]:
    """When each number was played last: from its start to the next start of any."""
    starts = evening.state.played
    ends = [evening.wall_at(one.at) for one in starts[1:]] + [float(evening.wall)]
    return {
        one.number: (evening.wall_at(one.at), end) for one, end in zip(starts, ends, strict=False)
    }


class _Walk:
    """Goes through what is still to come. at: when the entry before is over."""

    def __init__(self, evening: Evening) -> None:
        self._evening = evening
        self._gap = 0.0
        begins = seconds_of_day(evening.show.starts)
        early = begins is not None and evening.state.number is None
        self.at = max(evening.wall, begins) if early and begins is not None else evening.wall

    def now(self, number: Number | None, takes: float | None) -> tuple[float, float]:
        """What is being played: it ends as expected, and while it runs over, now."""
        evening = self._evening
        begins = evening.wall_at(evening.state.started_at)
        ended = evening.state.ended_at
        if ended is None:
            ends = max(begins + (takes or 0.0), evening.wall)
        else:
            ends = evening.wall_at(ended)
        self._after(number, ends)
        return begins, ends

    def next(self, number: Number | None, takes: float | None) -> tuple[float, float]:
        """What comes next. A change-over is over within an interval or a hold that is longer."""
        if number is None or number.interval:
            begins = self.at
            ends = begins + max(takes or 0.0, self._gap)
        else:
            begins = max(self.at + self._gap, self._evening.wall)
            ends = begins + (takes or 0.0)
        self._after(number, ends)
        return begins, ends

    def _after(self, number: Number | None, ends: float) -> None:
        self.at = ends
        self._gap = 0.0 if number is None or number.interval else 60 * number.change
