"""One life of the care process with its quiet half: the tasks that turn by themselves, and what
a phone's token opens in every frame of its page.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from tests.simulation.life import Life
from tests.simulation.loop import KilledError

from collavoce.care.events import AnyEvent
from collavoce.care.state import CareState
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.view import phone_view
from collavoce.runtime.care.evening import AskedInTime, EveningBox, keep_asking
from collavoce.runtime.care.kept.keeping import keep_tidy
from collavoce.runtime.care.postman import Postman, keep_post
from collavoce.runtime.care.quarters import keep_quarters

BEAT_S = 2.0


def token_of(person: str) -> str:
    """The token of the one phone of `person`."""
    return f"token-of-{person}-1"


class Listening(Protocol):
    """Whoever is told what a life of the process does; the same through all of them."""

    def shows(self, person: str, asked: dict[str, Any], shown: dict[str, Any]) -> None:
        """This is shown to `person`, at the moment it is made. asked: {"type": "stream"} by it."""
        ...

    def happens(self, event: AnyEvent, state: CareState) -> None:
        """A fact was kept."""
        ...

    def hears(self, clock: float) -> None:
        """A page said what its clock says."""
        ...


@dataclass
class QuietLife(Life):
    """As `Life`, and the quiet half of it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.listening: Listening = self.machine.listening
        self.house.told.append(self.listening.happens)
        pinged = self.care.pinged

        def heard(person: str, clock: float, shown: tuple[str, ...]) -> None:
            self.listening.hears(clock)
            pinged(person, clock, shown)

        self.care.pinged = heard
        self.evening = EveningBox(self.machine.run_dir, self.house)
        self.loop.add_reader(self.evening.fileno(), self.evening.hear_all)
        care = self.care
        for work in (
            keep_asking(AskedInTime(self.house)),
            keep_post(Postman(care.post, care.daytime)),
            keep_quarters(care.found, care.knocks),
            keep_tidy(care, lambda: self.house.calling),
        ):
            self._keeps(work)

    def _keeps(self, work: Coroutine[None, None, None]) -> None:
        task: asyncio.Task[None] = self.loop.create_task(work)
        task.add_done_callback(self._ended)
        self.tasks.append(task)

    def made(self, token: str, body: bytes, status: int, said: bytes) -> None:
        """What is shown is judged when it is made, not when the network has carried it."""
        if status == 200:
            person = token.removeprefix("token-of-").removesuffix("-1")
            asked, shown = msgspec.json.decode(body), msgspec.json.decode(said)
            self.listening.shows(person, asked, shown.get("shown", shown))

    def _beat(self, number: int) -> None:
        """Send the page's view with what its own phone opens."""
        if self.loop.dead or number not in self.streams:
            return
        world = self.machine.world
        if world.now_us >= self.loop.held_until_us:
            person, frame = self.streams[number]
            token = token_of(person)
            if secret_hash(token) in self.house.state.pairings.devices:
                try:
                    view = self._view(number, person, token)
                except KilledError:
                    # What is shown leaves its row in a log, and death may come in that.
                    self.machine.died()
                    return
                frame(view)
        world.after(BEAT_S, lambda: self._beat(number))

    def _view(self, number: int, person: str, token: str) -> dict[str, Any]:
        """Looked at again when something may have changed, as in the real stream; or nothing."""
        tens = int(self.machine.world.seconds) // (1 if self.house.calling else 10)
        fresh = (self.house.state, self.care.reachable(), self.care.changes, tens)
        known: Any = self._shown.get(number)
        if known is not None and known[0] is fresh[0] and known[1:] == fresh[1:]:
            return {}
        self._shown[number] = fresh
        view = {**phone_view(self.care, person), **self.care.seen(token)}
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(view))
        self.listening.shows(person, {"type": "stream"}, plain)
        return plain
