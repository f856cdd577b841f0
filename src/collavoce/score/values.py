"""Single values of MusicXML: durations, pitches, ornaments, tempos. Each from one element."""

import re
from fractions import Fraction

from collavoce.score.opening import Element, written

FINEST = 1_000_000
"""Positions keep denominators up to this: far beyond music, near enough to stay fast."""

DUST = Fraction(1, 200)
"""Quarters. A distance shorter than this is a program's rounding (Dolet writes a `forward` of 4 of
1024 before a voice), not music: the narrowest real one, 12 notes against 13, is 1/156."""

TYPES = {
    "maxima": Fraction(32),
    "long": Fraction(16),
    "breve": Fraction(8),
    "whole": Fraction(4),
    "half": Fraction(2),
    "quarter": Fraction(1),
    "eighth": Fraction(1, 2),
} | {
    name: Fraction(4, parts)
    for name, parts in (
        ("16th", 16),
        ("32nd", 32),
        ("64th", 64),
        ("128th", 128),
        ("256th", 256),
        ("512th", 512),
        ("1024th", 1024),
    )
}

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}

ORNAMENTS = {
    "trill-mark": "trill",
    "wavy-line": "trill",
    "shake": "trill",
    "mordent": "mordent",
    "inverted-mordent": "mordent",
    "turn": "turn",
    "inverted-turn": "turn",
    "delayed-turn": "turn",
    "delayed-inverted-turn": "turn",
    "vertical-turn": "turn",
    "inverted-vertical-turn": "turn",
    "haydn": "turn",
    "tremolo": "tremolo",
}

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_TEMPO = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,6})?")
SLOWEST, FASTEST = 5.0, 1000.0
"""Quarters a minute; a tempo outside is a typing error or a program's code for "stop"."""


def number(text: str) -> Fraction | None:
    """The decimal `text` exactly; None if it is none (exponents would be a way to overload us)."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def tidy(position: Fraction) -> Fraction:
    """`position` with a denominator no larger than FINEST."""
    return position if position.denominator <= FINEST else position.limit_denominator(FINEST)


def value(note: Element) -> Fraction | None:
    """The length that type, dots and tuplet of a note or rest write; None without a type."""
    length = TYPES.get(written(note.find("type")))
    if length is None:
        return None
    dots = min(len(note.findall("dot")), 4)
    length *= 2 - Fraction(1, 2**dots)
    tuplet = note.find("time-modification")
    if tuplet is not None:
        actual = number(written(tuplet.find("actual-notes")))
        normal = number(written(tuplet.find("normal-notes")))
        if not actual or not normal:
            return None
        length *= Fraction(normal, actual)
    return length


def pitch(note: Element, transpose: int, drums: dict[str, int]) -> int | None:
    """The sounding MIDI number of a note, None for a rest.

    drums : MIDI number of each instrument id that has one, for notes without pitch.
    """
    element, prefix = note.find("pitch"), ""
    if element is None:
        element, prefix = note.find("unpitched"), "display-"
        if element is None:
            return None
        transpose = 0
        instrument = note.find("instrument")
        if instrument is not None and instrument.get("id", "") in drums:
            return drums[instrument.get("id", "")]
    step = STEPS.get(written(element.find(f"{prefix}step")), 11)
    octave = number(written(element.find(f"{prefix}octave"))) or Fraction(0)
    alter = number(written(element.find("alter"))) or Fraction(0)
    # Quarter tones go to the nearer key below the half, as a keyboard's player would choose.
    return 12 * (int(octave) + 1) + step + int(alter) + transpose


def ornament(notations: Element) -> str:
    """What is played in place of a plain note, "" for nothing."""
    for group in notations.iterfind("ornaments"):
        for sign in group:
            if sign.tag in ORNAMENTS and sign.get("type") not in {"stop", "continue"}:
                return ORNAMENTS[sign.tag]
            if sign.tag == "tremolo":
                return "tremolo"
    return "arpeggio" if notations.find("arpeggiate") is not None else ""


def alternation(notations: Element) -> str:
    """Where in a two-note tremolo a note stands: "start" or "stop", "" for outside."""
    signs = (sign.get("type", "") for sign in notations.iterfind("ornaments/tremolo"))
    return next((kind for kind in signs if kind in {"start", "stop"}), "")


def tempo(direction: Element, before: float) -> float | None:
    """Quarters a minute that a `direction` or `sound` sets; before: the tempo until here."""
    sound = direction if direction.tag == "sound" else direction.find("sound")
    if sound is not None and (stated := number(sound.get("tempo", ""))) is not None:
        return _playable(float(stated))
    metronome = direction.find("direction-type/metronome")
    return _metronome(metronome, before) if metronome is not None else None


def _metronome(metronome: Element, before: float) -> float | None:
    """`♪. = 96`, or `♩ = ♩.`, a beat that keeps its time under a new name."""
    units: list[Fraction] = []
    per_minute = None
    for child in metronome:
        if child.tag == "beat-unit":
            units.append(TYPES.get(written(child), Fraction(1)))
        elif child.tag == "beat-unit-dot" and units:
            units[-1] *= Fraction(3, 2)
        elif child.tag == "per-minute" and (found := _TEMPO.search(written(child))):
            per_minute = float(found[0].replace(",", "."))
    if units and per_minute is not None:
        return _playable(float(units[0]) * per_minute)
    if len(units) > 1:
        return _playable(before * float(units[1] / units[0]))
    return None


def _playable(bpm: float) -> float | None:
    return bpm if SLOWEST <= bpm <= FASTEST else None
