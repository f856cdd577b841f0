"""What written music is to the rest of the house: plain values, repeats written out."""

from dataclasses import dataclass

from collavoce.units import Bpm, Quarters


@dataclass(frozen=True, slots=True)
class Note:
    """One note as played once; a tied chain is one note, a repeated bar gives its notes again.

    id : the engraved note's own id (the same in every pass).
    pitch : MIDI number 0..127, sounding pitch.
    duration : written length with ties added; 0 for a grace note.
    ornament : "trill", "mordent", "turn", "tremolo", "arpeggio" or "" .
    """

    id: str
    onset: Quarters
    duration: Quarters
    pitch: int
    grace: bool = False
    ornament: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as played once.

    number : as printed ("12", "0" for a pickup, "X1" for an unnumbered one).
    turn : 1 the first time this engraved bar is played, 2 the second, ...
    beats, beat_unit : the metre in force (4/4, 6/8 ...); `length` is the true length in quarters.
    id : the engraved bar's id (the same in every pass).
    """

    number: str
    turn: int
    start: Quarters
    length: Quarters
    beats: int
    beat_unit: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tempo:
    """A written or implied tempo from `at` on."""

    at: Quarters
    bpm: Bpm


@dataclass(frozen=True, slots=True)
class Mark:
    """A rehearsal mark."""

    label: str
    at: Quarters


@dataclass(frozen=True, slots=True)
class Score:
    """A score as it is played from first to last bar.

    notes : sorted by (onset, grace first, pitch), grace notes of one onset as they are written;
        bars, tempos, marks by position.
    tempos : never empty; tempos[0].at == 0.
    fermatas : positions of notes or rests under a fermata.
    end : the end of the last bar.
    """

    title: str
    notes: tuple[Note, ...]
    bars: tuple[Bar, ...]
    tempos: tuple[Tempo, ...]
    marks: tuple[Mark, ...]
    fermatas: tuple[Quarters, ...]
    end: Quarters
