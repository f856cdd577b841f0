"""A score, a performance of it, and the truth about the performance.

Two kinds of folder are read: pairs of real human performances (`score.musicxml`, `perf.mid`,
`truth.json` with the alignment of every note), and the evening that Collavoce brings along.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from collavoce import evening
from collavoce.evening.truth import Onset, Truth, read_truth
from collavoce.score import Score, read_score

CHORD_S = 0.35
"""A note farther than this from its chord's median is taken for a mistake of the alignment."""

DISORDER_S = 0.03
"""Onsets that come this much before the one they follow are ornaments, not places."""

LAST_QUARTERS = 4.0
"""Quarters over which the tempo at the end is taken."""

NEIGHBOURS = 3
"""Onsets on either side whose medians an onset must lie between."""


@dataclass(frozen=True, slots=True)
class Pair:
    """agreement: share of the truth's notes (place and pitch) that the score as read has too.

    strays : when notes were played that belong to an onset but lie too far from the rest of it to
        count as its time: a bass that a pianist takes well before its chord.
    """

    id: str
    score: bytes
    read: Score
    performance: Path
    truth: Truth
    seconds: float
    agreement: float
    strays: tuple[float, ...] = ()


def own(folder: Path) -> Pair:
    """The evening, laid out in `folder`."""
    shipped = evening.lay_out(folder)
    score = (shipped / "scores" / "evening.musicxml").read_bytes()
    truth = read_truth(evening.truth_json())
    read = read_score(score, "evening.musicxml")
    performance = shipped / evening.PERFORMANCE
    return Pair("evening", score, read, performance, truth, truth.end, 1.0)


def human(folder: Path) -> Pair:
    """The pair in `folder`."""
    score = (folder / "score.musicxml").read_bytes()
    told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    read = read_score(score, folder.name)
    seconds = float(told["info"]["duration_s"])
    played = onsets(told["notes"])
    truth = Truth((played,), played[-1].seconds, max(seconds, written_end(played, read)))
    return Pair(
        id=folder.name,
        score=score,
        read=read,
        performance=folder / "perf.mid",
        truth=truth,
        seconds=seconds,
        agreement=_agreement(told["notes"], read),
        strays=strays(told["notes"]),
    )


def onsets(notes: list[list[Any]]) -> tuple[Onset, ...]:
    """Where each onset of the score was played: by its first note, grace notes left out.

    notes : rows of [id, quarter, length, pitch, grace, seconds or None, rank].
    """
    chords = _chords(notes)
    first = [(quarter, min(_together(chords[quarter]))) for quarter in sorted(chords)]
    kept: list[Onset] = []
    for i, (quarter, seconds) in enumerate(first):
        before = [at for _, at in first[max(0, i - NEIGHBOURS) : i]]
        after = [at for _, at in first[i + 1 : i + 1 + NEIGHBOURS]]
        if (before and seconds < median(before)) or (after and seconds > median(after)):
            continue
        last = kept[-1].seconds if kept else seconds
        if seconds >= last - DISORDER_S:
            kept.append(Onset(quarter, 0, 0.0, max(seconds, last)))
    return tuple(kept)


def written_end(played: tuple[Onset, ...], read: Score) -> float:
    """When the last note would be let go if it were held as written, at the tempo it came in."""
    last = played[-1]
    before = next(o for o in reversed(played) if o.quarter <= last.quarter - LAST_QUARTERS)
    seconds_a_quarter = (last.seconds - before.seconds) / (last.quarter - before.quarter)
    return last.seconds + (read.end - last.quarter) * seconds_a_quarter


def strays(notes: list[list[Any]]) -> tuple[float, ...]:
    """Seconds of the notes that were left out of their onset's time."""
    chords = _chords(notes).values()
    return tuple(sorted(at for chord in chords for at in set(chord) - set(_together(chord))))


def _chords(notes: list[list[Any]]) -> dict[float, list[float]]:
    chords: dict[float, list[float]] = defaultdict(list)
    for _, quarter, _, _, grace, seconds, _ in notes:
        if not grace and seconds is not None:
            chords[quarter].append(seconds)
    return chords


def _together(chord: list[float]) -> list[float]:
    middle = median(chord)
    return [at for at in chord if abs(at - middle) <= CHORD_S] or chord


def _agreement(notes: list[list[Any]], read: Score) -> float:
    ours = {(round(note.onset, 2), note.pitch) for note in read.notes if not note.grace}
    theirs = {(round(row[1], 2), row[3]) for row in notes if not row[4]}
    return len(ours & theirs) / max(1, len(theirs))
