"""Where a number may end early, found in its score."""

from collavoce.score.model import Score
from collavoce.show.cues import Finish
from collavoce.units import Quarters


def finish_at(score: Score, words: str, quarter: Quarters) -> Finish | None:
    """The finish at `quarter`, written as `words`; None if nothing sounds before it.

    The last onset is held as long as the longest of its notes, and no longer than to the place.
    """
    before = [note for note in score.notes if note.onset < quarter and not note.grace]
    if not before:
        return None
    last = max(note.onset for note in before)
    hold = max(note.duration for note in before if note.onset == last)
    return Finish(words, quarter, last, Quarters(min(hold, quarter - last)))
