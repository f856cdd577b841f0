"""Read one part's bars into the engraved bars of the whole score."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from collavoce.score import values
from collavoce.score.engraved import EngravedBar, EngravedNote
from collavoce.score.errors import ScoreError
from collavoce.score.opening import Element, written
from collavoce.words import say

LONGEST_BAR = 400
"""Quarters. Cadenzas without bar lines reach some 200."""

DUST = Fraction(1, 200)
"""Quarters. A `forward` shorter than this is a program's rounding (Dolet writes 4 of 1024 before a
voice), not music: the narrowest real distance, 12 notes against 13, is 1/156."""

_DA_CAPO = re.compile(r"\s*(d\.?\s*c\.?|da\s+capo)(\s.*)?", re.IGNORECASE)
_DAL_SEGNO = re.compile(r"\s*(d\.?\s*s\.?|dal\s+segno)(\s.*)?", re.IGNORECASE)
_TO_CODA = re.compile(r"\s*to\s+coda.*", re.IGNORECASE)
_FINE = re.compile(r"\s*fine\.?\s*", re.IGNORECASE)
_PASSES = re.compile(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?")


@dataclass(slots=True)
class PartReader:
    """Reads one part from its first bar to its last, carrying what stays in force.

    part : the part's index.
    drums : MIDI numbers of its unpitched instruments.
    """

    name: str
    part: int
    drums: dict[str, int]
    divisions: Fraction = Fraction(1)
    transpose: int = 0
    beats: int = 4
    beat_unit: int = 4
    staves: int = 1
    bpm: float = 120.0
    ending: frozenset[int] = frozenset()
    _bar: EngravedBar = field(init=False)
    _cursor: Fraction = Fraction(0)
    _last_onset: Fraction = Fraction(0)
    _exact: dict[Fraction, Fraction] = field(default_factory=dict[Fraction, Fraction])

    def read(self, element: Element, bar: EngravedBar) -> None:
        """Put the music of `element`, this part's share of `bar`, into it."""
        self._bar = bar
        self._cursor = self._last_onset = Fraction(0)
        self._exact = {Fraction(0): Fraction(0)}
        bar.signs.ending |= self.ending
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
                self._barline(child)
        if self.part == 0:
            bar.beats, bar.beat_unit = self.beats, self.beat_unit
        bar.filled = max(bar.filled, self._filled())

    def _position(self) -> Fraction:
        return self._exact.get(self._cursor, self._cursor)

    def _number(self, element: Element | None, what: str) -> Fraction:
        text = written(element)
        if element is None:
            raise ScoreError(say("score.missing", name=self.name, bar=self._bar.number, what=what))
        found = values.number(text)
        if found is None:
            raise ScoreError(
                say(
                    "score.number", name=self.name, bar=self._bar.number, what=what, text=text[:20]
                )
            )
        return found

    def _duration(self, element: Element) -> Fraction:
        length = self._number(element.find("duration"), "duration") / self.divisions
        return values.tidy(max(length, Fraction(0)))

    def _move(self, length: Fraction, exact: Fraction | None = None) -> None:
        """Move the cursor by `length` as the file counts, by `exact` as it is meant."""
        before = self._position()
        self._cursor = max(values.tidy(self._cursor + length), Fraction(0))
        if self._cursor > LONGEST_BAR:
            raise ScoreError(
                say(
                    "score.number",
                    name=self.name,
                    bar=self._bar.number,
                    what="length",
                    text=str(int(self._cursor)),
                )
            )
        if length > 0:
            position = values.tidy(before + (length if exact is None else exact))
            self._exact.setdefault(self._cursor, position)

    def _skip(self, element: Element) -> None:
        length = self._duration(element)
        if element.tag == "backup":
            self._move(-length)
        else:
            self._move(length, Fraction(0) if length < DUST else length)

    def _filled(self) -> Fraction:
        """How far the music reaches: as meant, unless the file's own count is plainly another."""
        counted, meant = max(self._exact.items())
        return meant if abs(counted - meant) * self.divisions < 1 else counted

    def _meant(self, note: Element, length: Fraction) -> Fraction:
        """The length a note means: its written value where `length` is only that, rounded."""
        value = values.value(note)
        if value is None or value == length:
            return length
        error = abs(value - length)
        return value if error * self.divisions < 1 and error * 20 < value else length

    def _note(self, note: Element) -> None:
        grace = note.find("grace") is not None
        length = Fraction(0) if grace else self._duration(note)
        rest = note.find("rest")
        if rest is not None and rest.get("measure") == "yes":
            # Some programs write a whole rest's four quarters whatever the metre.
            length = min(length, Fraction(self.beats * 4, self.beat_unit))
        meant = length if grace else self._meant(note, length)
        if note.find("chord") is None:
            self._last_onset = self._position()
            if length:
                self._move(length, meant)
        if self._of_another_player(note):
            return
        onset = self._last_onset
        notations = note.findall("notations")
        if any(group.find("fermata") is not None for group in notations):
            self._bar.fermatas.add(onset)
        pitch = values.pitch(note, self.transpose, self.drums)
        if pitch is None:
            return
        if not 0 <= pitch <= 127:  # noqa: PLR2004 - MIDI's range
            raise ScoreError(
                say("score.pitch", name=self.name, bar=self._bar.number, pitch=pitch)
            )
        ties = {tie.get("type") for tie in note.iterfind("tie")}
        ties |= {tied.get("type") for group in notations for tied in group.iterfind("tied")}
        self._bar.notes.append(
            EngravedNote(
                id=note.get("id", ""),
                at=onset,
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

    def _of_another_player(self, note: Element) -> bool:
        """A cue note: only its time counts.

        Programs write `cue` for every small note. In a part of several staves (piano, harp) small
        notes are a cadenza or an ornament written out, and hidden ones are there to sound.
        """
        hidden = note.get("print-object") == "no"
        return note.find("cue") is not None and self.staves == 1 and not hidden

    def _attributes(self, attributes: Element) -> None:
        if attributes.find("divisions") is not None:
            divisions = self._number(attributes.find("divisions"), "divisions")
            if divisions <= 0:
                raise ScoreError(
                    say(
                        "score.number",
                        name=self.name,
                        bar=self._bar.number,
                        what="divisions",
                        text=str(divisions),
                    )
                )
            self.divisions = divisions
        transpose = attributes.find("transpose")
        if transpose is not None:
            chromatic = self._number(transpose.find("chromatic"), "chromatic")
            octaves = values.number(written(transpose.find("octave-change"))) or Fraction(0)
            self.transpose = int(chromatic) + 12 * int(octaves)
        staves = values.number(written(attributes.find("staves")))
        self.staves = max(self.staves, int(staves or 1))
        time = attributes.find("time")
        if time is not None and time.find("beats") is not None:
            self._metre(time)

    def _metre(self, time: Element) -> None:
        """`3+2/8`, or several fractions side by side: added up in the smallest unit."""
        pairs: list[tuple[int, int]] = []
        units = time.findall("beat-type")
        for beats, unit in zip(time.findall("beats"), units, strict=False):
            count = sum(int(part) for part in re.findall(r"\d{1,3}", written(beats)))
            pairs.append((count, int(self._number(unit, "beat-type"))))
        if any(beats < 1 or not 1 <= unit <= 128 for beats, unit in pairs) or not pairs:  # noqa: PLR2004
            raise ScoreError(
                say(
                    "score.number",
                    name=self.name,
                    bar=self._bar.number,
                    what="time",
                    text="/".join(written(child) for child in time)[:20],
                )
            )
        finest = max(unit for _, unit in pairs)
        self.beats = int(sum(Fraction(beats * finest, unit) for beats, unit in pairs))
        self.beat_unit = finest

    def _direction(self, direction: Element) -> None:
        at = self._position()
        offset = direction.find("offset")
        if offset is not None and offset.get("sound") == "yes":
            at = max(at + self._number(offset, "offset") / self.divisions, Fraction(0))
        bpm = values.tempo(direction, self.bpm)
        if bpm is not None:
            self.bpm = bpm
            self._bar.tempos.append((at, bpm))
        for mark in direction.iterfind("direction-type/rehearsal"):
            if written(mark):
                self._bar.marks.append((self._position(), written(mark)))
        sound = direction if direction.tag == "sound" else direction.find("sound")
        if sound is not None:
            self._way_sounded(sound)
        self._way_written(direction)

    def _way_sounded(self, sound: Element) -> None:
        signs = self._bar.signs
        signs.da_capo |= sound.get("dacapo") == "yes"
        signs.fine |= "fine" in sound.attrib
        signs.to_segno = sound.get("dalsegno", signs.to_segno)
        signs.to_coda = sound.get("tocoda", signs.to_coda)
        signs.segno = sound.get("segno", signs.segno)
        signs.coda = sound.get("coda", signs.coda)

    def _way_written(self, direction: Element) -> None:
        """Signs and words that no `sound` doubles, as many programs leave them."""
        signs = self._bar.signs
        if direction.find("direction-type/segno") is not None and signs.segno is None:
            signs.segno = ""
        words = " ".join(written(word) for word in direction.iterfind("direction-type/words"))
        if _TO_CODA.fullmatch(words):
            signs.to_coda = signs.to_coda or ""
        elif direction.find("direction-type/coda") is not None and signs.to_coda is None:
            signs.coda = signs.coda or ""
        if _DA_CAPO.fullmatch(words):
            signs.da_capo = True
        elif _DAL_SEGNO.fullmatch(words):
            signs.to_segno = signs.to_segno or ""
        elif _FINE.fullmatch(words):
            signs.fine = True

    def _barline(self, barline: Element) -> None:
        signs = self._bar.signs
        ending = barline.find("ending")
        if ending is not None and ending.get("type") == "start":
            self.ending = _passes(ending.get("number", ""))
            signs.ending |= self.ending
            signs.ending_starts = True
        repeat = barline.find("repeat")
        if repeat is not None and repeat.get("direction") == "forward":
            signs.forward = True
        elif repeat is not None:
            times = values.number(repeat.get("times", "2")) or Fraction(2)
            signs.backward = min(max(signs.backward, int(times), 2), 99)
            signs.after_jump |= repeat.get("after-jump") == "yes"
        if ending is not None and ending.get("type") in {"stop", "discontinue"}:
            self.ending = frozenset()


def _passes(text: str) -> frozenset[int]:
    """`1, 2` or `1-3` as numbers; a volta without a number is the first."""
    passes: set[int] = set()
    for first, last in _PASSES.findall(text):
        passes |= set(range(int(first), int(last or first) + 1))
    return frozenset(passes - {0} or {1})
