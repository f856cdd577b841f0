"""What a person does about their own lines; sound comes by a way of its own (`ear_ways.py`)."""

from typing import Annotated

import msgspec

from collavoce.care.outcome import Outcome
from collavoce.desk.care.acts_shapes import PersonId
from collavoce.desk.care.earhand import EarHand
from collavoce.runtime.care.kept.ear import CUE_MAX, WORDS_MAX, HowItPlays, Line

Cue = Annotated[str, msgspec.Meta(max_length=CUE_MAX)]
LineId = Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
Words = Annotated[str, msgspec.Meta(max_length=WORDS_MAX)]


class SettleEar(msgspec.Struct, frozen=True, tag=True):
    """Whether my lines play at my standby, and how loud."""

    on: bool
    volume: Annotated[int, msgspec.Meta(ge=0, le=100)]


class KeepEarWords(msgspec.Struct, frozen=True, tag=True):
    """Typed words for one entrance of mine, "" for each."""

    cue: Cue
    words: Words


class GiveEarWords(msgspec.Struct, frozen=True, tag=True):
    """Typed words for somebody I said yes to."""

    to: PersonId
    words: Words


class DropEar(msgspec.Struct, frozen=True, tag=True):
    """Erase a line of mine."""

    line: LineId


class TakeEar(msgspec.Struct, frozen=True, tag=True):
    """Keep what I was given."""

    line: LineId
    cue: Cue


class LeaveEar(msgspec.Struct, frozen=True, tag=True):
    """Do not keep what I was given."""

    line: LineId


OfTheEar = SettleEar | KeepEarWords | GiveEarWords | DropEar | TakeEar | LeaveEar


def ear_view(hand: EarHand, token: str) -> dict[str, object]:
    """My lines, what I was given, and how they play; no sound, and no words before I ask."""
    how = hand.how(token)
    return {
        "on": how.on,
        "volume": how.volume,
        "lines": [_told(line) for line in hand.lines(token)],
        "given": [_told(line) | {"words": ""} for line in hand.given(token)],
    }


def _told(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "cue": line.cue,
        "from": line.giver,
        "words": line.words,
        "seconds": round(line.seconds, 1),
    }


def ear_act(act: OfTheEar, hand: EarHand, token: str) -> Outcome:
    """Carry out `act` for the person of the phone of `token`."""
    match act:
        case SettleEar():
            return hand.settle(token, HowItPlays(act.on, act.volume))
        case KeepEarWords():
            return hand.keep_line(token, act.cue, act.words, b"")
        case GiveEarWords():
            return hand.give(token, act.to, act.words, b"")
        case DropEar():
            return hand.drop_line(token, act.line)
        case TakeEar():
            return hand.take(token, act.line, act.cue)
        case LeaveEar():
            return hand.leave(token, act.line)
