"""A player's own word about their takes: the only place in the pages where it is given."""

import msgspec

from collavoce.care.outcome import Outcome
from collavoce.desk.care.takeshand import TakesHand


class RememberTakes(msgspec.Struct, frozen=True, tag=True):
    """Remember the timing of my playing from now on; or not, and forget what there is."""

    on: bool


class ForgetTakes(msgspec.Struct, frozen=True, tag=True):
    """Forget all takes of mine."""


OfTakes = RememberTakes | ForgetTakes


def takes_act(act: OfTakes, hand: TakesHand, person: str) -> Outcome:
    """Carry out `act` for `person`, whose phone says it."""
    if isinstance(act, RememberTakes):
        return hand.remember_takes(person, on=act.on)
    return hand.forget_takes(person)
