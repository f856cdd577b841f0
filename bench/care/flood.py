"""Everybody presses at the same moment, without HTTP: what keeping and calling alone can carry.

One more person presses now and then in the middle of it. All presses are asked for before the first
is answered, as they would stand in the sockets of the process.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from baseline import Desk
from house import FRIEND, CareHouse

from collavoce.care.commands import RaiseAlert
from collavoce.care.outcome import Kept
from collavoce.care.reached.standing import calls
from collavoce.desk.care.process import open_house
from collavoce.runtime.care.together import Together

DISTRESS, DISTRESS_EVERY_S = 100, 0.02
AT_ONCE = 200
"""Requests a server reads before it turns to what came in meanwhile."""

Keep = Callable[[str, str], Awaitable[None]]
"""person, press -> when this returns it is on disk."""


async def _storm(keep: Keep, alerts: int) -> tuple[float, list[float]]:
    """Seconds until all are kept; milliseconds of each distress press among them."""
    distress: list[float] = []
    storm_over = asyncio.Event()

    async def one(number: int) -> None:
        await keep(f"person-{number}", f"storm-{number:012d}")

    async def distressed() -> None:
        for number in range(DISTRESS):
            began = time.perf_counter()
            await keep("distressed", f"distress-{number:012d}")
            distress.append((time.perf_counter() - began) * 1e3)
            if storm_over.is_set():
                return
            await asyncio.sleep(DISTRESS_EVERY_S)

    began = time.perf_counter()
    in_need = asyncio.create_task(distressed())
    for first in range(0, alerts, AT_ONCE):
        await asyncio.gather(*(one(n) for n in range(first, min(alerts, first + AT_ONCE))))
    took = time.perf_counter() - began
    storm_over.set()
    await in_need
    return took, distress


def flood(folder: Path, alerts: int) -> tuple[float, list[float]]:
    """The desk's house over its real store."""
    people = [f"person-{n}" for n in range(alerts)]
    house_of = CareHouse(folder, [*people, "distressed"])
    house_of.fill()

    async def storm() -> tuple[float, list[float]]:
        house, store = open_house(house_of.config)

        together = Together(house)

        async def keep(person: str, press: str) -> None:
            assert await together.ask(RaiseAlert(person, press)) == Kept()

        began = time.perf_counter()
        _, distress = await _storm(keep, alerts)
        # Handed: the friend's page has every one of them.
        shown = calls(house.state, FRIEND, house.moment())
        took = time.perf_counter() - began
        assert len(shown) >= alerts, (len(shown), alerts)
        store.close()
        return took, distress

    return asyncio.run(storm())


def flood_plainly(folder: Path, settings: str, alerts: int) -> tuple[float, list[float]]:
    """The baseline's table."""
    desk = Desk(folder / f"{settings}.db", settings)

    async def keep(person: str, press: str) -> None:
        desk.keep(press, person)
        await asyncio.sleep(0)

    return asyncio.run(_storm(keep, alerts))


if __name__ == "__main__":
    print(flood(Path(sys.argv[1]), int(sys.argv[2]))[0])
