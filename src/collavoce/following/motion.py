"""How the music moves: when the next event is due, and what its coming says of the tempo.

Every hypothesis carries one Gaussian belief over the log of the pace (played seconds per written
second): a Rao-Blackwellised tempo, instead of a grid of tempo cells. A note's delay is a
Student t around what the pace foretells, because players are mostly exact and sometimes not at
all, and a pause of any length costs little more than a short one.
"""

import numpy as np

from collavoce.following.arrays import Floats
from collavoce.following.model import Events

JITTER_S = 0.02
"""Deviation of an onset whatever the tempo: fingers, and hands not together."""

SWAY = 0.1
"""Relative deviation of a single interval around the current pace."""

FREEDOM = 3.0
"""Degrees of freedom of the Student t. 3 keeps its density free of powers and logarithms."""

T3_PEAK = 2.0 / (np.pi * np.sqrt(3.0))
"""Density of the standard Student t with 3 degrees of freedom at 0."""

PAUSE = 0.03
"""Share of events before which the player waits, breathes, or turns a page."""

WHENEVER_HZ = 2e-5
"""Density that is left for any moment at all: an unknown beginning, an impossible rush."""

DRIFT = 0.003
"""Variance of the log pace gained with every interval: rubato."""

DOUBT = 0.12
"""Variance of the log pace before anything was heard: about half to double the written tempo."""

REACH = 1.2
"""Log pace is kept within +- this: 0.3 to 3.3 times the written tempo."""

LONG_AGO = -1e6
"""The instant of what was never heard."""

BEGIN_HZ = 0.5
"""Density of the first note of all: it may come whenever the player likes."""

LEAST_S = 0.004
"""Shortest foretold interval, so that two events written almost together can be told apart."""


SKIP = 6
"""Events that one note may lead on. More is a jump."""

MISSED = 0.2
"""Probability that a note of a chord is left out."""

LEFT_OUT = 0.08
"""Probability that a player leaves out events at all, once for any number in a row."""

LEFT_OUT_TOO = 0.25
"""Price of each event left out in such a row, for a single note; half for every note more."""

GRACE_LEFT_OUT = 0.35
"""Price of leaving out grace notes."""

COUNTED = 3
"""Missing notes counted at most; the fourth is no news."""

TOGETHER_S = 0.05
"""Keys struck within this are one chord."""

FREELY_HZ = 0.7
"""Density of the onset after grace notes: nobody knows how long they take."""


def skips(events: Events) -> Floats:
    """Price of coming to event j from j-s, as float64 [shape=(SKIP, N)]: row s-1, column j."""
    each = LEFT_OUT_TOO * 0.5 ** (np.minimum(events.size, COUNTED) - 1)
    each = np.where(events.onset, each, GRACE_LEFT_OUT)
    count = len(events)
    prices, price, onsets = np.zeros((SKIP, count)), np.ones(count), np.zeros(count, bool)
    for s in range(1, min(SKIP, count - 1) + 1):
        prices[s - 1, s:] = (price * np.where(onsets, LEFT_OUT, 1.0))[s:]
        price[s + 1 :] *= each[1 : count - s]
        onsets[s + 1 :] |= events.onset[1 : count - s]
    return prices


def freely(events: Events) -> Floats:
    """Rate of coming to event j from j-s that no tempo foretells, as float64 [shape=(SKIP, N)]."""
    grace = ~events.onset
    grace[0] = False
    rates = np.zeros((SKIP, len(events)))
    for s in range(1, min(SKIP, len(events) - 1) + 1):
        rates[s - 1, s:] = grace[:-s] * FREELY_HZ
    return rates


def delay_density(delay: Floats, expected: Floats, doubt: Floats) -> tuple[Floats, Floats]:
    """Density of `delay` seconds where `expected` were foretold, and its share that is in time.

    doubt : variance of the log pace, with the sway of one interval.
    """
    variance = expected * expected * doubt + JITTER_S**2
    late = delay - expected
    square = late * late / variance
    tail = square / FREEDOM + 1.0
    shape = np.where(late < 0.0, np.exp(square * -0.5), 1.0 / (tail * tail))
    in_time = T3_PEAK * shape / np.sqrt(variance)
    waited = np.maximum(late, 0.0) + 1.0
    pause = (late > 0.0) * PAUSE / (waited * waited)
    unknown = (delay > -LONG_AGO / 2) * BEGIN_HZ
    density = in_time + pause + unknown + WHENEVER_HZ
    return density, in_time / density


def learn_pace(
    pace: Floats, doubt: Floats, delay: Floats, expected: Floats, trust: Floats
) -> tuple[Floats, Floats]:
    """Log pace and its variance after an interval: a Kalman step in the log domain.

    trust : 0..1, how far the interval was in time at all; a pause teaches no tempo.
    """
    noise = SWAY**2 + (JITTER_S / expected) ** 2
    surprise = np.log(np.maximum(delay, LEAST_S) / expected)
    gain = doubt / (doubt + noise) * trust
    learned = np.clip(pace + gain * np.clip(surprise, -1.0, 1.0), -REACH, REACH)
    return learned, doubt * (1 - gain) + DRIFT
