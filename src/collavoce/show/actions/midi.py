"""MIDI messages: notes, controls, programs, show control, machine control, system exclusive."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.inputs import MSC_WORDS
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.wire.errors import WireError
from collavoce.wire.midi import machine_control, message, show_control
from collavoce.wire.midi.show_control import FORMATS, ShowControl
from collavoce.words import say

HIGHEST = 127
EVERYBODY = 127
KINDS = ("note", "control", "program", "msc", "mmc", "sysex")

_KEYS = ("to", "channel", "velocity", "off", "value", "format", "device", "list", "path", *KINDS)
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "note": ("channel", "velocity", "off"),
    "control": ("channel", "value"),
    "program": ("channel",),
    "msc": ("format", "device", "list", "path"),
    "mmc": ("device",),
    "sysex": (),
}
"""What may stand beside each kind."""

_MSC = re.compile(r"(?P<command>[a-z ]+?)(?:\s+(?P<cue>\d[\d.]*))?")
_LOCATE = re.compile(r"locate (?P<hours>\d{1,2}):(?P<minutes>\d{2}):(?P<seconds>\d{2}(?:\.\d+)?)")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}\s*)+")
_LONGER_FORMAT = 0x00
"""Of a message of show control: a longer number follows, and no list says which of those hurt."""


@dataclass(frozen=True, slots=True)
class SendMidi(Action):
    """Messages to a MIDI destination of the patch, whole and in order.

    words : as the log says it ("note 60 on 1").
    """

    replay: ClassVar[Replay] = Replay.ONCE

    to: str
    messages: tuple[bytes, ...]
    words: str


def read(cue: Table, house: House) -> tuple[SendMidi, ...]:
    """`midi = { to = "lamps", note = 60 }`, one of KINDS in each, or a list of such."""
    tables = cue.tables("midi", _KEYS, alone=True)
    return tuple(one for table in tables if (one := _one(table, house)) is not None)


def _one(table: Table, house: House) -> SendMidi | None:
    to = table.text("to", required=True)
    known = house.patch.midi
    if to and to not in known:
        table.error("to", "unknown_destination", to=to, where="midi", instead=Instead(to, known))
    given = [kind for kind in KINDS if kind in table]
    if len(given) != 1:
        table.error(given[1] if given else "to", "one_midi", kinds=", ".join(KINDS))
        return None
    kind = given[0]
    for key in table.names():
        if key not in ("to", kind, *_BESIDE[kind]):
            table.error(key, "not_beside", key=key, kind=kind)
    try:
        made, said = _READ[kind](table)
    except WireError as error:
        table.sentence(kind, str(error), say("show.found.bad_midi.remedy"))
        return None
    return SendMidi(to, (made,), said) if made else None


def _note(table: Table) -> tuple[bytes, str]:
    key, channel = _data(table, "note"), _channel(table)
    if table.yes("off"):
        return message.note_off(channel, key), say("show.does.note_off", note=key, channel=channel)
    velocity = table.whole("velocity", 100, 1, HIGHEST)
    made = message.note_on(channel, key, velocity)
    return made, say("show.does.note", note=key, channel=channel)


def _control(table: Table) -> tuple[bytes, str]:
    number, channel = _data(table, "control"), _channel(table)
    value = table.whole("value", HIGHEST, 0, HIGHEST)
    made = message.control(channel, number, value)
    return made, say("show.does.control", control=number, value=value, channel=channel)


def _program(table: Table) -> tuple[bytes, str]:
    number, channel = _data(table, "program"), _channel(table)
    made = message.program(channel, number)
    return made, say("show.does.program", program=number, channel=channel)


def _msc(table: Table) -> tuple[bytes, str]:
    written = table.text("msc", required=True)
    said = _MSC.fullmatch(written)
    command = MSC_WORDS.get(said["command"]) if said else None
    drives = table.text("format") or "lighting"
    if drives not in FORMATS:
        table.error("format", "msc_format", word=drives, known=", ".join(FORMATS))
        return b"", ""
    if said is None or command is None:
        known = Instead(written, MSC_WORDS)
        table.error("msc", "msc_command", msc=written, instead=known)
        return b"", ""
    device = table.whole("device", EVERYBODY, 0, EVERYBODY)
    control = ShowControl(
        command,
        FORMATS[drives],
        device,
        cue=said["cue"] or "",
        cue_list=table.text("list"),
        cue_path=table.text("path"),
    )
    return show_control.encode(control), f"MSC {written}"


def _mmc(table: Table) -> tuple[bytes, str]:
    written = table.text("mmc", required=True)
    device = table.whole("device", EVERYBODY, 0, EVERYBODY)
    found = _LOCATE.fullmatch(written)
    if found is not None:
        hours, minutes, seconds = found.groups()
        made = machine_control.locate(int(hours), int(minutes), float(seconds), device)
    else:
        made = machine_control.command(written, device) if written else b""
    return made, f"MMC {written}"


def _sysex(table: Table) -> tuple[bytes, str]:
    written = table.raw("sysex")
    if not isinstance(written, str) or not _HEX.fullmatch(written.strip()):
        table.error("sysex", "bad_sysex")
        return b"", ""
    made = message.sysex(bytes.fromhex(written))
    if _drives_what_hurts(made):
        table.error("sysex", "hazardous_sysex")
        return b"", ""
    return made, say("show.does.sysex", bytes=len(made))


def _drives_what_hurts(sysex: bytes) -> bool:
    """Whether show control to machinery or to fire lies in it, whichever way it is spelt."""
    head = sysex[1:2] + sysex[3:5]
    unknown = bytes((show_control.REAL_TIME, show_control.SHOW_CONTROL, _LONGER_FORMAT))
    return show_control.may_hurt(sysex) or head == unknown


def _data(table: Table, key: str) -> int:
    return table.whole(key, 0, 0, HIGHEST)


def _channel(table: Table) -> int:
    return table.whole("channel", 1, 1, message.CHANNELS)


_READ: Mapping[str, Callable[[Table], tuple[bytes, str]]] = {
    "note": _note,
    "control": _control,
    "program": _program,
    "msc": _msc,
    "mmc": _mmc,
    "sysex": _sysex,
}


def what(action: SendMidi) -> str:
    """The message."""
    return action.words


def words(action: SendMidi) -> str:
    """What it sends, and whereto."""
    return say("show.does.sends", to=action.to, what=what(action))
