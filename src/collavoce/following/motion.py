"""How the music moves: when the next event is due, and what its coming says of the tempo.

Every hypothesis carries one Gaussian belief over the log of the pace (played seconds per written
second): a Rao-Blackwellised tempo, instead of a grid of tempo cells. A note's delay is a
Student t around what the pace foretells, because players are mostly exact and sometimes not at
all, and a pause of any length costs little more than a short one.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

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


def delay_density(delay: "Floats", expected: "Floats", doubt: "Floats") -> tuple["Floats", "Floats"]:
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
    pace: "Floats", doubt: "Floats", delay: "Floats", expected: "Floats", trust: "Floats"
) -> tuple["Floats", "Floats"]:
    """Log pace and its variance after an interval: a Kalman step in the log domain.

    trust : 0..1, how far the interval was in time at all; a pause teaches no tempo.
    """
    noise = SWAY**2 + (JITTER_S / expected) ** 2
    surprise = np.log(np.maximum(delay, LEAST_S) / expected)
    gain = doubt / (doubt + noise) * trust
    learned = np.clip(pace + gain * np.clip(surprise, -1.0, 1.0), -REACH, REACH)
    return learned, doubt * (1 - gain) + DRIFT
