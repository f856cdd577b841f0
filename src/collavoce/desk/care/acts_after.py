"""The day after: my own hour, and what I do with what my page shows me then.

The words themselves are sealed and go another way (`acts_own.py`).
"""

from typing import Annotated

import msgspec

from collavoce.care.commands import AnswerAftercare, AnyCommand, SetAftercare
from collavoce.care.state import CareState
from collavoce.care.states.aftercare import OFF

HOUR_MINUTES = 60

HourOrNone = Annotated[str, msgspec.Meta(pattern=r"^(?:|(?:[01][0-9]|2[0-3]):[0-5][0-9])\Z")]


class ChooseHour(msgspec.Struct, frozen=True, tag=True):
    """My hour, "11:00" in the venue's time, "" for none. told: by my own ways too."""

    at: HourOrNone
    told: bool = False


class PutAway(msgspec.Struct, frozen=True, tag=True):
    """It is done, for me."""


class PutOff(msgspec.Struct, frozen=True, tag=True):
    """Not now: another day, at my hour."""


OfAftercare = ChooseHour | PutAway | PutOff


def after_command(act: OfAftercare, person: str) -> AnyCommand:
    """What `person` asks for by `act`."""
    match act:
        case ChooseHour(at="", told=told):
            return SetAftercare(person, OFF, told)
        case ChooseHour(at=at, told=told):
            hour, minute = (int(part) for part in at.split(":"))
            return SetAftercare(person, hour * HOUR_MINUTES + minute, told)
        case PutAway():
            return AnswerAftercare(person, later=False)
        case PutOff():
            return AnswerAftercare(person, later=True)


def after_view(state: CareState, person: str) -> dict[str, object]:
    """The hour of `person` as they wrote it, "" for none."""
    hour = state.aftercare.hours.get(person)
    if hour is None:
        return {"at": "", "told": False}
    at = f"{hour.minute // HOUR_MINUTES:02}:{hour.minute % HOUR_MINUTES:02}"
    return {"at": at, "told": hour.told}
