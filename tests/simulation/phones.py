"""A person with a phone: the page as its scripts behave, and the hand that holds it.

What the page keeps is in its memory alone, so a page that is loaded anew forgets it.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.simulation.loop import ProcessLoop
from tests.simulation.network import Link
from tests.simulation.world import World

SILENCE_S = 2.5
AGAIN_S = 1.0
UNSENT_S = 3.0
REWRITE_S = 5.0
RETRY_FIRST_S, RETRY_MOST_S, RETRY_GROWS = 0.5, 5.0, 1.6

View = dict[str, Any]
Told = Callable[["Phone", str, dict[str, Any]], None]


class Phone:
    """One device of `person`, with one page."""

    def __init__(
        self, world: World, loop: ProcessLoop, link: Link, person: str, token: str, told: Told
    ) -> None:
        self.world = world
        self.loop = loop
        self.link = link
        self.person = person
        self.token = token
        self.told = told
        self.open = False
        self.view: View = {}
        self.heard_at = 0.0
        self.mine: dict[str, Any] | None = None
        self.rung: set[str] = set()
        self.on_call: Callable[[Phone, dict[str, Any]], None] = lambda _phone, _call: None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._count = 0
        self.does(self._listen())

    def does(self, work: Any) -> None:
        """Let the phone do `work` beside everything else."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def insist(
        self, act: Callable[[], dict[str, object]], wanted: Callable[[], bool] = lambda: True
    ) -> dict[str, object] | None:
        """Tell `act` until it is answered, while `wanted` says so."""
        wait = RETRY_FIRST_S
        while wanted():
            answer = await self.link.post("/care/act", act(), self.token)
            if answer is not None:
                return answer
            await asyncio.sleep(wait)
            wait = min(RETRY_MOST_S, wait * RETRY_GROWS)
        return None

    def say(self, act_: str, **fields: object) -> None:
        """An act of this page, told until it is answered."""
        act = {"type": act_, **fields}
        self.world.note(self.person, f"says {act_} {fields.get('press', '')}")

        async def tell() -> None:
            answer = await self.insist(lambda: act)
            self.told(self, f"answer to {act_}", {**act, "answer": answer})

        self.does(tell())

    # The presser's page.

    def press(self) -> str:
        """The button; the press' id."""
        self._count += 1
        press = f"press-of-{self.person}-{self._count:04d}-{self.token[-4:]}"
        it: dict[str, Any] = {"press": press, "at": self.world.seconds, "is": "felt"}
        self.mine = it
        self.world.note(self.person, f"presses {press}")
        self.told(self, "felt", {"press": press})
        self.does(self._send(it))
        return press

    async def _send(self, it: dict[str, Any]) -> None:
        wanted = lambda: it is self.mine  # noqa: E731  the page's own shape

        def unsent() -> None:
            if wanted() and it["is"] == "felt":
                it["is"] = "unsent"

        self.world.after(UNSENT_S, unsent)
        while wanted():
            answer = await self.insist(
                lambda: {
                    "type": "Press",
                    "press": it["press"],
                    "ago": self.world.seconds - it["at"],
                    "place": "left",
                },
                wanted,
            )
            if answer is None or not wanted():
                return
            it["is"] = "kept" if answer["kept"] else "unrecorded" if answer["done"] else "refused"
            self.told(self, "press answered", {"press": it["press"], **answer})
            if it["is"] != "unrecorded":
                return
            await asyncio.sleep(REWRITE_S)

    def take_back(self, **fields: object) -> None:
        """Cancel what this page shows; perhaps with a word."""
        press = self.mine["press"] if self.mine else self.view.get("press", {}).get("press")
        self.mine = None
        if press:
            self.say("Cancel", press=press, **fields)

    def over(self) -> None:
        """It is over."""
        press = self.view.get("press", {}).get("press") or (self.mine or {}).get("press")
        self.mine = None
        if press:
            self.say("Over", press=press)

    # The stream.

    def wake(self) -> None:
        """Open the page."""
        if not self.open:
            self.open = True
            self.heard_at = self.world.seconds
            self.link.listen(self.person, self._heard)

    def sleep(self, *, forget: bool) -> None:
        """Close the page, or lose it. forget: its memory too."""
        if self.open:
            self.open = False
            self.link.hang_up()
        if forget:
            self.rung.clear()
            self.mine = None
            self.view = {}

    async def _listen(self) -> None:
        while True:
            await asyncio.sleep(AGAIN_S)
            if self.open and self.world.seconds - self.heard_at >= SILENCE_S:
                self.heard_at = self.world.seconds
                self.link.listen(self.person, self._heard)

    def _heard(self, view: View) -> None:
        if not self.open:
            return
        self.heard_at = self.world.seconds
        if not view or view == self.view:
            return
        self.view = view
        self.told(self, "sees", view)
        for call in view["calls"]:
            if call["is"] == "open" and call["key"] not in self.rung:
                self._arrive(call)
        mine = self.mine
        if mine and mine["is"] == "kept" and view["press"]["press"] == mine["press"]:
            mine["seen"] = True
        if mine and mine.get("seen") and view["press"]["press"] != mine["press"]:
            self.mine = None

    def _arrive(self, call: dict[str, Any]) -> None:
        self.rung.add(call["key"])
        self.say("Shown", press=call["press"])
        if not call["shown"]:
            self.world.note(self.person, f"rings {call['key']}")
            self.told(self, "rings", call)
        self.on_call(self, call)
