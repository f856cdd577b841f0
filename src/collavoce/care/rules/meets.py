"""The rules of a release: one's own, any cue, taken back at any time.

Whether the cue brings anything, and whether anybody's card minds it, is not asked here: a release
says nothing about either, so that nobody learns of a card by what a release would be refused for.
"""

from collavoce.care.commands import MeetsCommand, ReleaseCue
from collavoce.care.events import CueReleased, Decision, Refused, ReleaseTakenBack
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.state import CareState
from collavoce.words import say

RELEASED_MOST = 100
"""Cues that one person has released. Whoever needs more speaks to the caller."""

CUE_LETTERS_MOST = 40
"""Of a cue's number, as in a show file."""


def decide_meets(people: People, state: CareState, command: MeetsCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    person, cue = command.person, command.cue
    if person not in people:
        return Refused(say("care.refused.person_unknown"))
    theirs = state.meets.of(person)
    if not isinstance(command, ReleaseCue):
        return (ReleaseTakenBack(now, person, cue),) if cue in theirs else ()
    if cue in theirs:
        return ()
    if not 0 < len(cue) <= CUE_LETTERS_MOST:
        return Refused(say("meets.refused.cue"))
    if len(theirs) >= RELEASED_MOST:
        return Refused(say("meets.refused.many", most=RELEASED_MOST))
    return (CueReleased(now, person, cue),)
