"""I and the cues of the show: let the caller know of one, take it back, see all of them."""

from typing import Annotated

import msgspec

from collavoce.care.outcome import Outcome
from collavoce.care.rules.meets import CUE_LETTERS_MOST
from collavoce.desk.care.meetshand import MeetsHand

CueNumber = Annotated[str, msgspec.Meta(min_length=1, max_length=CUE_LETTERS_MOST)]


class LetCallerKnow(msgspec.Struct, frozen=True, tag=True):
    """A restriction on stage at this cue; the caller is told so, and nothing else."""

    cue: CueNumber


class TakeReleaseBack(msgspec.Struct, frozen=True, tag=True):
    """The caller is told of it no more."""

    cue: CueNumber


OfMeets = LetCallerKnow | TakeReleaseBack


def meets_act(act: OfMeets, hand: MeetsHand, person: str) -> Outcome:
    """Carry out `act` for `person`, whose phone said it."""
    if isinstance(act, LetCallerKnow):
        return hand.release(person, act.cue)
    return hand.take_back(person, act.cue)
