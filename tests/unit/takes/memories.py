"""Takes to keep, a shelf to keep them on, and a search for what must not lie anywhere."""

from dataclasses import dataclass, field
from math import sin
from pathlib import Path

import mido

from collavoce.company.people import Person
from collavoce.following.takes import Passage, Take
from collavoce.runtime.takes.place import TakesPlace, takes_place
from collavoce.runtime.takes.shelf import Kept, Shelf
from collavoce.score.model import Score

SCORE = "5c0e" * 16
TICKS = 480
NOON = 1_790_000_000.0
PIANIST = Person("pianist", "Yuna Park", ("performer",))
PEOPLE = {PIANIST.id: PIANIST, "second": Person("second", "Ben Adler", ("performer",))}


def take(first: float = 0.5) -> Take:
    """Four onsets, the second `first` seconds after the first."""
    return Take(SCORE, (Passage((0.0, 1.0, 2.0, 3.0), (0.0, first, 1.5, 2.25)),))


@dataclass
class Drawer:
    """A shelf under one folder, with a wall clock moved by hand."""

    root: Path
    wall: float = NOON
    place: TakesPlace = field(init=False)
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        show = self.root / "show"
        show.mkdir(parents=True, exist_ok=True)
        self.place = takes_place(show, self.root / "apart")
        self.shelf = Shelf(self.place, lambda: self.wall)

    def kept(self, person: str = "pianist", score: str = SCORE, first: float = 0.5) -> bool:
        """Keep one take, if there is a yes."""
        word = self.shelf.yes(person)
        self.wall += 1.0
        kept = Kept(self.wall, take(first))
        return self.shelf.keep(person, score, kept, "" if word is None else word.id)

    def files(self) -> dict[Path, bytes]:
        """Every file that was written, with its bytes."""
        return held(self.root)


def held(root: Path) -> dict[Path, bytes]:
    """Every file under `root` with its bytes."""
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def play(score: Score, file: Path) -> None:
    """The notes of `score`, in a tempo that comes and goes."""
    track = mido.MidiTrack()
    moves = [
        (when, note.pitch, kind)
        for note in score.notes
        for when, kind in ((note.onset, 64), (note.onset + note.duration * 0.9, 0))
    ]
    before = 0
    for when, pitch, velocity in sorted(moves, key=lambda move: (move[0], move[2])):
        now = int(TICKS * (when + 0.2 * sin(when / 2)))
        track.append(mido.Message("note_on", note=pitch, velocity=velocity, time=now - before))
        before = now
    track.insert(0, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(84)))
    mido.MidiFile(ticks_per_beat=TICKS, tracks=[track]).save(file)
