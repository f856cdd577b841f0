"""What care leaves with the watchdog in case it dies, and what it is told when it is back.

    care -> watchdog    `Leaving`: everything foreseen, whole, repeated; in parts if it is long
    watchdog -> care    `Stood in`: what it has carried, repeated until care says it has it

It is held in memory at both ends and never on a disk. Opaque keys, addresses and times travel;
no name, no press, no word that depends on one. An empty list travels at the same pace.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from collavoce.runtime.links import LIMIT, Mailbox

CARE_BOX = "care-stood-in"
WATCHDOG_BOX = "watchdog-list"

FORESEEN_MAX = 400
"""The soonest due; a press makes about ten. What is beyond is foreseen once it comes nearer."""

CARRIED_MAX = 400


class Foreseen(msgspec.Struct, frozen=True, array_like=True):
    """A message that will be due. Times are of the machine's monotonic clock.

    page_at : when the person's page would ring. If care did not live to ring it, this counts.
    whom : the same for all contacts of one person about one thing. if_failed : only if the one
    before it failed. only_late : care itself never sends it.
    """

    key: str
    due_at: float
    page_at: float
    channel: str
    address: str
    text: str
    whom: str
    if_failed: bool = False
    only_late: bool = False
    distress: bool = True


class Leaving(msgspec.Struct, frozen=True, tag=True):
    """One part of the list as it stood at `as_of`. got: what care knows to be carried."""

    number: int
    part: int
    parts: int
    as_of: float
    items: tuple[Foreseen, ...]
    got: tuple[str, ...] = ()


class StoodIn(msgspec.Struct, frozen=True, tag=True):
    """The watchdog has carried these: key -> (whether a service took it, kind of failure)."""

    carried: dict[str, tuple[bool, str]]


class DeadmanError(ValueError):
    """A datagram that is none of these."""


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(Leaving | StoodIn)


def pack(said: Leaving | StoodIn) -> bytes:
    """The datagram of `said`."""
    return _encode(said)


def unpack(datagram: bytes) -> Leaving | StoodIn:
    """What is in `datagram`; raises DeadmanError."""
    try:
        return _decoder.decode(datagram)
    except msgspec.DecodeError as error:
        raise DeadmanError(f"{len(datagram)} bytes that are no list") from error


def in_parts(
    number: int, as_of: float, items: Sequence[Foreseen], got: tuple[str, ...]
) -> list[bytes]:
    """The datagrams of the list `items`, at least one."""
    groups: list[list[Foreseen]] = [[]]
    room = _ROOM
    for item in items:
        size = len(_encode(item))
        if size > room:
            groups.append([])
            room = _ROOM
        groups[-1].append(item)
        room -= size
    return [
        pack(Leaving(number, part, len(groups), as_of, tuple(group), got))
        for part, group in enumerate(groups)
    ]


_ROOM = LIMIT - 64 * CARRIED_MAX - 1024
"""Bytes of a datagram for items: the rest is for the keys of what was carried."""


class DeadmanBox:
    """Care's end."""

    def __init__(self, run_dir: Path) -> None:
        self._box = Mailbox(run_dir / CARE_BOX)
        self._to = run_dir / WATCHDOG_BOX
        self._number = 0

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._box.fileno()

    def leave(self, as_of: float, items: Sequence[Foreseen], got: Iterable[str]) -> None:
        """Tell the watchdog; one that is not there, or does not read, is told again soon."""
        self._number += 1
        for datagram in in_parts(self._number, as_of, items, tuple(got)[-CARRIED_MAX:]):
            if not self._box.send(self._to, datagram):
                return

    def stood_in(self) -> dict[str, tuple[bool, str]]:
        """What the watchdog says it has carried, as far as it has come."""
        carried: dict[str, tuple[bool, str]] = {}
        while (received := self._box.receive()) is not None:
            try:
                said = unpack(received[0])
            except DeadmanError:
                continue
            if isinstance(said, StoodIn):
                carried |= said.carried
        return carried

    def close(self) -> None:
        """Take the mailbox away."""
        self._box.close()
