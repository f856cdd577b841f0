"""Asking the care process for a pairing link, from the desk or the command line."""

import asyncio
import select
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from collavoce.desk.stagehand import PairingLink
from collavoce.runtime.care.doorway import BOX, PairingAsked, PairingOffered
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.config import RunConfig
from collavoce.runtime.links import Mailbox

CODE_LIVES_S = 120
"""Said beside the QR code; the care process keeps the time."""

ANSWER_S = 5.0

_encode = msgspec.msgpack.Encoder().encode
_offered = msgspec.msgpack.Decoder(PairingOffered)


class PairingDesk:
    """A mailbox from which pairing links are asked for."""

    def __init__(self, path: Path) -> None:
        self._box = Mailbox(path)

    def ask(self, care: Path, person: str) -> PairingLink | None:
        """A fresh link for `person`; None if the care process does not answer or refuses.

        Asked once: a second code would void the first, which may be on its way. Blocks for at
        most `ANSWER_S`.
        """
        if not self._box.send(care, _encode(PairingAsked(person))):
            return None
        select.select([self._box], [], [], ANSWER_S)
        received = self._box.receive()
        if received is None:
            return None
        offered = _offered.decode(received[0])
        return PairingLink(offered.url, CODE_LIVES_S) if offered.url else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._box.close()


async def ask_for_pairing(config: RunConfig, person: str) -> PairingLink | None:
    """The same without holding up the desk's other pages."""

    def ask() -> PairingLink | None:
        # A name of its own: two people may be paired at the same moment.
        with PairingDesk(config.box(f"pair-{fresh_id(64)}")) as desk:
            return desk.ask(config.box(BOX), person)

    return await asyncio.to_thread(ask)
