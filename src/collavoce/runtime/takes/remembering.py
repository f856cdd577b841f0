"""What whoever runs the follower does about takes: before a number, during it, and after.

Before: with the player's yes, what earlier takes taught. During: once a second, whether that yes
still stands; if not, the follower drops it where it is. After: one take more. A crash loses at most
the take of that number, and nothing that goes wrong here ever stops the music.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collavoce.company.people import Person
from collavoce.following.estimate import Music
from collavoce.following.follower import Follower
from collavoce.following.takes import Take
from collavoce.following.timing import Timing, learn
from collavoce.runtime.takes.errors import TakesError
from collavoce.runtime.takes.shelf import Kept, Shelf
from collavoce.runtime.takes.tidying import sweep
from collavoce.runtime.takes.word import may_be_remembered
from collavoce.score.fingerprint import fingerprint
from collavoce.score.model import Score
from collavoce.show.cues import Show
from collavoce.units import Instant, Seconds

LOOK = Seconds(1.0)
"""A word that was taken back is seen this soon."""

SETTLED = Seconds(3.0)
"""An end that has stood so long is one: what crashes later takes nothing with it."""


Aside = Callable[[Callable[[], None]], None]
"""Where the disk is written to: here, or where nothing waits for it."""


def report(what: str) -> None:
    """Say in a line what is wrong with takes; the music goes on without them."""
    sys.stderr.write(f"{what}\n")


@dataclass(slots=True)
class _Current:
    """The number that is remembered. ended_at : since when its end stands."""

    person: str
    score: str
    began: float
    word: str
    trace: tuple[int, int]
    ended_at: Instant | None = None
    is_kept: bool = False


class Remembering:
    """The takes of one performance. report : told in a line what cannot be read or written."""

    def __init__(
        self,
        shelf: Shelf,
        show: Show,
        report: Callable[[str], None] = report,
        aside: Aside = lambda write: write(),
    ) -> None:
        self._shelf = shelf
        self._people: Mapping[str, Person] = show.people
        self._report = report
        self._aside = aside
        self._current: _Current | None = None
        self._looked = Instant(0.0)
        try:
            sweep(shelf, show.people)
        except TakesError as error:
            report(str(error))

    def begin(self, player: str | None, score: Score) -> Timing | None:
        """What earlier takes of `player` taught; None without their yes. A cover is its own."""
        self._current = None
        person = self._people.get(player or "")
        if person is None or not may_be_remembered(person, self._shelf.wall()):
            return None
        try:
            trace = self._shelf.trace(person.id)
            word = self._shelf.yes(person.id)
            if word is None:
                return None
            name = fingerprint(score)
            takes = self._shelf.takes(person.id, name)
        except TakesError as error:
            self._report(str(error))
            return None
        self._current = _Current(person.id, name, self._shelf.wall(), word.id, trace)
        return learn(score, [kept.take for kept in takes if _is_whole(kept.take)])

    def look(self, follower: Follower, now: Instant) -> None:
        """See once a second whether the yes still stands, and whether the number is over."""
        current = self._current
        if current is None or 0.0 <= now - self._looked < LOOK:
            return
        self._looked = now
        if self._shelf.trace(current.person) != current.trace:
            # Another yes, given meanwhile, counts from the next number on.
            self._current = None
            follower.forget()
        elif follower.state is not Music.ENDED:
            current.ended_at, current.is_kept = None, False
        elif current.ended_at is None:
            current.ended_at = now
        elif not current.is_kept and now - current.ended_at >= SETTLED:
            current.is_kept = True
            self._aside(self._writing(current, follower))

    def end(self, follower: Follower | None) -> None:
        """Keep what was played of the number; it is over, or was stopped."""
        current, self._current = self._current, None
        if current is not None and follower is not None and not current.is_kept:
            self._aside(self._writing(current, follower))

    def _writing(self, current: _Current, follower: Follower) -> Callable[[], None]:
        take = follower.take()

        def write() -> None:
            if take is None:
                return
            kept = Kept(current.began, take)
            try:
                self._shelf.keep(current.person, current.score, kept, current.word)
            except TakesError as error:
                self._report(str(error))

        return write


def _is_whole(take: Take) -> bool:
    """Whether there is something to learn from `take`: a follower that died of one would again."""
    return bool(take.passages) and all(
        len(passage.quarters) == len(passage.seconds) > 1 for passage in take.passages
    )
