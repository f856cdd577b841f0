"""An asyncio loop that lives in simulated time: real coroutines, no sockets, no waiting.

Every process of the simulation has a loop of its own, so that killing one is to run it no more:
nothing of it is unwound, no `finally` is reached, as with SIGKILL.
"""

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Any

from tests.simulation.wires import Wires
from tests.simulation.world import MICRO, World


class KilledError(SystemExit):
    """SIGKILL in the middle of a system call. A SystemExit, since asyncio lets only that out."""


class _NoSockets:
    def select(self, _timeout: float | None) -> list[object]:
        return []

    def close(self) -> None:
        pass


class ProcessLoop(asyncio.BaseEventLoop):
    """moment: the monotonic clock of the machine it runs on.

    held_until_us : true time before which the process does not run (stopped, or in a slow call).
    """

    def __init__(
        self, world: World, moment: Callable[[], float], wires: Wires | None = None
    ) -> None:
        super().__init__()
        self._wires = wires or Wires()
        self._selector = _NoSockets()
        self._world = world
        self._moment = moment
        self._poked_us = -1
        self.dead = False
        self.held_until_us = 0
        self.on_death: Callable[[], None] = lambda: None
        self.on_turned: Callable[[], None] = lambda: None
        self.set_exception_handler(self._noted)

    def time(self) -> float:
        """The machine's monotonic clock in seconds."""
        return self._moment()

    def call_at(
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """As asyncio's, and the world knows when to turn this loop."""
        self._poke(when - self.time() + 1 / MICRO)
        return super().call_at(when, callback, *args, context=context)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """As asyncio's, and the world knows that this loop has something to do."""
        if self._poked_us != self._world.now_us:
            self._poked_us = self._world.now_us
            self._poke(0.0)
        return super().call_soon(callback, *args, context=context)

    def add_reader(self, fd: Any, callback: Callable[..., Any], *args: Any) -> None:
        """As asyncio's, for the descriptors of simulated wires."""
        self._wires.listen(fd, lambda: self._call(callback, args))

    def remove_reader(self, fd: Any) -> bool:
        """As asyncio's."""
        self._wires.forget(fd)
        return True

    def _call(self, callback: Callable[..., Any], args: tuple[Any, ...]) -> None:
        if not self.dead:
            self.call_soon(callback, *args)

    def turn(self) -> None:
        """Do what is due, unless the process is dead or held."""
        if self.dead:
            return
        if self._world.now_us < self.held_until_us:
            self._poke((self.held_until_us - self._world.now_us) / MICRO)
            return
        self._poked_us = -1
        super().call_soon(self.stop)
        try:
            self.run_forever()
        except KilledError:
            self.on_death()
        else:
            self.on_turned()

    def _check_closed(self) -> None:
        """What is swept up when the evening is over may ask for something; it gets nothing."""

    def _poke(self, seconds: float) -> None:
        self._world.after(max(0.0, seconds), self.turn)

    def _process_events(self, event_list: list[object]) -> None:
        assert not event_list

    def _write_to_self(self) -> None:
        raise AssertionError("there is one thread")

    def _noted(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Nothing that goes wrong is only logged; the tasks of the dead are rightly pending."""
        error = context.get("exception", KilledError())
        if not isinstance(error, KilledError) and not self.dead:
            self._world.breaks("crash", repr(error))
