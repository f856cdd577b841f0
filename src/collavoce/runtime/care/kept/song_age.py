"""How long it is kept what became of a song.

one that is over                           14 days after the last of it
one that is not                            as long as the person whose demo it is
"""

from collections.abc import Iterable

from collavoce.care.events import SongEvent
from collavoce.care.states.song import Songs, Stands
from collavoce.company.engagement import DAY
from collavoce.runtime.care.kept.shelf import Entry

OVER_KEPT = 14 * DAY


def songs_kept(entries: Iterable[Entry], wall: float) -> frozenset[int]:
    """The rows of `entries` about songs that stay at `wall` (UTC, s). A song goes as a whole."""
    songs, rows, latest = Songs(), dict[str, list[int]](), dict[str, float]()
    for entry in entries:
        if isinstance(entry.event, SongEvent):
            songs = songs.evolve(entry.event)
            rows.setdefault(entry.event.song, []).append(entry.row)
            latest[entry.event.song] = entry.kept_at
    left: set[int] = set()
    for song, of in rows.items():
        known = songs.by_id.get(song)
        over = known is None or known.stands is Stands.WITHDRAWN
        if not over or wall - latest[song] <= OVER_KEPT:
            left.update(of)
    return frozenset(left)
