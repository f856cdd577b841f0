"""The clock of what comes by itself: the quarter hour of being found, and the end of old knocks.

At every quarter hour the disk is written to, whether anybody is found or not (`house.py`).
"""

import asyncio
from typing import Protocol

LOOK_EVERY_S = 1.0


class Turning(Protocol):
    """Something that time passes for."""

    def turn(self) -> None:
        """Look at the clock, and do what is due."""
        ...


async def keep_quarters(*turning: Turning) -> None:
    """Turn each every `LOOK_EVERY_S` seconds; never returns."""
    while True:
        for one in turning:
            one.turn()
        await asyncio.sleep(LOOK_EVERY_S)
