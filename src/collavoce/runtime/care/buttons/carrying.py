"""Presses that come from a thing and not from a page: asked for, and never lost on the way."""

import asyncio
from collections.abc import Awaitable, Callable

from collavoce.care.commands import AnyCommand, RaiseAlert
from collavoce.care.outcome import Outcome
from collavoce.runtime.care import faults

Ask = Callable[[AnyCommand], Awaitable[Outcome]]
"""As the house does: Kept means on disk."""


def soon(
    press: Callable[[RaiseAlert], Awaitable[Outcome]], ask: Callable[[AnyCommand], Outcome]
) -> Ask:
    """A press by the way of presses, everything else at once."""

    async def asked(command: AnyCommand) -> Outcome:
        return await press(command) if isinstance(command, RaiseAlert) else ask(command)

    return asked


class Carrier:
    """Holds every question until it is answered; one that fails ends the process, loudly."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._asking: set[asyncio.Task[None]] = set()

    def carry(self, command: AnyCommand, done: Callable[[Outcome], None]) -> None:
        """Ask for `command` soon; `done` hears what became of it."""
        task = asyncio.get_running_loop().create_task(self._carried(command, done))
        self._asking.add(task)
        task.add_done_callback(self._ended)

    async def _carried(self, command: AnyCommand, done: Callable[[Outcome], None]) -> None:
        done(await self._ask(command))

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._asking.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # A press that vanished here would be the failure nobody notices.
            faults.end("a button's press was lost: " + faults.describe(error))
