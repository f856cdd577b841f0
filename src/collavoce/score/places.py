"""Places in a score: from the words of a show file to quarters, and back.

Beats are counted in the metre's own unit (6/8 has six beats, an eighth each), and beat 1 is where
the bar starts. A pickup is the exception: a bar shorter than its metre that opens the score, or
is not counted ("X12", the second half of a split bar), ends on the metre's last beat; one quarter
before a 4/4 bar is beat 4. A place without a beat is where its bar begins, in a pickup too.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from collavoce.score.errors import PlaceError
from collavoce.score.model import Bar, Score
from collavoce.units import Quarters
from collavoce.words import say

HAIR = 1e-6
"""Quarters. Positions closer than this are one: sums of floats miss a bar line by less."""

_WORDS = re.compile(
    r"(?:bar\s+(?P<bar>\S{1,20}?)|mark\s+(?P<mark>\S.{0,40}?)(?:,?\s+bar\s*\+\s*(?P<on>\d{1,4}))?)"
    r"(?:,?\s+beat\s+(?P<beat>\d{1,3}(?:\.\d{1,6})?))?"
    r"(?:,?\s+pass\s+(?P<turn>\d{1,3}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a person says it: in a bar, or from a rehearsal mark on.

    bar : its printed number; None with a mark.
    beat : from 1, in the metre's unit; None: where the bar begins, or exactly at the mark.
    turn : 1 the first time the place is played ("pass 2" is 2).
    bars_on : with a mark, whole bars after the one the mark stands in.
    """

    bar: str | None = None
    beat: float | None = None
    turn: int = 1
    mark: str | None = None
    bars_on: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """A position in words a person uses. beat: from 1 (a pickup's: see above); turn: the pass.

    bar_index : index into `Score.bars`.
    """

    bar: str
    beat: float
    turn: int
    bar_index: int


def parse_place(text: str) -> Place:
    """`bar 12 beat 2.5 pass 2`, `mark B`, `mark B bar +2 beat 3` as a Place; raises PlaceError."""
    found = _WORDS.fullmatch(text.strip())
    if found is None:
        raise PlaceError(say("score.place.unreadable", text=text.strip()[:60]))
    return Place(
        bar=found["bar"],
        beat=float(found["beat"]) if found["beat"] else None,
        turn=int(found["turn"] or 1),
        mark=found["mark"],
        bars_on=int(found["on"] or 0),
    )


def resolve(score: Score, place: Place) -> Quarters:
    """Where `place` is in `score`; raises PlaceError, which says what is there instead."""
    if place.mark is None:
        bar = _bar(score, place.bar or "", place.turn)
    else:
        at = _mark(score, place.mark, place.turn)
        if place.beat is None and not place.bars_on:
            return at
        index = where(score, at).bar_index + place.bars_on
        if index >= len(score.bars):
            last, bars = score.bars[-1].number, place.bars_on
            raise PlaceError(say("score.place.past_end", bars=bars, mark=place.mark, last=last))
        bar = score.bars[index]
    if place.beat is None:
        return bar.start
    return _on_beat(bar, place.beat, pickup=_is_pickup(score, bar))


def where(score: Score, quarter: Quarters) -> Where:
    """The bar and beat of `quarter`, held within the score; a few microseconds."""
    held = min(max(quarter, 0.0), score.end)
    index = max(bisect_right(score.bars, held + HAIR, key=_start) - 1, 0)
    bar = score.bars[index]
    first = first_beat(bar, pickup=_is_pickup(score, bar))
    beat = first + max(held - bar.start, 0.0) * bar.beat_unit / 4
    return Where(bar=bar.number, beat=round(beat, 6), turn=bar.turn, bar_index=index)


def first_beat(bar: Bar, *, pickup: bool) -> float:
    """The number of the beat `bar` begins on: 1, or in a pickup what leaves the last one last."""
    missing = bar.beats - bar.length * bar.beat_unit / 4
    return 1.0 + missing if pickup and missing > HAIR else 1.0


def _start(bar: Bar) -> float:
    return bar.start


def _is_pickup(score: Score, bar: Bar) -> bool:
    opening = score.bars[0]
    return bar.number.startswith("X") or (bar.id, bar.number) == (opening.id, opening.number)


def _bar(score: Score, number: str, turn: int) -> Bar:
    named = [bar for bar in score.bars if bar.number.casefold() == number.casefold()]
    if not named:
        raise PlaceError(say("score.place.no_bar", bar=number, last=_last_counted(score.bars)))
    for bar in named:
        if bar.turn == turn:
            return bar
    turns = max(bar.turn for bar in named)
    key = "score.place.no_pass_one" if turns == 1 else "score.place.no_pass"
    raise PlaceError(say(key, bar=number, turn=turn, turns=turns))


def _last_counted(bars: Sequence[Bar]) -> str:
    """The highest number, not that of the bar played last: a D.C. may end in bar 8 of 64."""
    counted = [bar.number for bar in bars if bar.number.isdecimal()]
    return max(counted, key=int, default=bars[-1].number)


def _mark(score: Score, label: str, turn: int) -> Quarters:
    passed = [mark.at for mark in score.marks if mark.label.casefold() == label.casefold()]
    if not passed:
        if not score.marks:
            raise PlaceError(say("score.place.no_marks", mark=label))
        marks = ", ".join(dict.fromkeys(mark.label for mark in score.marks))
        raise PlaceError(say("score.place.no_mark", mark=label, marks=marks))
    if not 1 <= turn <= len(passed):
        key = "score.place.no_mark_pass_one" if len(passed) == 1 else "score.place.no_mark_pass"
        raise PlaceError(say(key, mark=label, turn=turn, turns=len(passed)))
    return passed[turn - 1]


def _on_beat(bar: Bar, beat: float, *, pickup: bool) -> Quarters:
    first = first_beat(bar, pickup=pickup)
    offset = (beat - first) * 4 / bar.beat_unit
    if -HAIR <= offset < bar.length - HAIR:
        return Quarters(bar.start + max(offset, 0.0))
    if first > 1:
        raise PlaceError(
            say("score.place.pickup_beat", bar=bar.number, first=f"{first:g}", beat=f"{beat:g}")
        )
    beats = math.ceil(bar.length * bar.beat_unit / 4 - HAIR)
    key = "score.place.no_beat_one" if beats == 1 else "score.place.no_beat"
    raise PlaceError(say(key, bar=bar.number, beats=beats, beat=f"{beat:g}"))
