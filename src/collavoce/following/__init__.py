"""Following: where in the score the music is, and how sure that is.

In: a score once, then observations in order of time. Out: one `Estimate` for each of them.
Never: a clock, a sound, a cue; a position past an onset that was not heard.
"""

from collavoce.following.estimate import Ahead, Estimate, Jump, Music
from collavoce.following.follower import Follower
from collavoce.following.model import EmptyScoreError
from collavoce.following.takes import Take
from collavoce.following.timing import Timing, learn

__all__ = [
    "Ahead",
    "EmptyScoreError",
    "Estimate",
    "Follower",
    "Jump",
    "Music",
    "Take",
    "Timing",
    "learn",
]
