"""OSC messages, over UDP or over TCP with SLIP."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table, is_number
from collavoce.wire.osc import OscError, OscMessage, encode
from collavoce.words import say

Argument = int | float | str | bool


@dataclass(frozen=True, slots=True)
class SendOsc(Action):
    """One OSC message to a named destination of the patch.

    sets : it says what shall be (a fader, a mute) and starts nothing: in doubt it is sent again.
    """

    replay: ClassVar[Replay] = Replay.ONCE

    to: str
    address: str
    args: tuple[Argument, ...] = ()
    sets: bool = False


def read(cue: Table, house: House) -> tuple[SendOsc, ...]:
    """`osc = { to = "video", address = "/clip/go", args = [1] }`, or a list of such."""
    tables = cue.tables("osc", ("to", "address", "args", "sets"), alone=True)
    return tuple(_one(table, house) for table in tables)


def _one(osc: Table, house: House) -> SendOsc:
    to = osc.text("to", required=True)
    known = {**house.patch.osc, **house.patch.osc_tcp}
    if to and to not in known:
        osc.error("to", "unknown_destination", to=to, where="osc", instead=Instead(to, known))
    address = osc.text("address", required=True)
    args: list[Argument] = []
    for index, value in enumerate(osc.items("args")):
        if isinstance(value, bool | str) or is_number(value):
            args.append(value)
        else:
            osc.item_error("args", index, "bad_argument")
    try:
        # Encoding knows every limit of the standard; what passes here leaves at the show.
        if address:
            encode(OscMessage(address, tuple(args)))
    except OscError as error:
        osc.sentence("address", str(error), say("show.found.bad_osc.remedy"))
    return SendOsc(to, address, tuple(args), osc.yes("sets"))


def what(action: SendOsc) -> str:
    """The message."""
    return " ".join((action.address, *map(str, action.args)))


def words(action: SendOsc) -> str:
    """What it sends, and whereto."""
    return say("show.does.sends", to=action.to, what=what(action))
