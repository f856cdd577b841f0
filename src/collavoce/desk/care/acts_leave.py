"""Being done, away, back in part; my words for it; my way back; whom I let know."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from collavoce.care.commands import (
    KeepBack,
    LeaveCommand,
    LetKnow,
    SayAway,
    SayDone,
    SayReturn,
    SayStill,
)
from collavoce.care.events import Refused
from collavoce.care.outcome import Outcome
from collavoce.desk.care.acts_shapes import PersonId
from collavoce.desk.care.leavehand import LeaveHand
from collavoce.runtime.care.kept.leave import STEP_MAX, STEPS_MAX, WORDS_MAX
from collavoce.words import say

READERS_MAX = 12

DayOrNone = Annotated[str, msgspec.Meta(pattern=r"^(?:|[0-9]{4}-[0-9]{2}-[0-9]{2})\Z")]
Readers = Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=READERS_MAX)]
Step = Annotated[str, msgspec.Meta(max_length=STEP_MAX)]
Steps = Annotated[tuple[Step, ...], msgspec.Meta(max_length=STEPS_MAX)]
Place = Annotated[int, msgspec.Meta(ge=-1, lt=STEPS_MAX)]
Office = Literal["contract", "press", "box office"]


class Done(msgspec.Struct, frozen=True, tag=True):
    """I'm done, for now."""


class StepAway(msgspec.Struct, frozen=True, tag=True):
    """I step away. until: "2026-12-12", "" for no date; shown: that day may be shown.

    called : I am called all the same when somebody of mine presses.
    """

    until: DayOrNone = ""
    shown: bool = False
    called: bool = False


class Still(msgspec.Struct, frozen=True, tag=True):
    """The day I named is past, and I am not back."""


class Return(msgspec.Struct, frozen=True, tag=True):
    """What of it I do again."""

    rehearses: bool
    performs: bool


class TellOffice(msgspec.Struct, frozen=True, tag=True):
    """Let an office know; or, not `on`, take that back before anybody has read it."""

    office: Office
    on: bool


class WriteAway(msgspec.Struct, frozen=True, tag=True):
    """My words while I am away, who reads them, and whether they see my last day."""

    words: Annotated[str, msgspec.Meta(max_length=WORDS_MAX)]
    readers: Readers
    dated: bool = False


class WriteWay(msgspec.Struct, frozen=True, tag=True):
    """My own steps, the place of the one where I stand (-1: I do not say), who reads it."""

    steps: Steps
    where: Place
    readers: Readers


OfLeave = Done | StepAway | Still | Return | TellOffice | WriteAway | WriteWay


def leave_act(act: OfLeave, hand: LeaveHand, person: str, token: str) -> Outcome:
    """Carry out `act` for `person`, whose phone's token this is."""
    match act:
        case WriteAway(words=words, readers=readers, dated=dated):
            return hand.write_away(token, words.strip(), readers, dated=dated)
        case WriteWay(steps=steps, where=where, readers=readers):
            return hand.write_way(token, tuple(step.strip() for step in steps), where, readers)
        case _:
            command = _command(act, person, hand.today())
            return command if isinstance(command, Refused) else hand.say(command)


def _command(
    act: Done | StepAway | Still | Return | TellOffice, person: str, today: int
) -> LeaveCommand | Refused:
    match act:
        case Done():
            return SayDone(person)
        case StepAway(until=until, shown=shown, called=called):
            day = _ordinal(until)
            if day is None:
                return Refused(say("away.refused.day"))
            return SayAway(person, today, day, shown, called)
        case Still():
            return SayStill(person)
        case Return(rehearses=rehearses, performs=performs):
            return SayReturn(person, rehearses, performs)
        case TellOffice(office=office, on=on):
            return LetKnow(person, office) if on else KeepBack(person, office)


def _ordinal(day: str) -> int | None:
    """0 for no day; None for what is none, as the 30th of February."""
    try:
        return date.fromisoformat(day).toordinal() if day else 0
    except ValueError:
        return None
