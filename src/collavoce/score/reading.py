"""From the bytes of a MusicXML file to the score as it is played."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from collavoce.score import values
from collavoce.score.engraved import EngravedBar, EngravedNote
from collavoce.score.errors import ScoreError
from collavoce.score.identity import give_identities
from collavoce.score.model import Bar, Mark, Note, Score, Tempo
from collavoce.score.opening import Element, numbered_bars, open_score, written
from collavoce.score.order import MAX_BARS_PLAYED, EndlessError, play_order
from collavoce.score.parts import PartReader
from collavoce.score.signs import settle_codas
from collavoce.units import Bpm, Quarters
from collavoce.words import say

UNWRITTEN_TEMPO = Bpm(120)
"""Quarters a minute where the page gives no number, as every sequencer assumes."""

MAX_NOTES_PLAYED = 1_000_000

LONGEST_NAME = 20
"""Letters of a bar's number."""


def read_score(data: bytes, name: str) -> Score:
    """The score in `data`, MusicXML plain or compressed, with its repeats written out.

    name : of the file, for errors. Raises ScoreError with place and remedy.
    """
    root = open_score(data, name)
    give_identities(root)
    bars = engraved_bars(root, name)
    if not any(bar.notes for bar in bars):
        raise ScoreError(say("score.no_notes", name=name))
    try:
        order = play_order([bar.signs for bar in bars])
    except EndlessError:
        limit = MAX_BARS_PLAYED
        raise ScoreError(say("score.too_many_bars", name=name, limit=limit)) from None
    if sum(len(bars[index].notes) for index in order) > MAX_NOTES_PLAYED:
        raise ScoreError(say("score.too_many_notes", name=name, limit=MAX_NOTES_PLAYED))
    return _played(_title(root) or name, bars, order)


def _title(root: Element) -> str:
    return written(root.find("movement-title")) or written(root.find("work/work-title"))


def engraved_bars(root: Element, name: str) -> list[EngravedBar]:
    """The bars of `root` as they stand on the page, all parts together; raises ScoreError."""
    bars: list[EngravedBar] = []
    for _, index, element in numbered_bars(root):
        if index == len(bars):
            implicit = element.get("implicit") == "yes"
            number = element.get("number", "").strip()[:LONGEST_NAME]
            bars.append(EngravedBar(element.get("id", ""), number, implicit))
    if not bars:
        raise ScoreError(say("score.no_bars", name=name))
    _name_the_nameless(bars)
    drums = _drums(root)
    readers: dict[int, PartReader] = {}
    for part, index, element in numbered_bars(root):
        if part not in readers:
            readers[part] = PartReader(name, part, drums)
        readers[part].read(element, bars[index])
    settle_codas([bar.signs for bar in bars])
    return bars


def _drums(root: Element) -> dict[str, int]:
    """MIDI key of each unpitched instrument; MusicXML counts keys from 1."""
    drums: dict[str, int] = {}
    for instrument in root.iterfind("part-list/score-part/midi-instrument"):
        key = values.number(written(instrument.find("midi-unpitched")))
        if key is not None and 1 <= key <= 128:  # noqa: PLR2004 - MIDI's range
            drums[instrument.get("id", "")] = int(key) - 1
    return drums


def _name_the_nameless(bars: Sequence[EngravedBar]) -> None:
    """Give a bar that is not counted (a pickup, the second half of a split bar) its own name."""
    counted = {bar.number for bar in bars if not bar.implicit}
    for index, bar in enumerate(bars):
        if bar.number and not (bar.implicit and bar.number in counted):
            continue
        bar.number = "0" if index == 0 and "0" not in counted else f"X{index}"


@dataclass(slots=True)
class _Sounding:
    """A note being played, which a tie may lengthen."""

    engraved: EngravedNote
    onset: Fraction
    end: Fraction


@dataclass(slots=True)
class _Page:
    """The score growing as bar after bar is played."""

    notes: list[_Sounding] = field(default_factory=list[_Sounding])
    tied: dict[tuple[int, int], list[_Sounding]] = field(
        default_factory=dict[tuple[int, int], list[_Sounding]]
    )

    def play(self, bar: EngravedBar, start: Fraction) -> None:
        """Add the notes of `bar`, joining those tied to notes that end where they begin."""
        for note in sorted(bar.notes, key=lambda note: (note.at, not note.grace)):
            onset = values.tidy(start + note.at)
            before = self._tied_to(note, onset) if note.tie_in else None
            if before is None:
                before = _Sounding(note, onset, onset)
                self.notes.append(before)
            elif before.engraved.grace and not note.grace:
                before.engraved = note
            before.end = onset + note.length
            if note.tie_out:
                self.tied.setdefault((note.part, note.pitch), []).append(before)

    def _tied_to(self, note: EngravedNote, onset: Fraction) -> _Sounding | None:
        waiting = self.tied.get((note.part, note.pitch), [])
        ending = [sounding for sounding in waiting if sounding.end == onset]
        ending.sort(key=lambda sounding: sounding.engraved.voice != note.voice)
        self.tied[note.part, note.pitch] = [
            sounding for sounding in waiting if sounding.end >= onset and sounding not in ending[:1]
        ]
        return ending[0] if ending else None


def _played(title: str, bars: Sequence[EngravedBar], order: Sequence[int]) -> Score:
    page = _Page()
    played: list[Bar] = []
    turns = [0] * len(bars)
    in_force = _tempos_in_force(bars)
    tempos = [Tempo(Quarters(0), UNWRITTEN_TEMPO)]
    marks: dict[tuple[str, float], Mark] = {}
    fermatas: set[float] = set()
    start = Fraction(0)
    for index in order:
        bar = bars[index]
        turns[index] += 1
        page.play(bar, start)
        played.append(
            Bar(
                number=bar.number,
                turn=turns[index],
                start=Quarters(float(start)),
                length=Quarters(float(bar.length)),
                beats=bar.beats,
                beat_unit=bar.beat_unit,
                id=bar.id,
            )
        )
        for at, bpm in [(Fraction(0), in_force[index]), *sorted(bar.tempos)]:
            _set_tempo(tempos, Tempo(Quarters(float(start + at)), Bpm(bpm)))
        for at, label in bar.marks:
            mark = Mark(label, Quarters(float(start + at)))
            marks[mark.label, mark.at] = mark
        fermatas |= {float(start + at) for at in bar.fermatas}
        start = values.tidy(start + bar.length)
    return Score(
        title=title,
        notes=tuple(sorted(_notes(page), key=lambda n: (n.onset, not n.grace, n.pitch))),
        bars=tuple(played),
        tempos=tuple(tempos),
        marks=tuple(sorted(marks.values(), key=lambda mark: (mark.at, mark.label))),
        fermatas=tuple(Quarters(at) for at in sorted(fermatas)),
        end=Quarters(float(start)),
    )


def _notes(page: _Page) -> Iterator[Note]:
    for sounding in page.notes:
        note = sounding.engraved
        yield Note(
            id=note.id,
            onset=Quarters(float(sounding.onset)),
            duration=Quarters(float(sounding.end - sounding.onset)),
            pitch=note.pitch,
            grace=note.grace,
            ornament=note.ornament,
        )


def _tempos_in_force(bars: Sequence[EngravedBar]) -> list[float]:
    """The tempo at the beginning of each engraved bar, as the page reads from left to right."""
    tempo, in_force = float(UNWRITTEN_TEMPO), list[float]()
    for bar in bars:
        in_force.append(tempo)
        if bar.tempos:
            tempo = max(bar.tempos, key=lambda item: item[0])[1]
    return in_force


def _set_tempo(tempos: list[Tempo], tempo: Tempo) -> None:
    if tempos[-1].at == tempo.at:
        tempos.pop()
    if not tempos or tempos[-1].bpm != tempo.bpm:
        tempos.append(tempo)
