"""Words about what comes in: silence, a stuck key, another key or piece, too short a score.

The follower goes on whatever is said here, and no position, no confidence and no cue hangs on it:
these are things that a person can put right, so a person is told. What is wrong is told once, and
again only after it was right in between.

How far the keys fit is asked every few notes around the place believed in. Only where they do not
is the whole score asked, in every key, one key a call: no call takes long.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from collavoce.following.estimate import Estimate, Music
from collavoce.following.fitting import Keys, Written, share_explained
from collavoce.following.model import events_of, tempo_map
from collavoce.following.sticking import STUCK, Sticking, name_of
from collavoce.listening.observation import NoteOn, Observation
from collavoce.score.model import Score
from collavoce.words import say

SILENT_S = 20.0
"""Seconds without a note, past the moment when one was due, after which it is said."""

ENOUGH = 12
"""Notes from which it can be told that they are another piece or key."""

LATEST = 24
"""Notes that are asked about: more would hold a jump, fewer fit by chance."""

EVERY = 6
"""Notes after which it is asked again."""

AROUND = 60
"""Events to both sides of the place believed in, and at the beginning, that are asked first."""

FITTING = 0.65
"""Share explained from which the score is the right one. Human performances reach 0.8 to 1 around
their place and at least 0.55 in ornaments that are not written; other pieces reach 0.2 to 0.55."""

IN_KEY = 0.85
SURE = 0.5
"""Confidence, and share of the latest notes heard with it, from which nothing is asked at all: the
follower hears time and tempo too, and free ornaments are more to it than keys out of order."""

CLEARLY = 0.1
"""Share explained, and lead over every other key, from which another key is meant."""

NOWHERE = 3
"""Times in a row that the whole score explains the notes in no key: then it is another piece."""

KEYS = (*range(-12, 0), *range(1, 13), -24, 24)
"""Semitones that are tried: every other key to both sides, and two octaves."""

PLAYED = frozenset({Music.FOLLOWING, Music.JUMPED, Music.HELD})
"""The music is believed to be somewhere inside the piece."""

BEYOND = 16
"""Notes after the last onset that are no more the last chord, an applause, a key brushed."""


class Matter(StrEnum):
    """What is the matter with what comes in."""

    SILENT = "silent"
    STUCK = "stuck"
    HIGHER = "higher"
    LOWER = "lower"
    OTHER = "other"
    BEYOND = "beyond"
    DRUMS = "drums"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know. transpose : the setting that would put it right, or 0."""

    matter: Matter
    words: str
    transpose: int = 0


@dataclass(slots=True)
class Search:
    """The latest keys and how far the whole score explains them, key by key."""

    keys: Keys
    written: Written
    left: Iterator[int] = field(default_factory=lambda: iter((0, *KEYS)))
    fits: dict[int, float] = field(default_factory=dict[int, float])

    def go_on(self) -> bool:
        """Try the next key; False when all were tried, or the score's own explains enough."""
        key = next(self.left, None)
        if key is None or self.fits.get(0, 0.0) >= FITTING:
            return False
        self.fits[key] = share_explained(self.written, self.keys, key)
        return True


class Incoming:
    """Watches one number's input beside its follower; raises EmptyScoreError without a note."""

    def __init__(self, score: Score) -> None:
        events = events_of(score, tempo_map(score))
        self._events = events
        self._written: Written = events.written.astype(np.int16)
        self._sticking = Sticking(events)
        self._keys: deque[tuple[float, int]] = deque(maxlen=LATEST)
        self._sure: deque[bool] = deque(maxlen=LATEST)
        self._search: Search | None = None
        self._notes = self._beyond = self._nowhere = self._drums = 0
        self._heard_at: float | None = None
        self._told: set[Matter] = set()
        self._transposed = 0

    @property
    def searching(self) -> bool:
        """Whether the next call goes on looking for the keys in the whole score."""
        return self._search is not None

    def step(
        self, observation: Observation, estimate: Estimate, drums: int = 0
    ) -> tuple[Notice, ...]:
        """What is new to say after `observation` and the follower's answer to it.

        drums : strokes on channel 10 so far (`Ear.drums`).
        """
        notices: list[Notice] = []
        if isinstance(observation, NoteOn):
            notices += self._hear(observation, estimate)
        elif self._heard_at is None:
            self._heard_at = observation.heard_at
        notices += self._drummed(drums)
        notices += self._silent(observation.heard_at, estimate)
        notices += self._searched()
        return tuple(notices)

    def _hear(self, note: NoteOn, estimate: Estimate) -> list[Notice]:
        self._heard_at = note.heard_at
        self._told -= {Matter.SILENT, Matter.DRUMS}
        self._notes += 1
        stuck = self._stuck(note)
        if note.pitch not in self._sticking.keys:
            self._keys.append((note.heard_at, note.pitch))
        self._sure.append(estimate.state in PLAYED and estimate.confidence >= SURE)
        if len(self._keys) >= ENOUGH and self._notes % EVERY == 0 and self._search is None:
            self._ask(estimate)
        return [*stuck, *self._too_short(estimate)]

    def _ask(self, estimate: Estimate) -> None:
        """Look whether the keys fit around the place believed in; search everywhere if not."""
        sure = sum(self._sure)
        if sure == LATEST:
            self._told -= {Matter.OTHER, Matter.HIGHER, Matter.LOWER}
            self._transposed = 0
        if sure >= SURE * len(self._sure) or estimate.state is Music.ENDED:
            self._nowhere = 0
            return
        event = self._events.at(estimate.quarter)
        around = self._written[:, max(event - AROUND, 0) : event + AROUND]
        if share_explained(around, self._keys) >= FITTING:
            self._nowhere = 0
        else:
            # In the first bars only the beginning is meant: in all of a fugue any key fits.
            first = self._notes <= LATEST
            where = self._written[:, : 2 * AROUND] if first else self._written
            self._search = Search(tuple(self._keys), where)

    def _searched(self) -> list[Notice]:
        """One step of a search; what came of it when it was the last."""
        if self._search is None or self._search.go_on():
            return []
        fits, self._search = self._search.fits, None
        if fits[0] >= FITTING:
            self._nowhere = 0
            return []
        best, second, *_ = sorted(fits, key=lambda key: fits[key], reverse=True)
        if fits[best] >= IN_KEY and fits[best] - fits[second] >= CLEARLY:
            self._nowhere = 0
            return self._in_key(best)
        self._nowhere = self._nowhere + 1 if fits[best] < IN_KEY else 0
        if self._nowhere < NOWHERE:
            return []
        return self._tell(Matter.OTHER)

    def _in_key(self, transpose: int) -> list[Notice]:
        if transpose == self._transposed:
            return []
        self._transposed = transpose
        self._told -= {Matter.HIGHER, Matter.LOWER}
        matter = Matter.LOWER if transpose > 0 else Matter.HIGHER
        return self._tell(matter, transpose, semitones=abs(transpose))

    def _silent(self, now: float, estimate: Estimate) -> list[Notice]:
        due = estimate.state in {Music.WAITING, Music.HELD, Music.LOST}
        if not due or self._heard_at is None or now - self._heard_at < SILENT_S:
            return []
        return self._tell(Matter.SILENT, seconds=SILENT_S)

    def _drummed(self, drums: int) -> list[Notice]:
        more, self._drums = drums - self._drums, drums
        return self._tell(Matter.DRUMS) if more > 0 and not self._keys else []

    def _too_short(self, estimate: Estimate) -> list[Notice]:
        if estimate.state is not Music.ENDED:
            self._beyond = 0
            self._told.discard(Matter.BEYOND)
            return []
        self._beyond += 1
        return self._tell(Matter.BEYOND) if self._beyond > BEYOND else []

    def _stuck(self, note: NoteOn) -> list[Notice]:
        if not self._sticking.begins(note):
            return []
        others = [key for key in self._keys if key[1] != note.pitch]
        self._keys.clear()
        self._keys.extend(others)
        self._told.discard(Matter.STUCK)
        return self._tell(Matter.STUCK, key=name_of(note.pitch), times=STUCK)

    def _tell(self, matter: Matter, transpose: int = 0, **values: object) -> list[Notice]:
        if matter in self._told:
            return []
        self._told.add(matter)
        setting = {"transpose": transpose} if transpose else {}
        return [Notice(matter, say(f"incoming.{matter}", **values, **setting), transpose)]
