"""The ladder's clock: one task that sleeps until a rung is due.

Losing this task would be the silent failure: presses would go on being kept and nobody would be
called. So whoever starts it holds it, and its end, for whatever reason, ends the process.
"""

import asyncio
import contextlib

from collavoce.care.decide import next_due
from collavoce.runtime.care.house import House

TURN_MAX = 1.0
"""Seconds after which it looks again in any case: a clock is not trusted to wake a sleeper."""


async def climb(house: House) -> None:
    """Turn the house whenever a rung is due; never returns."""
    while True:
        house.wake.clear()
        house.turn()
        at = next_due(house.state)
        wait = TURN_MAX if at is None else min(TURN_MAX, max(0.0, at - house.moment()))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(house.wake.wait(), wait)
