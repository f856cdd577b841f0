"""Read one part's bars into the engraved bars of the whole score."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from collavoce.score import values
from collavoce.score.alternating import Alternation, alternated
from collavoce.score.engraved import EngravedBar, EngravedNote
from collavoce.score.errors import ScoreError
from collavoce.score.opening import Element, written
from collavoce.score.signs import read_barline, read_direction
from collavoce.words import say

LONGEST_BAR = 400
"""Quarters. Cadenzas without bar lines reach some 200."""

BEAT_UNITS = range(1, 129)
"""What a time signature may count: parts of a whole note."""

HIGHEST_PITCH = 127
"""MIDI's."""


@dataclass(slots=True)
class PartReader:
    """Reads one part from its first bar to its last, carrying what stays in force.

    part : the part's index.
    drums : MIDI numbers of its unpitched instruments.
    """

    name: str
    part: int
    drums: dict[str, int]
    _divisions: Fraction = Fraction(1)
    _transpose: int = 0
    _beats: int = 4
    _beat_unit: int = 4
    _bpm: float = 120.0
    _ending: frozenset[int] = frozenset()
    _staves: int = 1
    _bar_repeat: int = 0
    _history: list[list[EngravedNote]] = field(default_factory=list[list[EngravedNote]])
    # Of the bar being read. The cursor counts as the file does, _exact says where that is meant.
    _bar: EngravedBar = field(default_factory=lambda: EngravedBar("", "", implicit=False))
    _notes: list[EngravedNote] = field(default_factory=list[EngravedNote])
    _alternations: list[Alternation] = field(default_factory=list[Alternation])
    _alternates: Fraction = Fraction(0)
    _cursor: Fraction = Fraction(0)
    _onset: Fraction = Fraction(0)
    _exact: dict[Fraction, Fraction] = field(default_factory=dict[Fraction, Fraction])

    def read(self, element: Element, bar: EngravedBar) -> None:
        """Put the music of `element`, this part's share of `bar`, into it; raises ScoreError."""
        self._bar = bar
        self._notes = []
        self._alternations = []
        self._cursor = self._onset = Fraction(0)
        self._exact = {Fraction(0): Fraction(0)}
        bar.signs.ending |= self._ending
        for child in element:
            if child.tag == "note":
                self._note(child)
            elif child.tag in {"backup", "forward"}:
                self._skip(child)
            elif child.tag == "attributes":
                self._attributes(child)
            elif child.tag in {"direction", "sound"}:
                self._direction(child)
            elif child.tag == "barline":
                self._ending = read_barline(child, bar.signs, self._ending)
        if self.part == 0:
            bar.beats, bar.beat_unit = self._beats, self._beat_unit
        self._notes = alternated(self._notes, self._alternations)
        if self._bar_repeat and not self._notes:
            self._notes = self._repeated()
        self._history.append(self._notes)
        bar.notes += self._notes
        bar.filled = max(bar.filled, self._filled())

    def _wrong(self, what: str, text: str) -> ScoreError:
        return ScoreError(
            say("score.number", name=self.name, bar=self._bar.number, what=what, text=text[:20])
        )

    def _number(self, parent: Element, tag: str) -> Fraction:
        element = parent.find(tag)
        if element is None:
            raise ScoreError(say("score.missing", name=self.name, bar=self._bar.number, what=tag))
        found = values.number(written(element))
        if found is None:
            raise self._wrong(tag, written(element))
        return found

    def _duration(self, element: Element) -> Fraction:
        length = self._number(element, "duration") / self._divisions
        if length < 0:
            raise self._wrong("duration", written(element.find("duration")))
        return values.tidy(length)

    def _position(self) -> Fraction:
        return self._exact.get(self._cursor, self._cursor)

    def _move(self, counted: Fraction, meant: Fraction) -> None:
        before = self._position()
        self._cursor = max(values.tidy(self._cursor + counted), Fraction(0))
        if self._cursor > LONGEST_BAR:
            raise self._wrong("duration", str(int(self._cursor)))
        if counted > 0:
            self._exact.setdefault(self._cursor, values.tidy(before + meant))

    def _skip(self, element: Element) -> None:
        length = self._duration(element)
        if element.tag == "backup":
            self._move(-length, -length)
        else:
            self._move(length, Fraction(0) if length < values.DUST else length)

    def _filled(self) -> Fraction:
        """How far the music reaches: as meant, unless the file's own count is plainly another."""
        counted, meant = max(self._exact.items())
        return meant if abs(counted - meant) * self._divisions < 1 else counted

    def _repeated(self) -> list[EngravedNote]:
        """The notes a percent sign stands for; their heads are those of the bar it repeats."""
        source = self._history[-self._bar_repeat :][:1]
        return [replace(note, tie_in=False, tie_out=False) for notes in source for note in notes]

    def _meant(self, note: Element, counted: Fraction) -> Fraction:
        """The length a note means: its written value if `counted` is only that, rounded."""
        value = values.value(note)
        if value is None or value == counted:
            return counted
        error = abs(value - counted)
        return value if error * self._divisions < 1 and error * 5 < value else counted

    def _note(self, note: Element) -> None:
        grace = note.find("grace") is not None
        counted = Fraction(0) if grace else self._duration(note)
        rest = note.find("rest")
        if rest is not None and rest.get("measure") == "yes":
            # Some programs write a whole rest's four quarters whatever the metre.
            counted = min(counted, Fraction(self._beats * 4, self._beat_unit))
        meant = counted if grace else self._meant(note, counted)
        if note.find("chord") is None:
            self._onset = self._position()
            self._move(counted, meant)
        if self._of_another_player(note):
            return
        notations = note.findall("notations")
        if any(group.find("fermata") is not None for group in notations):
            self._bar.fermatas.add(self._onset)
        pitch = values.pitch(note, self._transpose, self.drums)
        if pitch is None:
            return
        if not 0 <= pitch <= HIGHEST_PITCH:
            raise ScoreError(say("score.pitch", name=self.name, bar=self._bar.number, pitch=pitch))
        self._alternate(note, notations)
        ties = {tie.get("type") for tie in note.iterfind("tie")}
        ties |= {tied.get("type") for group in notations for tied in group.iterfind("tied")}
        self._notes.append(
            EngravedNote(
                id=note.get("id", ""),
                at=self._onset,
                length=meant,
                pitch=pitch,
                part=self.part,
                voice=written(note.find("voice")),
                grace=grace,
                tie_in="stop" in ties,
                tie_out="start" in ties,
                ornament=next(filter(None, map(values.ornament, notations)), ""),
            )
        )

    def _alternate(self, note: Element, notations: Iterable[Element]) -> None:
        """Note where a two-note tremolo begins, and that it is one when its second note comes."""
        kind = next(filter(None, map(values.alternation, notations)), "")
        if kind == "start":
            self._alternates = self._onset
        elif kind == "stop" and self._alternates < self._onset:
            voice = written(note.find("voice"))
            self._alternations.append(Alternation(voice, self._alternates, self._onset))

    def _of_another_player(self, note: Element) -> bool:
        """A cue note: only its time counts.

        Programs write `cue` for every small note. In a part of several staves (piano, harp) small
        notes are a cadenza or an ornament written out, and hidden ones are there to sound.
        """
        hidden = note.get("print-object") == "no"
        return note.find("cue") is not None and self._staves == 1 and not hidden

    def _attributes(self, attributes: Element) -> None:
        if attributes.find("divisions") is not None:
            self._divisions = self._number(attributes, "divisions")
            if self._divisions <= 0:
                raise self._wrong("divisions", written(attributes.find("divisions")))
        transpose = attributes.find("transpose")
        if transpose is not None:
            octaves = values.number(written(transpose.find("octave-change"))) or 0
            self._transpose = int(self._number(transpose, "chromatic")) + 12 * int(octaves)
        staves = values.number(written(attributes.find("staves")))
        self._staves = max(self._staves, int(staves or 1))
        time = attributes.find("time")
        if time is not None and time.find("beats") is not None:
            self._metre(time)
        for repeat in attributes.iterfind("measure-style/measure-repeat"):
            bars = values.number(written(repeat)) or 1
            self._bar_repeat = int(bars) if repeat.get("type") == "start" else 0

    def _metre(self, time: Element) -> None:
        """`3+2/8`, or several fractions side by side: added up in the smallest unit."""
        pairs: list[tuple[int, int]] = []
        for beats, unit in zip(time.findall("beats"), time.findall("beat-type"), strict=False):
            count = sum(int(part) for part in re.findall(r"[0-9]{1,3}", written(beats)))
            size = written(unit)
            if not count or not re.fullmatch(r"[0-9]{1,3}", size) or int(size) not in BEAT_UNITS:
                raise self._wrong("time", f"{written(beats)}/{size}")
            pairs.append((count, int(size)))
        if pairs:
            finest = max(unit for _, unit in pairs)
            self._beats = int(sum(Fraction(beats * finest, unit) for beats, unit in pairs))
            self._beat_unit = finest

    def _direction(self, direction: Element) -> None:
        at = self._position()
        offset = direction.find("offset")
        if offset is not None and offset.get("sound") == "yes":
            at = max(at + self._number(direction, "offset") / self._divisions, Fraction(0))
        bpm = values.tempo(direction, self._bpm)
        if bpm is not None:
            self._bpm = bpm
            self._bar.tempos.append((values.tidy(at), bpm))
        for mark in direction.iterfind("direction-type/rehearsal"):
            if written(mark):
                self._bar.marks.append((self._position(), written(mark)))
        read_direction(direction, self._bar.signs)
