"""The acts of the quiet half: each noun's, and who carries them out."""

from collections.abc import Callable
from types import UnionType
from typing import Any

from collavoce.care.outcome import Outcome
from collavoce.desk.care.acts_card import OfCard, card_act
from collavoce.desk.care.acts_checkin import OfCheckIn, checkin_act
from collavoce.desk.care.acts_ear import OfTheEar, ear_act
from collavoce.desk.care.acts_leave import OfLeave, leave_act
from collavoce.desk.care.acts_letters import OfThePost, post_act
from collavoce.desk.care.acts_meets import OfMeets, meets_act
from collavoce.desk.care.acts_music import OfMusic, music_act
from collavoce.desk.care.acts_takes import OfTakes, takes_act
from collavoce.desk.care.stagehand import CareStagehand

OfQuiet = OfCard | OfCheckIn | OfLeave | OfMeets | OfMusic | OfTakes | OfTheEar | OfThePost

CARRIED: tuple[tuple[UnionType, Callable[[Any, CareStagehand, str, str], Outcome]], ...] = (
    (OfCard, lambda act, hand, _, token: card_act(act, hand.card, token)),
    (OfCheckIn, lambda act, hand, person, token: checkin_act(act, hand.checkin, person, token)),
    (OfLeave, lambda act, hand, person, token: leave_act(act, hand.leave, person, token)),
    (OfMeets, lambda act, hand, person, _: meets_act(act, hand.meets, person)),
    (OfMusic, lambda act, hand, person, token: music_act(act, hand.music, person, token)),
    (OfTakes, lambda act, hand, person, _: takes_act(act, hand, person)),
    (OfTheEar, lambda act, hand, _, token: ear_act(act, hand.ear, token)),
    (OfThePost, lambda act, hand, _, token: post_act(act, hand.post, token)),
)
"""Acts -> what becomes of one, of this person, said by the phone of this token."""


def quiet_act(act: OfQuiet, hand: CareStagehand, person: str, token: str) -> Outcome:
    """Carry out `act` of `person`, whose phone's token this is."""
    carries = next(carries for kinds, carries in CARRIED if isinstance(act, kinds))
    return carries(act, hand, person, token)
