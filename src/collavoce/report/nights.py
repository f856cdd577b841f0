"""Night by night: when a cue usually comes, and whether tonight it did. Of cues, never of persons.

A cue's time counts from the first onset of its number, so that a late start of the evening is no
strange night of every cue.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from collavoce.following.estimate import Music
from collavoce.show.events import AnyEvent, CueFired, MusicChanged, MusicEnded, NumberStarted

FEWEST = 3
"""Nights below which there is no usual."""

STRAY = 2.5
"""Deviations from the mean beyond which a cue was off: one cue in eighty by chance."""

STRAY_S = 1.0
"""What nobody in the house would notice is not reported, however steady the cue is otherwise."""

DRIFT_NIGHTS = 4
"""Nights, tonight among them, below which a trend is none."""

DRIFT_S = 0.5
"""Seconds a night below which a trend is not worth a word."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A cue's times on earlier nights: their mean and standard deviation, and how many."""

    mean: float
    spread: float
    nights: int


@dataclass(frozen=True, slots=True)
class Times:
    """When things happened in one performance, seconds since their number's music began.

    cues : first firing of each cue. music : length of each number's music, where it ended.
    """

    cues: Mapping[str, float]
    music: Mapping[str, float]


def times_of(events: Iterable[AnyEvent]) -> Times:
    """The times of one performance; a number that was started anew counts from its last start."""
    number, began, heard = "", 0.0, False
    cues: dict[str, float] = {}
    music: dict[str, float] = {}
    own: dict[str, set[str]] = {}
    for event in events:
        match event:
            case NumberStarted(at=at, number=started):
                number, began, heard = started, at, False
                for cue in own.pop(number, ()):
                    cues.pop(cue, None)
                music.pop(number, None)
            case MusicChanged(at=at, state=Music.FOLLOWING) if not heard:
                # What fired before the first onset, fired so much before it.
                shift, began, heard = at - began, at, True
                for cue in own.get(number, ()):
                    cues[cue] -= shift
            case CueFired(at=at, cue=cue) if cue not in own.get(number, ()):
                own.setdefault(number, set()).add(cue)
                cues[cue] = at - began
            case MusicEnded(at=at, held=held) if heard:
                music[number] = at + held - began
            case _:
                pass
    return Times(cues, music)


def usual(earlier: Sequence[float]) -> Usual | None:
    """Mean and spread of `earlier` nights; None while there are too few."""
    if len(earlier) < FEWEST:
        return None
    mean = fmean(earlier)
    variance = sum((x - mean) ** 2 for x in earlier) / (len(earlier) - 1)
    return Usual(mean, sqrt(variance), len(earlier))


def off(tonight: float, known: Usual | None) -> float | None:
    """By how much `tonight` was off; None where that is within what is usual."""
    if known is None:
        return None
    late = tonight - known.mean
    return late if abs(late) > max(STRAY * known.spread, STRAY_S) else None


def expected(nights: Sequence[float]) -> float | None:
    """When it is to be expected tomorrow: where it usually is, and on with its drift, if any."""
    if len(nights) < FEWEST:
        return None
    slope = drift(nights) or 0.0
    # A line through the middle of the nights, read off at the next one.
    return fmean(nights) + slope * (len(nights) + 1) / 2


def drift(nights: Sequence[float]) -> float | None:
    """Seconds a night that a cue moves, by least squares; None where that may be chance.

    More than chance is a slope of more than three times its own standard error.
    """
    n = len(nights)
    if n < DRIFT_NIGHTS:
        return None
    # From the first night on: when the clock began must not decide a close case by its rounding.
    since = [x - nights[0] for x in nights]
    middle, mean = (n - 1) / 2, fmean(since)
    width = sum((i - middle) ** 2 for i in range(n))
    slope = sum((i - middle) * (x - mean) for i, x in enumerate(since)) / width
    rest = sum((x - mean - slope * (i - middle)) ** 2 for i, x in enumerate(since))
    error = sqrt(rest / (n - 2) / width)
    return slope if abs(slope) > max(3.0 * error, DRIFT_S) else None
