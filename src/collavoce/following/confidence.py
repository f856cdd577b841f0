"""How sure the follower may say it is: what the filter believes, corrected by how belief fared.

The filter's own belief is too sure of itself: it weighs places of this score against each other,
and never asks whether what is played is this score at all. So beside its belief two shares are
kept of the latest notes, those that are *strange* (written neither at the onset said nor at its
neighbours) and those that are *stray* (explained by nothing on the track); and the onsets said
since the player was last found, because a first chord may be a try, and a landing a likeness.

The odds of being right are a product of these (a logistic regression), and its five weights are
the only fitted numbers; each may only lower the odds as its evidence grows worse.
"""

from math import exp, log, log1p

BASE = 3.8
NEAR = 0.28
"""Log odds of being right where the belief near the place is even, and the weight of its own log
odds. The filter is too sure: what it puts at a thousand to one is right 300 to one."""

OTHERS = 0.33
"""Weight of the log odds of all other places together: a copy of the music elsewhere counts."""

STRANGE = 5.7
STRAY = 5.9
"""Weights of the shares of strange and of stray notes. A slip among ten notes takes next to
nothing; where every second note is both, the odds are even."""

SLOWLY = 0.15
"""Weight of the newest note in both shares, once there are more than a few: about seven notes."""

TRIED = 0.5
"""Of all first chords that are struck, half are a try and not the beginning; of those that go on
with the second, half again..."""

LANDED, PLACED = 1, 3
"""...and a landing has proved as much as so many onsets before it is said; so has a person who
says where the music is."""

PROVED = 6
"""Onsets at a place before it counts as the player's. Who leaps from one that was none is chasing
likenesses through another piece: each such landing must prove one onset more than the last."""

DEBT = 8
"""Onsets that landings may come to owe, at most."""

DOUBTLESS = 1e-3
"""Belief is not taken to be nearer to 0 or 1 than this."""

BEYOND = 1e6
"""Odds of other places above this are no news."""


class Trust:
    """What is known against the place said; notes and onsets are counted from a landing on.

    onsets : said since the player was found, with what the landing itself proved.
    strange, stray : 0..1, shares of the latest notes.
    """

    def __init__(self, onsets: int = 0, owed: int = 0) -> None:
        self.onsets = onsets
        self._owed = owed
        self.strange = 0.0
        self.stray = 0.0
        self._notes = 2  # as if the landing had been heard: one wrong note is not all there is

    def hear(self, *, strange: bool, stray: bool) -> None:
        """Count a note."""
        self._notes += 1
        newest = max(SLOWLY, 1.0 / self._notes)
        self.strange += newest * (strange - self.strange)
        self.stray += newest * (stray - self.stray)

    def reach(self) -> None:
        """Count an onset that is said."""
        self.onsets += 1

    def landing(self) -> "Trust":
        """What is known of the next place when this one is given up for it."""
        owed = 0 if self.onsets >= PROVED else min(self._owed + 1, DEBT)
        return Trust(LANDED - owed, owed)

    def confidence(self, near: float, others: float) -> float:
        """Probability 0..1 that the place said is right.

        near : 0..1, the filter's belief in it. others : odds of all other places, 0 or more.
        """
        log_odds = BASE + NEAR * log((near + DOUBTLESS) / (1.0 - near + DOUBTLESS))
        log_odds -= OTHERS * log1p(min(others, BEYOND))
        log_odds -= STRANGE * self.strange + STRAY * self.stray
        return max(1.0 - TRIED**self.onsets, 0.0) / (1.0 + exp(-log_odds))
