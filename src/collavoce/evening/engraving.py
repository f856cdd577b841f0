"""The piece as MusicXML 4.0 (partwise), the file that the demo's show reads.

In: `piece.BARS`. Out: bytes, the same on every machine. Never: a date or a random identifier.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from collavoce.evening.notation import Pitch, Written, read_voice
from collavoce.evening.piece import BARS, BEAT_UNIT, BEATS, TITLE, Bar
from collavoce.evening.spelling import Accidentals, beams, tuplets

DIVISIONS = 24
"""Ticks of a quarter: room for thirty-second notes (3) and triplets of eighths (8)."""

RIGHT, INNER, LEFT = "1", "2", "5"
"""Voices as notation programs number them: 1-4 on the upper staff, 5-8 on the lower."""

_TYPES = {1: "whole", 2: "half", 4: "quarter", 8: "eighth", 16: "16th", 32: "32nd"}
_ORNAMENTS = {"trill": "trill-mark", "mordent": "mordent"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)


@dataclass(slots=True)
class _Hand:
    """What one voice carries over a barline."""

    tied: frozenset[Pitch] = frozenset()
    triplets: bool = False


@dataclass(slots=True)
class _Page:
    fifths: int = 0
    hands: dict[str, _Hand] = field(
        default_factory=lambda: {voice: _Hand() for voice in (RIGHT, INNER, LEFT)}
    )


def engrave() -> bytes:
    """The whole piece as a MusicXML document, UTF-8, indented."""
    root = ET.Element("score-partwise", version="4.0")
    _title(root)
    part = ET.SubElement(root, "part", id="P1")
    page = _Page()
    for number, bar in enumerate(BARS):
        _bar(part, page, number, bar)
    ET.indent(root, space=" ")
    return (_HEAD + ET.tostring(root, encoding="unicode") + "\n").encode()


def _title(root: ET.Element) -> None:
    _text(ET.SubElement(root, "work"), "work-title", TITLE)
    about = ET.SubElement(root, "identification")
    _text(about, "creator", "Collavoce", type="composer")
    _text(about, "rights", "Apache License 2.0")
    _text(ET.SubElement(about, "encoding"), "software", "collavoce.evening.engraving")
    part = ET.SubElement(ET.SubElement(root, "part-list"), "score-part", id="P1")
    _text(part, "part-name", "Piano")


def _bar(part: ET.Element, page: _Page, number: int, bar: Bar) -> None:
    measure = ET.SubElement(part, "measure", number=str(number))
    if number == 0:
        measure.set("implicit", "yes")
    _left_barline(measure, bar)
    _attributes(measure, page, number, bar)
    _directions(measure, bar)
    upper, lower = Accidentals(page.fifths), Accidentals(page.fifths)
    right = read_voice(bar.right)
    length = sum(note.length for note in right)
    _voice(measure, page.hands[RIGHT], right, (RIGHT, "1", upper))
    if bar.hairpin:
        wedge = ET.SubElement(_direction(measure, "below"), "wedge")
        wedge.set("type", "stop")
    if bar.inner:
        _backup(measure, int(length * DIVISIONS))
        _voice(measure, page.hands[INNER], read_voice(bar.inner), (INNER, "1", upper))
    _backup(measure, int(length * DIVISIONS))
    _voice(measure, page.hands[LEFT], read_voice(bar.left), (LEFT, "2", lower))
    _right_barline(measure, number, bar)


def _attributes(measure: ET.Element, page: _Page, number: int, bar: Bar) -> None:
    if number and bar.key is None:
        return
    attributes = ET.SubElement(measure, "attributes")
    if number == 0:
        _text(attributes, "divisions", DIVISIONS)
    if bar.key is not None:
        page.fifths = bar.key
        _text(ET.SubElement(attributes, "key"), "fifths", bar.key)
    if number == 0:
        time = ET.SubElement(attributes, "time")
        _text(time, "beats", BEATS)
        _text(time, "beat-type", BEAT_UNIT)
        _text(attributes, "staves", 2)
        for staff, sign, line in (("1", "G", 2), ("2", "F", 4)):
            clef = ET.SubElement(attributes, "clef", number=staff)
            _text(clef, "sign", sign)
            _text(clef, "line", line)


def _directions(measure: ET.Element, bar: Bar) -> None:
    if bar.mark:
        _text(_direction(measure, "above"), "rehearsal", bar.mark)
    if bar.tempo:
        bpm, words = bar.tempo
        direction = ET.SubElement(measure, "direction", placement="above")
        _text(ET.SubElement(direction, "direction-type"), "words", words)
        metronome = ET.SubElement(ET.SubElement(direction, "direction-type"), "metronome")
        _text(metronome, "beat-unit", "quarter")
        _text(metronome, "per-minute", bpm)
        _text(direction, "staff", 1)
        ET.SubElement(direction, "sound", tempo=str(bpm))
    if bar.words:
        words = _text(_direction(measure, "above"), "words", bar.words)
        words.set("font-style", "italic")
    if bar.dynamic:
        ET.SubElement(ET.SubElement(_direction(measure, "below"), "dynamics"), bar.dynamic)
    if bar.hairpin:
        wedge = ET.SubElement(_direction(measure, "below"), "wedge")
        wedge.set("type", "crescendo" if bar.hairpin == "<" else "diminuendo")


def _direction(measure: ET.Element, placement: str) -> ET.Element:
    direction = ET.SubElement(measure, "direction", placement=placement)
    kind = ET.SubElement(direction, "direction-type")
    _text(direction, "staff", 1)
    return kind


def _voice(
    measure: ET.Element,
    hand: _Hand,
    notes: Sequence[Written],
    where: tuple[str, str, Accidentals],
) -> None:
    """Write one voice of a bar. where: its voice, its staff, the staff's accidentals so far."""
    beamed, grouped = beams(notes), tuplets(notes)
    for i, note in enumerate(notes):
        for k, pitch in enumerate(note.pitches or (None,)):
            element = ET.SubElement(measure, "note")
            tie_stop = pitch in hand.tied
            _pitch(element, note, pitch, chord=k > 0, tie_stop=tie_stop)
            _text(element, "voice", where[0])
            _text(element, "type", _TYPES[note.value])
            if note.dotted:
                ET.SubElement(element, "dot")
            accidental = where[2].printed(pitch) if pitch and not tie_stop else None
            if accidental:
                _text(element, "accidental", accidental)
            if note.triplet:
                modification = ET.SubElement(element, "time-modification")
                _text(modification, "actual-notes", 3)
                _text(modification, "normal-notes", 2)
            _text(element, "staff", where[1])
            for level, value in enumerate(beamed.get(i, ()) if k == 0 else (), start=1):
                _text(element, "beam", value, number=str(level))
            group = grouped.get(i) if k == 0 else None
            _notations(element, note, where[0], (group, hand.triplets), chord=k, tie_stop=tie_stop)
        if not note.grace:
            hand.tied = frozenset(note.pitches) if note.tied else frozenset()
            hand.triplets = note.triplet


def _pitch(
    element: ET.Element, note: Written, pitch: Pitch | None, *, chord: bool, tie_stop: bool
) -> None:
    if note.grace:
        ET.SubElement(element, "grace", slash="yes")
    if chord:
        ET.SubElement(element, "chord")
    if pitch is None:
        ET.SubElement(element, "rest")
    else:
        spelled = ET.SubElement(element, "pitch")
        _text(spelled, "step", pitch.step.upper())
        if pitch.alter:
            _text(spelled, "alter", pitch.alter)
        _text(spelled, "octave", pitch.octave)
    if not note.grace:
        _text(element, "duration", int(note.length * DIVISIONS))
    for kind in _ties(note, tie_stop=tie_stop):
        ET.SubElement(element, "tie", type=kind)


def _ties(note: Written, *, tie_stop: bool) -> Iterable[str]:
    if tie_stop:
        yield "stop"
    if note.tied:
        yield "start"


def _notations(
    element: ET.Element,
    note: Written,
    voice: str,
    triplet: tuple[str | None, bool],
    *,
    chord: int,
    tie_stop: bool,
) -> None:
    """Write what stands around a note.

    triplet : begin or end of its group, and whether the note before was in one too: the 3 is
        printed once. chord : how many notes of the chord came before.
    """
    box = ET.Element("notations")
    for kind in _ties(note, tie_stop=tie_stop):
        ET.SubElement(box, "tied", type=kind)
    if chord == 0 and note.slur:
        kind = "start" if note.slur == "(" else "stop"
        ET.SubElement(box, "slur", type=kind, number="2" if voice == LEFT else "1")
    group, before = triplet
    if group:
        shown = {"show-number": "none"} if before and group == "start" else {}
        bracket = {"bracket": "no"} if group == "start" else {}
        ET.SubElement(box, "tuplet", {"type": group, "number": "1"} | bracket | shown)
    if chord == 0:
        for tag, name in _ORNAMENTS.items():
            if tag in note.tags:
                ET.SubElement(ET.SubElement(box, "ornaments"), name)
        if "accent" in note.tags:
            ET.SubElement(ET.SubElement(box, "articulations"), "accent")
        if "fermata" in note.tags:
            ET.SubElement(box, "fermata", type="inverted" if voice == LEFT else "upright")
    if "arp" in note.tags:
        ET.SubElement(box, "arpeggiate")
    if len(box):
        element.append(box)


def _backup(measure: ET.Element, ticks: int) -> None:
    _text(ET.SubElement(measure, "backup"), "duration", ticks)


def _left_barline(measure: ET.Element, bar: Bar) -> None:
    if not (bar.repeat_from or bar.ending):
        return
    barline = ET.SubElement(measure, "barline", location="left")
    if bar.repeat_from:
        _text(barline, "bar-style", "heavy-light")
    if bar.ending:
        ET.SubElement(barline, "ending", number=str(bar.ending), type="start")
    if bar.repeat_from:
        ET.SubElement(barline, "repeat", direction="forward")


def _right_barline(measure: ET.Element, number: int, bar: Bar) -> None:
    last = number == len(BARS) - 1
    section_ends = not last and (bool(BARS[number + 1].mark) or BARS[number + 1].key is not None)
    if not (last or bar.ending or section_ends):
        return
    barline = ET.SubElement(measure, "barline", location="right")
    style = "light-heavy" if last or bar.repeat_to else "light-light" if section_ends else None
    if style:
        _text(barline, "bar-style", style)
    if bar.ending:
        kind = "stop" if bar.repeat_to else "discontinue"
        ET.SubElement(barline, "ending", number=str(bar.ending), type=kind)
    if bar.repeat_to:
        ET.SubElement(barline, "repeat", direction="backward")


def _text(parent: ET.Element, tag: str, text: object, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = str(text)
    return element
