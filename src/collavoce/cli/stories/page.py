"""A page as somebody holds it: what it was sent and when, and what is done on it."""

import threading
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

from collavoce.cli.stories.account import StoryError
from collavoce.cli.text.door import Door, View
from collavoce.cli.text.phone import ACT, STREAM, become
from collavoce.runtime.clock import fresh_id, monotonic_ns
from collavoce.words import say

SEEN_MOST = 1200
"""Views remembered: some ten minutes of a phone's page."""

PATIENCE_S = 15.0
NS = 1e-9

Wanted = Callable[[View], object]


class Page:
    """The stream at `path` of `door`, remembered with the moment at which each view came.

    event : the kind of event that holds the whole view.
    """

    def __init__(self, door: Door, path: str, event: str = "") -> None:
        self.door = door
        self._event = event
        self._seen: deque[tuple[int, View]] = deque(maxlen=SEEN_MOST)
        self._changed = threading.Condition()
        door.listen(path, self._take, lambda _: None)

    @property
    def view(self) -> View:
        """What it shows now; raises StoryError if it shows nothing."""
        self.at(lambda _: True)
        return self._seen[-1][1]

    def views_since(self, since_ns: int) -> list[View]:
        """Everything it showed since."""
        with self._changed:
            return [view for at, view in self._seen if at >= since_ns]

    def when(self, wanted: Wanted, since_ns: int = 0, within_s: float = PATIENCE_S) -> int | None:
        """When (monotonic ns) it first showed what is wanted, None if not `within_s` from now."""
        until = monotonic_ns() + int(within_s / NS)
        with self._changed:
            looked = 0
            while True:
                for at, view in list(self._seen):
                    if at >= max(since_ns, looked) and wanted(view):
                        return at
                looked = self._seen[-1][0] if self._seen else 0
                left = (until - monotonic_ns()) * NS
                if left <= 0 or not self._changed.wait(left):
                    return None

    def at(self, wanted: Wanted, since_ns: int = 0, within_s: float = PATIENCE_S) -> int:
        """The same; raises StoryError when it never came."""
        at = self.when(wanted, since_ns, within_s)
        if at is None:
            raise StoryError(say("story.never_came", seconds=f"{within_s:g}"))
        return at

    def close(self) -> None:
        """Put it away."""
        self.door.closed.set()

    def _take(self, event: str, view: View) -> None:
        if event == self._event:
            with self._changed:
                self._seen.append((monotonic_ns(), view))
                self._changed.notify_all()


class PhonePage(Page):
    """The phone of `person`, paired by `link`."""

    def __init__(self, person: str, link: str) -> None:
        door = Door(link)
        become(door, link)
        self.person = person
        super().__init__(door, STREAM)

    def answer(self, act: str, **fields: object) -> View:
        """What is answered to `act`."""
        return self.door.post(ACT, {"type": act, **fields})

    def does(self, act: str, **fields: object) -> float:
        """Do it, and have it kept; how many ms that took. Raises StoryError when it is refused."""
        began = monotonic_ns()
        answer = self.answer(act, **fields)
        if not answer.get("kept"):
            raise StoryError(say("story.refused", act=act, why=answer.get("why", answer)))
        return ms(began, monotonic_ns())

    def call(self, press: str, since_ns: int = 0, within_s: float = PATIENCE_S) -> int | None:
        """When this page first showed the call of `press`."""
        return self.when(lambda v: any(c["press"] == press for c in v["calls"]), since_ns, within_s)

    def reads(self, what: str, **fields: object) -> View:
        """Something of one's own, or of whoever calls."""
        shown: View = self.door.post("/care/read", {"type": what, **fields}).get("shown", {})
        return shown


class DeskPage(Page):
    """The caller's desk, opened by its link."""

    def __init__(self, link: str) -> None:
        door = Door(link)
        door.post("/open", {"key": urlsplit(link).fragment})
        super().__init__(door, "/events", "state")

    def says(self, act: str, **fields: object) -> None:
        """Something at the line. Raises StoryError when it is refused."""
        self._kept(act, self.door.post("/line", {"key": fresh_id(), "type": act, **fields}))

    def orders(self, command: str, **fields: object) -> None:
        """A command of the show. Raises StoryError when it is refused."""
        order = {"key": fresh_id(), "type": command, **fields}
        self._kept(command, self.door.post("/command", order))

    def _kept(self, act: str, answer: View) -> None:
        if "refused" in answer:
            raise StoryError(say("story.refused", act=act, why=answer["refused"]))


def ms(since_ns: int, at_ns: int | None) -> float:
    """Milliseconds between two moments; raises StoryError when the second never came."""
    if at_ns is None:
        raise StoryError(say("story.never_came", seconds=f"{PATIENCE_S:g}"))
    return (at_ns - since_ns) * 1e-6
