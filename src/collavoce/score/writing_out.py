"""Write engraved bars out in the order they are played: notes joined by ties, tempos carried on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from collavoce.score import values
from collavoce.score.engraved import EngravedBar, EngravedNote
from collavoce.score.model import Bar, Mark, Note, Score, Tempo
from collavoce.units import Bpm, Quarters

UNWRITTEN_TEMPO = Bpm(120)
"""Quarters a minute where the page gives no number, as every sequencer assumes."""


def written_out(title: str, bars: Sequence[EngravedBar], order: Sequence[int]) -> Score:
    """The Score of `bars` played in `order`, indices into `bars`."""
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
            at_most = min(at, bar.length)
            _set_tempo(tempos, Tempo(Quarters(float(start + at_most)), Bpm(bpm)))
        for at, label in bar.marks:
            mark = Mark(label, Quarters(float(start + at)))
            marks[mark.label, mark.at] = mark
        fermatas |= {float(start + at) for at in bar.fermatas}
        start = values.tidy(start + bar.length)
    return Score(
        title=title,
        notes=tuple(sorted(_notes(page), key=_order)),
        bars=tuple(played),
        tempos=tuple(tempos),
        marks=tuple(sorted(marks.values(), key=lambda mark: (mark.at, mark.label))),
        fermatas=tuple(Quarters(at) for at in sorted(fermatas)),
        end=Quarters(float(start)),
    )


@dataclass(slots=True, eq=False)
class _Sounding:
    """A note being played, which a tie may lengthen."""

    engraved: EngravedNote
    onset: Fraction
    end: Fraction


@dataclass(slots=True)
class _Page:
    """The score growing as bar after bar is played. tied: what waits for its tie's end."""

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
        """The note that waits to be tied on at `onset`; of two, the one of the same voice."""
        waiting = self.tied.get((note.part, note.pitch), [])
        waiting = [sounding for sounding in waiting if sounding.end > onset - values.DUST]
        ending = [sounding for sounding in waiting if sounding.end < onset + values.DUST]
        ending.sort(key=lambda sounding: sounding.engraved.voice != note.voice)
        self.tied[note.part, note.pitch] = [
            sounding for sounding in waiting if sounding not in ending[:1]
        ]
        return ending[0] if ending else None


def _order(note: Note) -> tuple[float, bool, int]:
    return note.onset, not note.grace, 0 if note.grace else note.pitch


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
