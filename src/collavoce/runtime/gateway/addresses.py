"""The OSC address map: what each address below /collavoce/ asks of the show.

One line of ROWS is one address. The same map serves keyed and bare OSC, learned controls (which
keep the part below /collavoce/) and web requests. Values stand in the path
("/collavoce/goto/12.5") or are arguments (",s 12.5"). A number that no value is missing for is a
button's: 1 pressed, 0 let go, which asks nothing.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from collavoce.show.asked.edits import Arm
from collavoce.show.asked.running import HaltCue, PauseCue, ResumeCue, SayPerson
from collavoce.show.asked.standby import CallStandby, ReleaseStandby
from collavoce.show.asked.timers import PauseTimer, ResetTimer, StartTimer
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    Back,
    Follow,
    Go,
    GoTo,
    Hold,
    MarkNote,
    NotClear,
    PointTo,
    Resume,
    StartNumber,
    Stop,
)
from collavoce.show.person import PersonIs
from collavoce.wire.osc.types import OscArg
from collavoce.words import say

ROOT, STAGE = "collavoce", "stage"
VALUE_LIMIT = 500
"""Characters of a value: those of a note, the longest there is."""

FEEDBACK, HELLO = "feedback", "hello"
"""What is asked of the gateway itself: to be told what happens, and whether anybody is there."""

ON = {"on": True, "1": True, "off": False, "0": False}
FIRE = "fire"
HIGHEST_PORT = 65_535


class Unclear(StrEnum):
    """Why a message to one of our addresses asks for nothing."""

    ADDRESS = "address"  # no address of the map
    VALUES = "values"  # too few, too many, or none that could stand there


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message asks. does: the word of its row; command: None where it asks the gateway.

    stage : the stage named in the address, "" for the only one. down : False: a button let go, or
        a feedback that is not wanted any more.
    port : of `FEEDBACK`: where to tell, 0 for where the message came from.
    before : asked first: to fire a cue is to let it stand by, and GO.
    """

    does: str
    command: AnyCommand | None = None
    stage: str = ""
    down: bool = True
    port: int = 0
    before: AnyCommand | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One address: its word, the names of its values, and the command made of them."""

    does: str
    values: tuple[str, ...]
    make: Callable[..., AnyCommand | None]

    @property
    def address(self) -> str:
        """As the documents write it: "/collavoce/goto/CUE"."""
        return "/".join(("", ROOT, self.does, *(name.upper() for name in self.values)))


def _stop(fade: str = "") -> Stop:
    return Stop(float(fade)) if fade else Stop()


def _mark(text: str = "") -> MarkNote:
    return MarkNote(text or say("gateway.marked"))


def _follow(on: str) -> Follow:
    return Follow(ON[on])


def _arm(cue: str) -> Arm:
    return Arm((cue,), on=True)


def _disarm(cue: str) -> Arm:
    return Arm((cue,), on=False)


def _person(person: str, state: str) -> SayPerson:
    return SayPerson(person, PersonIs(_spaced(state)))


def _nothing(*_: str) -> None:
    """What is asked of the gateway itself is no command."""


ROWS: tuple[Row, ...] = (
    Row("go", (), Go),
    Row("go", ("cue",), Go),
    Row(FIRE, ("cue",), Go),
    Row("standby", (), CallStandby),
    Row("standby", ("cue",), CallStandby),
    Row("release", ("cue",), ReleaseStandby),
    Row("hold", (), Hold),
    Row("resume", (), Resume),
    Row("back", (), Back),
    Row("stop", (), _stop),
    Row("stop", ("fade",), _stop),
    Row("panic", (), _stop),
    Row("goto", ("cue",), GoTo),
    Row("point", ("cue",), PointTo),
    Row("number", ("number",), StartNumber),
    Row("mark", (), _mark),
    Row("mark", ("text",), _mark),
    Row("follow", ("on",), _follow),
    Row("ack", ("cue", "person"), Acknowledge),
    Row("notclear", ("cue", "person", "reason"), NotClear),
    Row("pause", ("cue",), PauseCue),
    Row("continue", ("cue",), ResumeCue),
    Row("halt", ("cue",), HaltCue),
    Row("arm", ("cue",), _arm),
    Row("disarm", ("cue",), _disarm),
    Row("person", ("person", "state"), _person),
    Row("timer-start", ("timer",), StartTimer),
    Row("timer-pause", ("timer",), PauseTimer),
    Row("timer-reset", ("timer",), ResetTimer),
    Row(FEEDBACK, (), _nothing),
    Row(FEEDBACK, ("port",), _nothing),
    Row(HELLO, (), _nothing),
)
"""Every address there is; docs/connections.md lists the same, and a test holds both together."""

DOES = tuple(dict.fromkeys(row.does for row in ROWS))
_BY_WORD: Mapping[str, dict[int, Row]] = {
    does: {len(row.values): row for row in ROWS if row.does == does} for does in DOES
}


def ours(address: str) -> bool:
    """Whether `address` is below /collavoce/."""
    return address.startswith(f"/{ROOT}/")


def meaning(address: str, args: tuple[OscArg, ...] = ()) -> Meant | Unclear:
    """What a message to one of our addresses asks."""
    parts, stage = address.split("/")[2:], ""
    if not all(parts):
        return Unclear.ADDRESS
    if parts[:1] == [STAGE] and len(parts) > 2:  # noqa: PLR2004  "stage", its name, a word
        _, stage, *parts = parts
    rows = _BY_WORD.get(parts[0]) if parts else None
    if rows is None:
        return Unclear.ADDRESS
    # The port of a feedback is a number that may be left out, and no button's.
    read = _values(parts[1:], args, max(rows) if parts[0] == FEEDBACK else min(rows))
    row = rows.get(len(read[0])) if read is not None else None
    if read is None or row is None:
        return Unclear.VALUES
    values, down = read
    if not _sound(row, values):
        return Unclear.VALUES
    command = row.make(*values)
    if row.does == FEEDBACK and values:
        return Meant(row.does, None, stage, down=values[0] != "0", port=int(values[0]))
    before = PointTo(values[0]) if row.does == FIRE else None
    return Meant(row.does, command, stage, down, before=before)


def pressed(args: tuple[OscArg, ...]) -> bool:
    """Whether a foreign message is a press: without a number it is, with one unless that is 0."""
    numbers = [arg for arg in args if isinstance(arg, int | float)]
    return not numbers or bool(numbers[0])


def _values(
    values: list[str], args: tuple[OscArg, ...], least: int
) -> tuple[list[str], bool] | None:
    """The values, and whether the button is down; None for what is neither."""
    down: bool | None = None
    for arg in args:
        if isinstance(arg, str):
            values.append(arg)
        elif isinstance(arg, bytes) or not isinstance(arg, int | float) or not math.isfinite(arg):
            return None
        elif len(values) < least:
            values.append(f"{arg:g}" if isinstance(arg, float) else str(int(arg)))
        elif down is None and arg in {0, 1}:
            # Another number might be meant as a cue's; what is fired must not hang on a guess.
            down = bool(arg)
        else:
            return None
    return values, down is not False


def _sound(row: Row, values: list[str]) -> bool:
    """Whether every value could stand where it stands; whether there is such a cue, the show says.

    A kind of value that stands in no branch is a name or a text.
    """
    for kind, value in zip(row.values, values, strict=True):
        if not 0 < len(value) <= VALUE_LIMIT:
            return False
        match kind:
            case "on" if value not in ON:
                return False
            case "state" if _spaced(value) not in set(PersonIs):
                return False
            case "fade" if not _is_number(value):
                return False
            case "port" if not (value.isascii() and value.isdigit() and _is_port(int(value))):
                return False
            case _:
                pass
    return True


def _spaced(state: str) -> str:
    """OSC forbids a space in a path: "not_clear"."""
    return state.replace("_", " ")


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _is_port(value: int) -> bool:
    return 0 <= value <= HIGHEST_PORT
