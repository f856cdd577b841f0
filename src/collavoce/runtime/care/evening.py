"""The evening's end, heard from the engine; and the clock by which people are asked after it.

Nothing goes back: the mailbox is read and never written from. What is heard becomes a fact of care,
so that an end that was heard once is known after any restart.
"""

import asyncio
from pathlib import Path

from collavoce.care.commands import AskWhoIsDue, HearEvening
from collavoce.care.outcome import Kept
from collavoce.care.rules.checkin import SAME_END_S
from collavoce.runtime.care.house import House
from collavoce.runtime.evening_told import BOX, EveningTold, EveningToldError, read_evening
from collavoce.runtime.links import Mailbox

LOOK_EVERY_S = 1.0

Heard = tuple[str, bool, float | None]
"""(evening, begun, when it ended by care's own clock)."""


class EveningBox:
    """Hears the engine of the performance in `run_dir` for `house`."""

    def __init__(self, run_dir: Path, house: House) -> None:
        self._box = Mailbox(run_dir / BOX)
        self._house = house
        self._kept: Heard | None = None

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._box.fileno()

    def hear_all(self) -> None:
        """Read everything that waits; what is none of ours is dropped."""
        while (received := self._box.receive()) is not None:
            try:
                self._hear(read_evening(received[0]))
            except EveningToldError:
                continue

    def _hear(self, told: EveningTold) -> None:
        """Pass on what is news: what was kept once is not asked for again when it grows old."""
        ended = None if told.ended_ago is None else self._house.moment() - told.ended_ago
        if _same((told.evening, told.begun, ended), self._kept):
            return
        outcome = self._house.ask(HearEvening(told.evening, told.begun, told.ended_ago))
        if isinstance(outcome, Kept):
            self._kept = (told.evening, told.begun, ended)

    def close(self) -> None:
        """Take the mailbox away."""
        self._box.close()


def _same(one: Heard, other: Heard | None) -> bool:
    if other is None or one[:2] != other[:2]:
        return False
    if one[2] is None or other[2] is None:
        return one[2] is other[2]
    return abs(one[2] - other[2]) <= SAME_END_S


class AskedInTime:
    """Asks whoever's own delay after the end is over."""

    def __init__(self, house: House) -> None:
        self._house = house

    def turn(self) -> None:
        """Ask those who are due; nothing is written while nobody is."""
        house = self._house
        if house.state.checkins.due(house.people, house.moment()):
            house.ask(AskWhoIsDue())


async def keep_asking(asked: AskedInTime) -> None:
    """Turn it every `LOOK_EVERY_S` seconds; never returns."""
    while True:
        asked.turn()
        await asyncio.sleep(LOOK_EVERY_S)
