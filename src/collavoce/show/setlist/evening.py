"""What a set list is reckoned with: the show, what was played, the time of day, usual lengths."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collavoce.score.model import Score
from collavoce.score.tempi import written_seconds
from collavoce.show.cues import Number, Show
from collavoce.show.plan import Item
from collavoce.show.setlist.tonight import finish_by
from collavoce.show.state import ShowState
from collavoce.units import Instant, Quarters, Seconds


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody is needed from `begins` to `ends`, seconds since the performance day's midnight.

    number : for which number. does: in words, for others to read ("plays Nocturne").
    """

    person: str
    begins: float
    ends: float
    number: str
    does: str


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long numbers are as written: id -> seconds, and (id, place as written) -> seconds."""

    whole: Mapping[str, float] = field(default_factory=dict[str, float])
    until: Mapping[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])


@dataclass(frozen=True, slots=True)
class Evening:
    """The moment at which a set list is looked at.

    now : the show clock. wall : the same moment, seconds since the midnight with which the day of
    the performance began. usual : id -> seconds that a number took on earlier nights.
    elsewhere : when people are needed on other stages.
    """

    show: Show
    state: ShowState
    now: Instant
    wall: Seconds
    lengths: Lengths = Lengths()
    usual: Mapping[str, float] = field(default_factory=dict[str, float])
    elsewhere: tuple[Busy, ...] = ()

    def wall_at(self, at: float) -> float:
        """The time of day at an instant of the show clock."""
        return self.wall + at - self.now


def lengths_of(show: Show, scores: Mapping[str, Score]) -> Lengths:
    """What the scores say at their written tempos; worked out once, it does not change."""
    whole: dict[str, float] = {}
    until: dict[tuple[str, str], float] = {}
    for number in show.numbers:
        score = scores.get(number.id)
        if score is None:
            continue
        whole[number.id] = written_seconds(score, Quarters(0.0), score.end)
        for finish in number.finishes:
            seconds = written_seconds(score, Quarters(0.0), Quarters(finish.last + finish.hold))
            until[number.id, finish.words] = seconds
    return Lengths(whole, until)


def written_length(evening: Evening, number: Number) -> Seconds | None:
    """As planned when the folder was written; None where neither it nor a score says it."""
    if number.minutes is not None:
        return Seconds(60 * number.minutes)
    whole = evening.lengths.whole.get(number.id)
    return None if whole is None else Seconds(whole)


def length(evening: Evening, number: Number | None, item: Item) -> Seconds | None:
    """As it is expected tonight: what somebody said, what it usually takes, what is written.

    Shortened it takes its written share of that. None: nobody knows; it is reckoned as nothing.
    """
    if item.minutes is not None:
        return Seconds(60 * item.minutes)
    if number is None:
        return None
    usual = evening.usual.get(number.id)
    whole = Seconds(usual) if usual is not None else written_length(evening, number)
    finish = finish_by(number, item)
    if finish is None:
        return whole
    until, written = evening.lengths.until.get((number.id, item.to)), evening.lengths.whole
    if until is None:
        return whole
    score = written[number.id]
    return Seconds(until if whole is None or score <= 0 else whole * until / score)
