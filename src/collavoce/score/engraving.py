"""The engraved page for a desk: one long system, with the x of every bar and onset."""

from bisect import bisect_right
from dataclasses import dataclass
from statistics import median_low

from collavoce.score.drawing import Drawing, cleaned
from collavoce.score.engraved import EngravedBar
from collavoce.score.errors import ScoreError
from collavoce.score.identity import give_identities
from collavoce.score.mending import mend
from collavoce.score.model import Score
from collavoce.score.opening import open_score, serialised
from collavoce.score.places import where
from collavoce.score.reading import engraved_bars
from collavoce.score.verovio_toolkit import NotDrawnError, draw
from collavoce.units import Quarters
from collavoce.words import say


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """Where one engraved bar stands. x, width: px of the drawing.

    onsets : (quarters from the bar's start, x of the noteheads' middle), ascending; without graces.
    """

    id: str
    x: float
    width: float
    onsets: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Engraving:
    """A whole score drawn as one system. width, height: px.

    svg : for a page's own markup: no styles or scripts, strokes in `currentColor`, no background;
        the ids of notes (class "note") and bars (class "bar") are those of the Score.
    bars : in engraved order, each once; a repeated bar of the Score has the same id every time.
    """

    svg: str
    width: float
    height: float
    bars: tuple[DrawnBar, ...]


def engrave(data: bytes, name: str) -> Engraving:
    """The score in `data` drawn; raises ScoreError. Takes some 0.5 s for 100 full bars."""
    root = open_score(data, name)
    give_identities(root)
    bars = engraved_bars(root, name)
    mend(root)
    ids = {bar.id for bar in bars} | {note.id for bar in bars for note in bar.notes}
    try:
        drawing = cleaned(draw(serialised(root)), ids)
    except (NotDrawnError, RecursionError) as error:  # elements nested a thousand deep
        raise ScoreError(say("score.not_engraved", name=name)) from error
    drawn = tuple(_drawn(bar, drawing) for bar in bars if bar.id in drawing.bars)
    if not drawn:
        raise ScoreError(say("score.not_engraved", name=name))
    return Engraving(drawing.svg, drawing.width, drawing.height, drawn)


def x_at(engraving: Engraving, score: Score, quarter: Quarters) -> float:
    """The x (px) of `quarter`: on a notehead at its onset, evenly between one and the next.

    After a bar's last onset it moves to the bar line, from where it steps to the next bar's first.
    """
    bar = score.bars[where(score, quarter).bar_index]
    drawn = next((drawn for drawn in engraving.bars if drawn.id == bar.id), engraving.bars[-1])
    points = [(0.0, drawn.x), *drawn.onsets, (bar.length, drawn.x + drawn.width)]
    offset = min(max(quarter - bar.start, 0.0), bar.length)
    after = bisect_right(points, offset, key=lambda point: point[0])
    if after == len(points):
        return points[-1][1]
    (left, x), (right, next_x) = points[after - 1 : after + 1]
    return x + (next_x - x) * (offset - left) / (right - left)


def _drawn(bar: EngravedBar, drawing: Drawing) -> DrawnBar:
    heads: dict[float, list[float]] = {}
    for note in bar.notes:
        if not note.grace and note.id in drawing.heads:
            heads.setdefault(float(note.at), []).append(drawing.heads[note.id])
    # In a chord of seconds some heads stand on the stem's other side: the usual place counts.
    onsets = tuple((at, median_low(heads[at])) for at in sorted(heads))
    x, width = drawing.bars[bar.id]
    return DrawnBar(id=bar.id, x=x, width=width, onsets=onsets)
