"""A request's bytes turned into a command, if whoever sent it may give such a command.

The show decides whether a command is carried out; here stands only who may say it at all.
"""

from typing import Annotated, Literal

import msgspec

from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    Arm,
    Audition,
    Back,
    CallStandby,
    ChangeSetList,
    ClearRisk,
    ConfirmHazard,
    Follow,
    Go,
    GoTo,
    HaltCue,
    Hold,
    Lock,
    MarkNote,
    NotClear,
    PauseCue,
    PauseTimer,
    PointTo,
    Redo,
    ReleaseStandby,
    ResetTimer,
    Resume,
    ResumeCue,
    SayPerson,
    SetTimer,
    StartNumber,
    StartTimer,
    Stop,
    TakeRisk,
    Undo,
    WriteReport,
)
from collavoce.words import say

Speaker = Literal["caller", "phone"]

ANSWERS = frozenset[type]({Acknowledge, NotClear, ConfirmHazard, SayPerson})

MAY_SAY: dict[Speaker, frozenset[type]] = {
    # An answer heard over the radio is the caller's to enter.
    "caller": ANSWERS
    | {StartNumber, Go, PointTo, Back, GoTo, Hold, Resume, Stop, Follow, MarkNote}
    | {TakeRisk, ClearRisk, WriteReport}
    | {CallStandby, ReleaseStandby, Audition, PauseCue, ResumeCue, HaltCue}
    | {Arm, Lock, Undo, Redo, ChangeSetList}
    | {StartTimer, PauseTimer, ResetTimer, SetTimer},
    "phone": ANSWERS,
}
"""What the follower, the clocks, the lights and other ends say (Hear, Tick, ReadClock, LightsSeen,
HearAnswer) no page may say; nor what comes from outside: that is the gateway's (FireByInput), or it
passes through line and care (HoldRisk, SetAvailable, SetRestrictions, AskStop, ProposeNumber,
WithdrawProposal)."""


class _Envelope(msgspec.Struct, frozen=True):
    key: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class Order(msgspec.Struct, frozen=True):
    """A command with its idempotency key."""

    command: AnyCommand
    key: str


class NotAnOrder(msgspec.Struct, frozen=True):
    """Why the bytes are no command this speaker may give. status: the HTTP answer."""

    status: int
    why: str


class LineOrder(msgspec.Struct, frozen=True):
    """What the desk says at the line, with its idempotency key."""

    command: LineCommand
    key: str


_line_commands = msgspec.json.Decoder(LineCommand)
_envelopes = msgspec.json.Decoder(_Envelope)
_commands = msgspec.json.Decoder(AnyCommand)


def read_order(body: bytes, speaker: Speaker) -> Order | NotAnOrder:
    """The order in `body`, JSON `{"key", "type", ...}`; a value in words if there is none."""
    try:
        key = _envelopes.decode(body).key
    except (msgspec.DecodeError, UnicodeDecodeError):
        return NotAnOrder(400, say("desk.order.no_key"))
    try:
        command = _commands.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return NotAnOrder(400, say("desk.order.unknown", why=error))
    if type(command) not in MAY_SAY[speaker]:
        return NotAnOrder(403, say("desk.order.not_yours"))
    return Order(command, key)


def read_line_order(body: bytes) -> LineOrder | NotAnOrder:
    """What `body` says at the line, JSON `{"key", "type", ...}`. Who may say it, the line decides.

    A command that has a key of its own has the same one.
    """
    try:
        return LineOrder(_line_commands.decode(body), _envelopes.decode(body).key)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return NotAnOrder(400, say("desk.order.unknown", why=error))
