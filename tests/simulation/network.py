"""The venue's network between one phone and the desk's door.

A request may come late, twice, never, or half a minute after its page gave it up; the answer may
be lost when the request was not. A stream is one connection: its frames keep their order.
"""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from tests.simulation.life import Life
from tests.simulation.loop import ProcessLoop
from tests.simulation.machine import Machine
from tests.simulation.world import World

ANSWER_WITHIN_S = 2.5
"""As the page has it."""

NOTICED_S = (0.0, 40.0)
"""How long the desk takes a page for open whose network is gone."""

_numbers = itertools.count(1)


@dataclass(slots=True)
class Weather:
    """How a link is now. cut: nothing passes; deaf: nothing comes back; mute: nothing goes up.

    delay_s : least and most. lost, twice, late : chances that a request is.
    """

    cut: bool = False
    deaf: bool = False
    mute: bool = False
    delay_s: tuple[float, float] = (0.001, 0.02)
    lost: float = 0.0
    twice: float = 0.0
    late: float = 0.0

    @property
    def good(self) -> bool:
        """Whether everything passes within a second."""
        whole = not (self.cut or self.deaf or self.mute or self.lost)
        return whole and self.delay_s[1] <= 0.2


class Link:
    """One phone's way to the desk."""

    def __init__(self, world: World, machine: Machine, loop: ProcessLoop, name: str) -> None:
        self.weather = Weather()
        self._world = world
        self._machine = machine
        self._loop = loop
        self._chance = world.chance(f"link of {name}")
        self._open: tuple[Life, int] | None = None
        self._last_frame_us = 0

    async def post(self, path: str, act: dict[str, object], token: str) -> dict[str, object] | None:
        """What the desk answers in time, None if nothing; a copy may arrive all the same."""
        answered: asyncio.Future[tuple[int, bytes]] = self._loop.create_future()
        body = msgspec.json.encode(act)

        def answer(status: int, said: bytes) -> None:
            if not self.weather.cut and not self.weather.deaf:
                self._world.after(self._delay(), lambda: arrived(status, said))

        def arrived(status: int, said: bytes) -> None:
            if not answered.done():
                answered.set_result((status, said))

        for wait in self._copies():
            self._world.after(wait, lambda: self._arrive(path, body, token, answer))
        try:
            status, said = await asyncio.wait_for(answered, ANSWER_WITHIN_S)
        except TimeoutError:
            return None
        return None if status >= 500 else msgspec.json.decode(said)

    def listen(self, person: str, heard: Callable[[dict[str, object]], None]) -> None:
        """Open the stream anew; the one before closes, unless its closing is lost."""
        self.hang_up()
        self._world.after(self._delay(), lambda: self._came(person, heard))

    def hang_up(self) -> None:
        """Close the stream; the desk learns it at once, or much later."""
        if self._open is None:
            return
        life, number = self._open
        self._open = None
        w = self.weather
        wait = self._chance.uniform(*NOTICED_S) if w.cut or w.mute else self._delay()
        self._world.after(wait, lambda: life.went(number))

    def _copies(self) -> list[float]:
        w, chance = self.weather, self._chance
        copies = [] if w.cut or w.mute or chance.random() < w.lost else [self._delay()]
        if chance.random() < w.twice:
            copies.append(self._delay() + chance.uniform(0.0, 2.0))
        if chance.random() < w.late:
            copies.append(chance.uniform(3.0, 40.0))
        return copies

    def _delay(self) -> float:
        return self._chance.uniform(*self.weather.delay_s)

    def _arrive(
        self, path: str, body: bytes, token: str, answer: Callable[[int, bytes], None]
    ) -> None:
        self._machine.receive(path, body, token, answer)

    def _came(self, person: str, heard: Callable[[dict[str, object]], None]) -> None:
        life, w = self._machine.life, self.weather
        if life is None or w.cut or w.mute:
            return
        number = next(_numbers)
        self._open = life, number

        def frame(view: dict[str, object]) -> None:
            if self._open == (life, number) and not self.weather.cut and not self.weather.deaf:
                at = max(self._last_frame_us, self._world.now_us + int(self._delay() * 1_000_000))
                self._last_frame_us = at
                self._world.after((at - self._world.now_us) / 1_000_000, lambda: deliver(view))

        def deliver(view: dict[str, object]) -> None:
            if self._open == (life, number) and not self.weather.cut:
                heard(view)

        life.came(number, person, frame)
