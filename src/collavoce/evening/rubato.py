"""How the model bends time: seconds for every twelfth of a quarter of the piece.

In: the unfolded piece. Out: a tempo curve, before chance. Never: a note.

- Phrases speed up and slow down as parabolas at two levels (Todd, "A model of expressive timing in
  tonal music", Music Perception 3(1), 1985; the phrase arch of the KTH rules: Friberg, Computer
  Music Journal 15(2), 1991), with a breath between.
- A ritardando falls as a runner stops, v(x) = (1 + (w^3 - 1) x)^(1/3) from tempo 1 to w (Friberg
  and Sundberg, Journal of the Acoustical Society of America 105(3), 1999).
- Beats of a bar are not quite even, and a note under a fermata is held.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from collavoce.evening.piece import BARS, PHRASES
from collavoce.evening.unfolding import Unfolded

STEPS = 12
"""Steps in a quarter: sixteenths are 3 of them, triplets of eighths 4."""

PHRASE_DEPTH, SECTION_DEPTH = 0.13, 0.07
"""How much faster the middle of a phrase, of a section is than its ends, as a share of tempo."""

PEAK = 0.45
"""Where in a phrase the tempo is highest: 0 its beginning, 1 its end."""

BREATH = 0.09
"""Seconds taken before a new phrase."""

FERMATA = 1.75
"""How many times its length a note under a fermata is held."""

METRE = (1.02, 0.985, 0.995)
"""Length of the three beats of a bar against an even third."""

RITARDANDI = (
    (24, 25, 0.80),
    (40, 40, 0.70),
    (50, 51, 0.66),
    (71, 71, 0.75),
    (73, 74, 0.58),
)
"""First bar, last bar, what is left of the tempo at the end."""


def tempo_curve(piece: Unfolded) -> list[float]:
    """Seconds of each step from the start of the piece to its end [shape=(12 * quarters,)]."""
    count = int(piece.end * STEPS)
    phrases = _spans(piece, frozenset(PHRASES))
    sections = _spans(piece, frozenset(n for n, bar in enumerate(BARS) if bar.mark))
    seconds = [
        60.0 / bpm / STEPS / (phrase * section)
        for bpm, phrase, section in zip(
            _written(piece),
            _arches(phrases, PHRASE_DEPTH, count),
            _arches(sections, SECTION_DEPTH, count),
            strict=True,
        )
    ]
    for index, stretch in _stretches(piece):
        seconds[index] *= stretch
    for begin, _ in phrases[1:]:
        seconds[begin - 1] += BREATH
    return seconds


def _written(piece: Unfolded) -> Iterator[float]:
    """The written tempo of each step, in quarters a minute."""
    bpm = 0.0
    for bar in piece.bars:
        tempo = BARS[bar.number].tempo
        bpm = tempo[0] if tempo else bpm
        yield from [bpm] * int(bar.length * STEPS)


def _spans(piece: Unfolded, begins: frozenset[int]) -> list[tuple[int, int]]:
    """Steps [begin, end) of the stretches that begin with the bars numbered in `begins`."""
    edges = [int(bar.start * STEPS) for bar in piece.bars if bar.number in begins]
    return list(pairwise(sorted({0, *edges, int(piece.end * STEPS)})))


def _arches(spans: list[tuple[int, int]], depth: float, count: int) -> list[float]:
    """A tempo factor for each step: one parabola a span, about 1 on average."""
    curve = [1.0] * count
    for begin, end in spans:
        for index in range(begin, end):
            x = (index + 0.5 - begin) / (end - begin)
            u = (x - PEAK) / max(PEAK, 1.0 - PEAK)
            curve[index] = 1.0 + depth * (1.0 / 3.0 - u * u)
    return curve


def _stretches(piece: Unfolded) -> Iterator[tuple[int, float]]:
    """Steps that last longer than the arches say, and how many times."""
    for bar in piece.bars:
        for beat, factor in enumerate(METRE[: int(bar.length)]):
            for step in range(STEPS):
                yield int(bar.start * STEPS) + beat * STEPS + step, factor
    for first, last, left in RITARDANDI:
        begin, end = int(piece.bar(first).start * STEPS), int(piece.bar(last).end * STEPS)
        for index in range(begin, end):
            x = (index + 0.5 - begin) / (end - begin)
            yield index, (1.0 + (left**3 - 1.0) * x) ** (-1.0 / 3.0)
    for begin, end in sorted({(t.onset, t.end) for t in piece.tones if "fermata" in t.tags}):
        for index in range(int(begin * STEPS), int(end * STEPS)):
            yield index, FERMATA


def step_of(quarter: Fraction) -> int:
    """The step that begins at `quarter`."""
    return int(quarter * STEPS)
