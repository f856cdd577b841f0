"""What a page asks for at the line. Who may ask is the line's own table (`line/roles.py`)."""

import msgspec

from collavoce.desk.care.acts_shapes import PlaceId
from collavoce.line import commands as c


class SendMedic(msgspec.Struct, frozen=True, tag=True):
    """A medic, please. zone: "" where nobody knows."""

    key: c.Key
    zone: PlaceId = ""


AtTheLine = (
    c.RaiseLine
    | c.ComeToLine
    | c.LogRadio
    | c.ResolveLine
    | c.WriteRecord
    | c.KeepClear
    | c.LiftClear
    | c.TakeMedic
    | c.EndMedic
    | c.SayEars
    | c.AskSupport
    | c.ConfirmSupport
    | c.TickDrill
    | c.StopShow
    | c.RaiseRisk
    | c.HandToFriend
    | c.RaiseHazard
    | c.LiftHazard
    | SendMedic
)


def line_command(act: AtTheLine) -> c.AnyCommand:
    """The line's command of `act`."""
    return c.AskMedic(act.key, act.zone) if isinstance(act, SendMedic) else act
