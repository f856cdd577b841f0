"""The courier with all it carries by: porter, claims, the watchdog's list. One value to close."""

import asyncio
from pathlib import Path

from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.ways.courier import Courier
from collavoce.runtime.care.ways.deadman import DeadmanBox
from collavoce.runtime.porter import Claims, Porter

PAGES = "/care/"


class Carriage:
    """Made once the house is open. url : of the care pages, without a path."""

    def __init__(self, config: CareConfig, house: House, url: str) -> None:
        run_dir = Path(config.run_dir)
        self._house = house
        self._deadman = DeadmanBox(run_dir)
        channels = Path(config.channels) if config.channels else None
        self._porter = Porter(channels, house.moment)
        self.courier = Courier(
            house,
            self._porter,
            Claims(run_dir, "care"),
            self._deadman,
            url + PAGES,
            config.emergency,
        )
        self._heard = -1

    @property
    def turned_at(self) -> float:
        """When the courier last turned."""
        return self.courier.turned_at

    async def carry(self) -> None:
        """Carry; never returns."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._deadman.fileno(), self._house.stirred.set)
        await self.courier.carry(self._listen)

    def close(self) -> None:
        """Let go of everything; what was handed over is still carried."""
        self._deadman.close()
        self._porter.close()

    def _listen(self) -> None:
        """Hear the porter's process, which may be another one than before."""
        now_heard = self._porter.fileno()
        if now_heard == self._heard:
            return
        loop = asyncio.get_running_loop()
        if self._heard >= 0:
            loop.remove_reader(self._heard)
        if now_heard >= 0:
            loop.add_reader(now_heard, self._house.stirred.set)
        self._heard = now_heard


async def keep_carrying(carriage: Carriage) -> None:
    """Let the courier turn; never returns."""
    await carriage.carry()
