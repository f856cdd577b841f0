"""Where each moment of the music stands on the engraved page."""

from collavoce.desk.views.signs import View
from collavoce.score.engraving import Engraving
from collavoce.score.model import Score


def engraved_view(score: Score, engraving: Engraving) -> View:
    """The page's size and its places, in px of the drawing.

    points : [quarter, x] as played, repeats written out; the page walks evenly between two. Where
        the music goes back, two points share a quarter and the page steps.
    bars : [quarter, x] of every bar as played.
    """
    drawn = {bar.id: bar for bar in engraving.bars}
    points: list[tuple[float, float]] = []
    bars: list[tuple[float, float]] = []
    for bar in score.bars:
        stands = drawn.get(bar.id)
        if stands is None:
            # A bar that was played but not drawn: the place waits at the bar before.
            continue
        bars.append((bar.start, stands.x))
        points.append((bar.start, stands.x))
        points += [(bar.start + at, x) for at, x in stands.onsets if at < bar.length]
        points.append((bar.start + bar.length, stands.x + stands.width))
    return {
        "width": engraving.width,
        "height": engraving.height,
        "points": points,
        "bars": bars,
    }
