"""What is slow the first time is done before the house opens.

The first call of an array operation, of the catalogue of words, of every branch of the filter costs
milliseconds that no later one does. A scratch follower pays them.
"""

from collections.abc import Iterable
from itertools import islice

from collavoce.following.follower import Follower
from collavoce.following.incoming import Incoming
from collavoce.following.model import EmptyScoreError
from collavoce.listening import Ear
from collavoce.score.model import Score
from collavoce.units import Instant
from collavoce.words import say

NOTES = 60
"""Of the beginning; half of them a second time, as by a player who jumped back."""

APART_S = 0.25

NOTE_ON = 0x90


def warm(scores: Iterable[Score]) -> None:
    """Follow the beginning of the first score that has notes, and forget about it."""
    say("incoming.silent", seconds=0.0)
    for score in scores:
        try:
            follower, incoming = Follower(score), Incoming(score)
        except EmptyScoreError:
            continue
        beginning = [note.pitch for note in islice(score.notes, NOTES)]
        ear = Ear()
        for count, pitch in enumerate(beginning + beginning[: NOTES // 2]):
            at = Instant(count * APART_S)
            heard = ear.hear(at, bytes((NOTE_ON, pitch, 64)))
            for observation in (heard, ear.silence(at)):
                if observation is not None:
                    incoming.step(observation, follower.step(observation))
        return
