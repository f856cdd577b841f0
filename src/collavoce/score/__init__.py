"""Written music: read, written out as played, searched for places, engraved.

In: bytes of MusicXML, places in words. Out: a Score of plain values, quarters, an engraving.
Never: a file opened, a clock, a guess about how somebody performs it.
"""

from collavoce.score.engraving import engrave
from collavoce.score.errors import PlaceError, ScoreError
from collavoce.score.model import Score
from collavoce.score.places import Place, parse_place, resolve, where
from collavoce.score.reading import read_score
from collavoce.score.tempi import written_seconds

__all__ = [
    "Place",
    "PlaceError",
    "Score",
    "ScoreError",
    "engrave",
    "parse_place",
    "read_score",
    "resolve",
    "where",
    "written_seconds",
]
