"""What is read once before the house opens, so that a process that dies is back at once.

Reading and engraving scores takes seconds; a restarted engine has none to spare. The results are
put beside the configuration, in the performance's private folder.
"""

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collavoce.runtime.engraver import engrave_apart
from collavoce.score.engraving import Engraving
from collavoce.score.model import Score
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Show
from collavoce.show.reading.folder import SHOW_FILE

SHOW, SCORES, ENGRAVINGS = "show.prepared", "scores.prepared", "engravings.prepared"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A show with its written music, by number id; a score that cannot be drawn has no drawing."""

    show: Show
    scores: Mapping[str, Score]
    engravings: Mapping[str, Engraving]


def prepare(folder: Path, show: Show, read: Mapping[str, Score]) -> Prepared:
    """Put the music of `show` together. read: its scores by path, as they were read with it."""
    scores = {n.id: read[n.score] for n in show.numbers if n.score is not None}
    files = dict.fromkeys(number.score for number in show.numbers if number.score is not None)
    drawings = {file: engrave_apart(folder / file) for file in files}
    engravings = {
        number.id: drawing
        for number in show.numbers
        if number.score is not None and (drawing := drawings[number.score]) is not None
    }
    return Prepared(show, scores, engravings)


def plan_hash(folder: Path, show: Show) -> str:
    """What was read, in one number: SHA-256 over the show's file, scores and sounds, in hex.

    A sound that is missing, which stops no show, counts as missing.
    """
    files = [SHOW_FILE, *sorted({n.score for n in show.numbers if n.score is not None})]
    digest = hashlib.sha256()
    for name in files:
        content = (folder / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    for name in sorted(_sounds(show)):
        digest.update(f"{name}\0{_hash_of_file(folder / name)}\0".encode())
    return digest.hexdigest()


def _sounds(show: Show) -> set[str]:
    cues = show.cues_by_number.values()
    actions = (action for cue in cues for action in cue.actions)
    return {action.file for action in actions if isinstance(action, PlaySound)}


def _hash_of_file(path: Path) -> str:
    """SHA-256 in hex, read a piece at a time: a sound may be larger than memory. "": no such."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def pack_up(prepared: Prepared, run_dir: Path) -> None:
    """Put `prepared` where the processes look for it."""
    # Mappings of every kind become plain ones: some of them cannot be pickled.
    for name, value in (
        (SHOW, prepared.show),
        (SCORES, dict(prepared.scores)),
        (ENGRAVINGS, dict(prepared.engravings)),
    ):
        (run_dir / name).write_bytes(pickle.dumps(value))


def prepared_show(run_dir: Path) -> Show:
    """The show that was packed up."""
    return _unpack(run_dir / SHOW)


def prepared_scores(run_dir: Path) -> dict[str, Score]:
    """The scores that were packed up."""
    return _unpack(run_dir / SCORES)


def prepared_engravings(run_dir: Path) -> dict[str, Engraving]:
    """The engravings that were packed up."""
    return _unpack(run_dir / ENGRAVINGS)


def _unpack(path: Path) -> Any:  # noqa: ANN401  each caller names what it packed
    # The folder is ours alone (0700) and was written by this very performance.
    return pickle.loads(path.read_bytes())  # noqa: S301
