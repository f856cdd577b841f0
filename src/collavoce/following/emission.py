"""How likely a struck key is, given the event the player is at or comes to.

Every likelihood here is a density over time and pitch together (per second and key), so that
"another note of this chord", "the next event" and "a slip of the finger" can be weighed against
each other: a chord's notes come within some 20 ms, a slip may come whenever it likes.
"""

import numpy as np

from collavoce.following.arrays import Flags, Floats
from collavoce.following.model import PITCHES, Events

RIGHT = 0.94
"""Probability that the note which begins an event is one of its own."""

SLIP_REACH = 4
"""Semitones within which a finger that misses its key comes down."""

CHORD_S = 0.025
"""Mean delay of a chord's later notes; a hand's keys do not go down as one."""

SPREAD_S = 0.4
"""Mean delay in a rolled chord, or between hands that are not together."""

SPREAD = 0.1
ROLLED_SPREAD = 0.7
"""Share of later notes that come so late, in a plain chord and in one marked as rolled."""

LATE = 0.03
LATE_S = 0.12
"""Share and mean delay of notes that come after their event was already left."""

AGAIN_HZ = 0.1
AGAIN_S = 0.7
"""How often an event's notes or their neighbours sound again, unwritten, and for how long."""

RUNNING_HZ = 8.0
GRACE_AGAIN_HZ = 1.5
"""How often they do in a trill, and in a run of grace notes."""

AGAIN_REACH = 2
"""Semitones from a written note to the other note of its trill or turn."""

STRAY_HZ = 0.25
"""How often a note comes that belongs to nothing."""

STRAY = 1.0 / 60
"""Its probability for one key: the middle five octaves."""

CALM_S = 0.5
"""Seconds without a note after which notes that are not written become rarer. Slips and ornaments
come with playing; who begins again after a stop begins with what is written."""

NOODLING_HZ = 2.0
"""How often a note comes before the music has begun: fingers are tried, a chair is moved."""


def entering(events: Events) -> Floats:
    """P(key | the event begins) as float64 [shape=(128, N)]; 0 in row 0, which has no notes."""
    table = events.written * (RIGHT / events.size) + slips(events)
    table[:, 0] = 0.0
    return table


def slips(events: Events) -> Floats:
    """P(a wrong key | a note of the event) as float64 [shape=(128, N)]."""
    reach = [k for k in range(-SLIP_REACH, SLIP_REACH + 1) if k]
    beside = np.sum([_shifted(events.written, k) for k in reach], axis=0)
    octaves = 0.0 + _shifted(events.written, 12) + _shifted(events.written, -12)
    near = beside / (2 * SLIP_REACH * events.size)
    far = octaves / (2 * events.size)
    return (1 - RIGHT) * (0.35 * near + 0.5 * far + 0.15 / PITCHES)


def again(events: Events) -> Floats:
    """Rate of each key just after a plain event: unwritten ornaments; float64 [shape=(128, N)]."""
    return _around(events.written) * (AGAIN_HZ / (3.0 * events.size)) * events.onset


def running(events: Events) -> Floats:
    """Rate of each key in a trill or a run of grace notes, as float64 [shape=(128, N)]."""
    grace = _grace(events) * GRACE_AGAIN_HZ / (3.0 * events.size)
    return _around(events.written) * grace + _around(events.running) * (RUNNING_HZ / 3)


def _grace(events: Events) -> Flags:
    grace = ~events.onset
    grace[0] = False
    return grace


def _around(keys: Flags) -> Flags:
    reach = range(-AGAIN_REACH, AGAIN_REACH + 1)
    return np.logical_or.reduce([_shifted(keys, k) for k in reach])


def _shifted(keys: Flags, semitones: int) -> Flags:
    shifted = np.zeros_like(keys)
    if semitones >= 0:
        shifted[semitones:] = keys[: PITCHES - semitones]
    else:
        shifted[:semitones] = keys[-semitones:]
    return shifted


def stray(events: Events) -> Floats:
    """Density of any key at all, as float64 [shape=(N,)]."""
    density = np.full(len(events), STRAY_HZ * STRAY)
    density[0] = NOODLING_HZ * STRAY
    return density


def liberty(silence: float) -> float:
    """0..1, how much of their usual rates unwritten notes have after `silence` seconds."""
    return 1.0 / (1.0 + max(silence - CALM_S, 0.0)) ** 2


def late_share(events: Events) -> Floats:
    """Share of each event's notes that come spread, as float64 [shape=(N,)]."""
    grace = ~events.onset
    return np.where(events.rolled | grace, ROLLED_SPREAD, SPREAD)


def chord_density(since: Floats, late_share: Floats) -> Floats:
    """Density (per second) of a chord's later note `since` seconds after its first."""
    quick = np.exp(since * (-1 / CHORD_S)) * (1 / CHORD_S)
    spread = np.exp(since * (-1 / SPREAD_S)) * (1 / SPREAD_S)
    return quick + late_share * (spread - quick)


def again_share(since: Floats) -> Floats:
    """0..1, how much of the rate of unwritten ornaments is left `since` seconds after the event."""
    return np.exp(since * (-1 / AGAIN_S))


def late_density(since: Floats) -> Floats:
    """Density (per second) of a note of the event before, `since` seconds after it was left."""
    return np.exp(since * (-1 / LATE_S)) * (LATE / LATE_S)
