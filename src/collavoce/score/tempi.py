"""How long the music would take at the tempos that are written."""

from bisect import bisect_right

from collavoce.score.model import Score, Tempo
from collavoce.units import Quarters, Seconds


def written_seconds(score: Score, start: Quarters, end: Quarters) -> Seconds:
    """The time from `start` to `end` at the written tempos; negative if `end` comes first.

    Fermatas are not lengthened. Positions outside the score go on at its first and last tempo.
    """
    if end < start:
        return Seconds(-written_seconds(score, end, start))
    tempos = score.tempos
    index = max(bisect_right(tempos, start, key=_at) - 1, 0)
    seconds, here = 0.0, float(start)
    while index + 1 < len(tempos) and tempos[index + 1].at < end:
        seconds += (tempos[index + 1].at - here) * 60 / tempos[index].bpm
        here = tempos[index + 1].at
        index += 1
    return Seconds(seconds + (end - here) * 60 / tempos[index].bpm)


def _at(tempo: Tempo) -> float:
    return tempo.at
