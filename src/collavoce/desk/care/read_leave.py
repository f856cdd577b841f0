"""What a page asks to be shown of being away: my own, what others share, what is handed on."""

from collections.abc import Mapping

import msgspec

from collavoce.desk.care.acts_shapes import PersonId
from collavoce.desk.care.leavehand import LeaveHand


class ReadAway(msgspec.Struct, frozen=True, tag=True):
    """My own words for while I am away, and my way back."""


class ReadAwayOf(msgspec.Struct, frozen=True, tag=True):
    """What `owner` lets me read of theirs."""

    owner: PersonId


class ReadOffices(msgspec.Struct, frozen=True, tag=True):
    """What people let offices know, for me to hand on."""


OfLeaves = ReadAway | ReadAwayOf | ReadOffices


def leave_shown(hand: LeaveHand, what: OfLeaves, token: str) -> Mapping[str, object]:
    """`what`, to the phone of `token`."""
    match what:
        case ReadAway():
            return {"away": hand.mine(token)}
        case ReadAwayOf(owner=owner):
            return {"away": hand.of(token, owner)}
        case ReadOffices():
            return {"offices": hand.known(token)}
