"""The scores of the show file, and the places in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from collavoce.score.errors import PlaceError, ScoreError
from collavoce.score.model import Score
from collavoce.score.places import parse_place, resolve
from collavoce.score.reading import read_score
from collavoce.show.errors import ShowFileError
from collavoce.show.written.table import Table
from collavoce.units import Quarters
from collavoce.words import say

SCORE_LIMIT = 32 * 1024 * 1024
"""Bytes of one score file. The largest orchestral scores in MusicXML are about half of that."""

SCORE_ENDINGS = (".musicxml", ".mxl", ".xml")

FileReader = Callable[[str], bytes | None]
"""The bytes of a file by its path in the folder; None if it is not there; or ShowFileError."""


@dataclass(slots=True)
class Scores:
    """The scores read so far, each once however many numbers share it; None: one that failed."""

    read_file: FileReader
    known: dict[str, Score | None] = field(default_factory=dict[str, Score | None])

    def read(self, number: Table) -> tuple[str | None, Score | None]:
        """The path and the score of a number; what is wrong with them is found."""
        path = number.text("score")
        if not path:
            return None, None
        if not is_inside(path):
            number.error("score", "outside", path=path)
        elif not path.casefold().endswith(SCORE_ENDINGS):
            number.error("score", "not_a_score", path=path, endings=", ".join(SCORE_ENDINGS))
        else:
            if path not in self.known:
                self.known[path] = self._score(number, path)
            return path, self.known[path]
        return path, None

    def _score(self, number: Table, path: str) -> Score | None:
        try:
            data = self.read_file(path)
        except ShowFileError as error:
            number.error("score", "no_access", path=path, why=error)
            return None
        if data is None:
            number.error("score", "no_score_file", path=path)
            return None
        if len(data) > SCORE_LIMIT:
            number.error("score", "too_big", path=path, limit=SCORE_LIMIT >> 20)
            return None
        try:
            return read_score(data, path)
        except ScoreError as error:
            remedy = say("show.found.bad_score.remedy")
            number.sentence("score", str(error), remedy)
            return None


def is_inside(path: str) -> bool:
    """Whether `path` stays inside the folder on every system."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts)


def read_place(
    table: Table, words: str, score: Score | None, *, key: str = "at"
) -> Quarters | None:
    """Where `words` stand in `score`; None, with a finding, if they name no place in it."""
    try:
        place = parse_place(words)
        if score is None:
            return None
        quarter = resolve(score, place)
    except PlaceError as error:
        table.sentence(key, str(error), say("show.found.bad_place.remedy"))
        return None
    if quarter > score.notes[-1].onset:
        table.warning(key, "behind_last", at=words)
    return quarter


def last_hold(score: Score) -> Quarters:
    """How long the last onset is held, as written; a fermata on it is not counted."""
    end = max(note.onset + note.duration for note in score.notes)
    return Quarters(end - score.notes[-1].onset)


def paths_read(known: Mapping[str, Score | None]) -> dict[str, Score]:
    """The scores that could be read."""
    return {path: score for path, score in known.items() if score is not None}
