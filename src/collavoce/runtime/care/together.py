"""Presses that stand in the sockets at the same moment, kept with one sync of the disk.

A sync takes as long for forty presses as for one, and while it lasts nobody else is heard. So a
press waits until everything that came with it has been read, which is no time at all when it is
alone. One that comes during a sync is of the next.
"""

import asyncio

from collavoce.care.commands import RaiseAlert
from collavoce.care.outcome import Outcome
from collavoce.runtime.care.house import House

TOGETHER_MAX = 256
"""Presses in one sync; those behind have to wait for the next, and so have the pages."""


class Together:
    """Gathers presses for `house`. One loop."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._asked: list[tuple[RaiseAlert, asyncio.Future[Outcome]]] = []

    async def ask(self, command: RaiseAlert) -> Outcome:
        """As the house does: Kept means on disk."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Outcome] = loop.create_future()
        self._asked.append((command, answer))
        if len(self._asked) == 1:
            loop.call_soon(self._carry_out)
        return await answer

    def _carry_out(self) -> None:
        together, self._asked = self._asked[:TOGETHER_MAX], self._asked[TOGETHER_MAX:]
        if self._asked:
            asyncio.get_running_loop().call_soon(self._carry_out)
        try:
            outcomes = self._house.ask_together([command for command, _ in together])
        except BaseException as error:
            # A bug: whoever asked hears of it and asks again.
            for _, answer in together:
                if not answer.done():
                    answer.set_exception(error)
            raise
        for (_, answer), outcome in zip(together, outcomes, strict=True):
            if not answer.done():
                answer.set_result(outcome)
