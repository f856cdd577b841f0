"""Aftercare's clock: looks now and then whether somebody's own hour has come.

It is late rather than early, and never twice: what was offered is on disk before it stands on a
page, and a clock that was set forward waits until it is believed (`care/aftertime.py`). Where the
house is not open at that hour, the offer stands when it is opened next.
"""

import asyncio
from collections.abc import Callable
from datetime import tzinfo

from collavoce.care.aftertime import Trust, has_come, next_day
from collavoce.care.commands import DateAftercare, OfferAftercare
from collavoce.runtime.care.house import House

LOOK_EVERY_S = 20.0


class Afterwards:
    """zone : the venue's. utc : seconds since 1970, as the machine's wall clock has it."""

    def __init__(self, house: House, zone: tzinfo, utc: Callable[[], float]) -> None:
        self._house = house
        self._zone = zone
        self._utc = utc
        self._trust = Trust()

    def turn(self) -> None:
        """Look at the clock, and at what has become due by it."""
        house, now = self._house, self._house.moment()
        self._trust = self._trust.looked(self._utc(), now)
        utc = self._trust.utc(now)
        if utc is None:
            return
        for person, cause in house.state.aftercare.undated(now):
            minute = house.state.aftercare.hours[person].minute
            house.ask(DateAftercare(person, cause, next_day(self._zone, utc, minute)))
        for person, day, minute in house.state.aftercare.coming():
            if has_come(self._zone, utc, day, minute):
                house.ask(OfferAftercare(person, day))


async def keep_afterwards(afterwards: Afterwards) -> None:
    """Turn it every `LOOK_EVERY_S` seconds; never returns."""
    while True:
        afterwards.turn()
        await asyncio.sleep(LOOK_EVERY_S)
