"""Pieces with repeats, voltas, D.C. and D.S. on the page, and players who do not take all of them.

    page("|: A 1[ a ] :| 2[ b ] B")

A capital letter is a section of four bars, a small one a single bar; the same letter is the same
music. Signs stand between: `|:`, `:|`, `:|3` (three times in all), `1[ ... ]` a volta (`1-3[`),
`segno`, `coda`, `fine`, `tocoda`, `dc`, `ds`; those of the last line belong to the bar before them,
`segno` and `coda` to the bar after.
"""

import random
import re
from dataclasses import dataclass
from fractions import Fraction

from tests.recorded.pieces import BEATS, bar_of
from tests.recorded.playing import Passage

from collavoce.following.branches import branches_of
from collavoce.following.model import events_of, tempo_map
from collavoce.score.engraved import EngravedBar, EngravedNote
from collavoce.score.model import Score
from collavoce.score.order import play_order
from collavoce.score.writing_out import written_out

SECTION_BARS = 4
TURNS, TURNS_MOST = 0.4, 4
"""Share of branches that are taken by chance, and how many at most."""

_VOLTA = re.compile(r"([0-9])(?:-([0-9]))?\[")


@dataclass(slots=True)
class _Pen:
    """What the next bar begins with, and the volta it lies under."""

    forward: bool = False
    segno: bool = False
    coda: bool = False
    passes: frozenset[int] = frozenset()
    volta_starts: bool = False


def page(signs: str, seed: int = 1) -> Score:
    """The score of a page in the short form, written out as `read_score` would."""
    bars, pen = list[EngravedBar](), _Pen()
    for word in signs.split():
        if len(word) == 1 and word.isalpha():
            for k in range(SECTION_BARS if word.isupper() else 1):
                bars.append(_bar(f"{seed} {word} {k}", len(bars), pen))
        elif word == "|:":
            pen.forward = True
        elif volta := _VOLTA.fullmatch(word):
            first, last = int(volta[1]), int(volta[2] or volta[1])
            pen.passes, pen.volta_starts = frozenset(range(first, last + 1)), True
        elif word == "]":
            pen.passes = frozenset()
        elif word in {"segno", "coda"}:
            setattr(pen, word, True)
        else:
            _sign(word, bars[-1])
    return written_out(f"page {seed}", bars, play_order([bar.signs for bar in bars]))


def _sign(word: str, bar: EngravedBar) -> None:
    signs = bar.signs
    if word.startswith(":|"):
        signs.backward = int(word[2:] or 2)
    elif word == "dc":
        signs.da_capo = True
    elif word == "ds":
        signs.to_segno = ""
    elif word == "tocoda":
        signs.to_coda = ""
    else:
        assert word == "fine", word
        signs.fine = True


def _bar(name: str, index: int, pen: _Pen) -> EngravedBar:
    bar = EngravedBar(f"b{index}", str(index + 1), implicit=False, filled=Fraction(BEATS))
    bar.tempos = [(Fraction(0), 96.0)] if index == 0 else []
    bar.notes = [
        EngravedNote(
            id=f"b{index}-{n}",
            at=Fraction(note.onset),
            length=Fraction(note.duration),
            pitch=note.pitch,
            part=0,
            voice="1",
            grace=False,
            tie_in=False,
            tie_out=False,
            ornament="",
        )
        for n, note in enumerate(bar_of(random.Random(name)))
    ]
    signs = bar.signs
    signs.forward, signs.ending, signs.ending_starts = pen.forward, pen.passes, pen.volta_starts
    signs.segno = "" if pen.segno else None
    signs.coda = "" if pen.coda else None
    pen.forward = pen.segno = pen.coda = pen.volta_starts = False
    return bar


def way(score: Score, *stretches: tuple[int, int]) -> tuple[Passage, ...]:
    """Passages of bars `first` up to, not with, `last`, counted from 0 as written out."""
    ends = [*(bar.start for bar in score.bars), score.end]
    return tuple(Passage(ends[first], ends[last]) for first, last in stretches)


def any_way(score: Score) -> tuple[Passage, ...]:
    """A way by chance through a page, the same for the same score: now and then another branch."""
    rng = random.Random(score.title)
    events = events_of(score, tempo_map(score))
    starts = [events.at(bar.start) for bar in score.bars] + [len(events)]
    ways: dict[int, list[int]] = {}
    for branch in branches_of(score, events):
        ways.setdefault(starts.index(branch.due), []).append(starts.index(branch.target))
    stretches, bar, turns = [(0, 0)], 0, 0
    while bar < len(score.bars):
        bar += 1
        stretches[-1] = (stretches[-1][0], bar)
        if bar in ways and turns < TURNS_MOST and rng.random() < TURNS:
            bar = rng.choice(ways[bar])
            stretches.append((bar, bar))
            turns += 1
    return way(score, *stretches)
