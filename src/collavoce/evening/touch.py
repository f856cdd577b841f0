"""How hard, how early and how long the model presses a key, apart from chance.

In: tones and the bars they stand in. Out: velocities, leads, sounding shares. Never: a clock.

- Loudness follows the written dynamics, rises with the arch of the phrase (Todd, "The dynamics of
  dynamics", Journal of the Acoustical Society of America 91(6), 1992), and marks the first beat.
- The melody is louder than what accompanies it and leads it by some 30 ms (Palmer, Journal of
  Experimental Psychology: HPP 22(1), 1996), the more the louder it is (Goebl, Journal of the
  Acoustical Society of America 110(1), 2001).
- Slurred tones overlap a little (Repp, Journal of the Acoustical Society of America 97(6), 1995);
  the pedal is changed just after each new bass (Repp, Psychology of Music 24(2), 1996).
"""

from fractions import Fraction
from itertools import pairwise

from collavoce.evening.piece import BARS, PHRASES
from collavoce.evening.unfolding import Tone, Unfolded

LOUDNESS = {"pp": 36, "p": 47, "mp": 57, "mf": 68, "f": 84}
"""MIDI velocity of an accompanying tone."""

HAIRPIN = 9
"""Velocity gained or lost through a bar with a hairpin."""

MELODY, INNER, ACCENT, FIRST_BEAT, PHRASE = 13, -5, 12, 4, 6
"""Velocity added: to the melody, an inner voice, an accent, a first beat, a phrase's middle."""

LEAD_PER_VELOCITY, LEAD_MAX = 0.0018, 0.035
"""Seconds the melody leads for each step it is louder, and at most."""

OVERLAP, DETACHED = 0.025, 0.90
"""Seconds a slurred tone lasts into the next; share of its length any other is held."""

BASS = 55
"""A left-hand tone below this (g3) on a beat brings a new pedal."""


def loudness(piece: Unfolded) -> dict[Fraction, float]:
    """Velocity of an accompanying tone at each onset of the piece."""
    bars = dict(zip(piece.bars, _written(piece), strict=True))
    phrase = _phrases(piece)
    curve: dict[Fraction, float] = {}
    for onset in sorted({tone.onset for tone in piece.tones}):
        bar = piece.bar_at(onset)
        begin, end = bars[bar]
        share = float((onset - bar.start) / bar.length)
        x = _share(phrase, onset)
        velocity = begin + (end - begin) * share + PHRASE * (4.0 * x * (1.0 - x) - 0.5)
        curve[onset] = velocity + (FIRST_BEAT if onset == bar.start else 0)
    return curve


def colour(tone: Tone) -> int:
    """Velocity added to `tone` for what it is."""
    extra = ACCENT if "accent" in tone.tags else 0
    if tone.melody:
        return extra + MELODY
    return extra + (INNER if tone.hand == "inner" or tone.grace else 0)


def lead(tone: Tone, louder_by: float) -> float:
    """Seconds by which the melody comes before its accompaniment."""
    if not tone.melody or "arp" in tone.tags:
        return 0.0
    return min(LEAD_MAX, max(0.0, LEAD_PER_VELOCITY * louder_by))


def held(tone: Tone, seconds: float) -> float:
    """How long the finger stays, of a written length of `seconds`."""
    if tone.slurred or "fermata" in tone.tags:
        return seconds + OVERLAP
    return seconds * DETACHED


def pedals(piece: Unfolded) -> list[Fraction]:
    """Onsets at which the pedal is changed."""
    changes = {
        tone.onset
        for tone in piece.tones
        if tone.hand == "left" and tone.pitch < BASS and tone.onset.denominator == 1
    }
    return sorted(changes)


def _written(piece: Unfolded) -> list[tuple[float, float]]:
    """Velocity at the beginning and at the end of each played bar."""
    now = float(LOUDNESS["p"])
    spans: list[tuple[float, float]] = []
    for bar in piece.bars:
        written = BARS[bar.number]
        if written.dynamic:
            now = float(LOUDNESS[written.dynamic])
        change = {"<": HAIRPIN, ">": -HAIRPIN, "": 0}[written.hairpin]
        spans.append((now, now + change))
        now += change * 0.5  # without a new dynamic, half of what a hairpin won stays
    return spans


def _phrases(piece: Unfolded) -> list[tuple[Fraction, Fraction]]:
    edges = sorted({Fraction(0), piece.end, *(b.start for b in piece.bars if b.number in PHRASES)})
    return list(pairwise(edges))


def _share(spans: list[tuple[Fraction, Fraction]], at: Fraction) -> float:
    begin, end = next(span for span in spans if span[0] <= at < span[1])
    return float((at - begin) / (end - begin))
