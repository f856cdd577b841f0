"""A phone whose page says one thing after the other, tells its clock, and looks at its things."""

from collections import deque
from collections.abc import Callable
from typing import Any

from tests.simulation.phones import Phone
from tests.simulation.world import MICRO

PING_S = 10.0
LOOK_S = 45.0
"""On average, between two looks at what waits."""

Act = dict[str, Any]
Said = Callable[["QuietPhone", Act, dict[str, Any] | None], None]
"""told when an act is first sent (None), and when it is answered."""


class QuietPhone(Phone):
    """wrong_s : how far its clock is from the true time. begins_s : UTC when the world began."""

    begins_s: float
    on_said: Said
    wrong_s = 0.0

    def begin(self, begins_s: float, on_said: Said) -> None:
        """Let the page do what it does by itself."""
        self.begins_s, self.on_said = begins_s, on_said
        self._chance = self.world.chance(f"page of {self.person}")
        self._todo: deque[Act] = deque()
        self._busy = False
        self.gone = False
        self.world.after(self._chance.uniform(0.0, PING_S), self._ping)
        self.world.after(self._chance.uniform(0.0, LOOK_S), self._look)

    @property
    def clock(self) -> float:
        """What it takes for UTC."""
        return self.begins_s + self.world.now_us / MICRO + self.wrong_s

    def do(self, *acts: Act) -> None:
        """Say these, each when the one before is answered."""
        self._todo.extend(acts)
        if not self._busy:
            self._busy = True
            self.does(self._work())

    @property
    def waits(self) -> bool:
        """Whether something of it is not answered yet."""
        return self._busy

    async def _work(self) -> None:
        while self._todo:
            act = self._todo.popleft()
            if self.gone:
                continue
            self.world.note(self.person, f"says {act['type']} {act.get('to', '')}")
            self.on_said(self, act, None)
            answer = await self.insist(lambda act=act: act)
            assert answer is not None
            self.on_said(self, act, answer)
        self._busy = False

    def read(self, **what: Any) -> None:
        """Ask to be shown something; no answer is no answer."""

        async def ask() -> None:
            answer = await self.link.post("/care/read", what, self.token)
            if answer is not None:
                shown: Any = answer.get("shown", {})
                self._read_further(what, shown)

        if self.open and not self.gone:
            self.does(ask())

    def _read_further(self, what: dict[str, Any], answer: dict[str, Any]) -> None:
        if what["type"] != "ReadPost":
            return
        post: Any = answer.get("post", {})
        for one in post.get("given", ()):
            self.read(type="ReadLetter", letter=one["id"])
        for one in post.get("notes", ()):
            if not one["opened"]:
                self.read(type="ReadNote", note=one["id"])
        for one in post.get("invitations", ()):
            if one["fresh"]:
                self.read(type="ReadInvitation", invitation=one["id"])

    def _ping(self) -> None:
        self.world.after(PING_S, self._ping)
        if self.open and not self.gone:
            shown = self.view.get("post", {}).get("fresh", [])
            act: dict[str, object] = {"type": "Ping", "clock": self.clock, "shown": shown}
            self.does(self.link.post("/care/act", act, self.token))

    def _look(self) -> None:
        self.world.after(self._chance.expovariate(1 / LOOK_S), self._look)
        self.read(type="ReadPost")
