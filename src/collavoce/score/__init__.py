"""Written music: read, written out as played, engraved.

In: bytes of MusicXML, places in words. Out: a Score of plain values, quarters, an engraving.
Never: a file opened, a clock, a guess about how it is performed.
"""

from collavoce.score.errors import PlaceError, ScoreError
from collavoce.score.model import Bar, Note, Score
from collavoce.score.reading import read_score

__all__ = ["Bar", "Note", "PlaceError", "Score", "ScoreError", "read_score"]
