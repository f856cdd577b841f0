"""What the watchdog carries itself: the messages that care foresaw and did not send. Pure.

Care leaves a list of what will be due (`runtime/care/ways/deadman.py`); what it sends itself is
not in the next one. So what stands in the latest list and is late was not sent.

| item | carried at |
|---|---|
| the page was rung while care lived | `due_at` + `LATE_S` |
| care's last list is older than the page's own moment | `page_at` + `LATE_S`: no page was rung |
| the contact after another, which was carried from here and failed | at once |
| ... which was carried from here and taken, or has no answer yet | not |
| ... which care carried, and did not live to hear of | `due_at` + `LATE_S` |
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from collavoce.runtime.care.ways.deadman import CARRIED_MAX, FORESEEN_MAX, Foreseen, Leaving

LATE_S = 2.0


class Carried(Enum):
    """What is known of a message that was this process' turn."""

    ELSEWHERE = "elsewhere"  # care had claimed it
    OUT = "out"
    TAKEN = "taken"
    FAILED = "failed"


@dataclass(slots=True)
class StandingIn:
    """The latest whole list, and what was made of it. whom: key -> for whom it was."""

    as_of: float = float("-inf")
    items: tuple[Foreseen, ...] = ()
    carried: dict[str, Carried] = field(default_factory=dict[str, Carried])
    whys: dict[str, str] = field(default_factory=dict[str, str])
    _whom: dict[str, str] = field(default_factory=dict[str, str])
    _parts: dict[int, Leaving] = field(default_factory=dict[int, Leaving])

    def told(self, leaving: Leaving) -> None:
        """A part of a list has come; the list counts once it is whole."""
        if any(part.number != leaving.number for part in self._parts.values()):
            self._parts.clear()
        self._parts[leaving.part] = leaving
        if len(self._parts) < leaving.parts:
            return
        parts = [self._parts[n] for n in sorted(self._parts)]
        self._parts.clear()
        self.as_of = leaving.as_of
        self.items = tuple(item for part in parts for item in part.items)[:FORESEEN_MAX]
        wanted = {item.key for item in self.items}
        for key in leaving.got:
            # Care has it on its disk; what may yet come in a list is still remembered.
            if key not in wanted and self.carried.get(key) is not Carried.OUT:
                self.carried.pop(key, None)
                self.whys.pop(key, None)
                self._whom.pop(key, None)

    def late(self, now: float) -> Iterator[Foreseen]:
        """What is to be carried at `now`, the longest due first."""
        for item in sorted(self.items, key=lambda item: item.due_at):
            if item.key not in self.carried and self._is_late(item, now):
                yield item

    def _is_late(self, item: Foreseen, now: float) -> bool:
        due_at = item.page_at if self.as_of < item.page_at else item.due_at
        if not item.if_failed:
            return now >= due_at + LATE_S
        before = {self.carried[key] for key, whom in self._whom.items() if whom == item.whom}
        if Carried.OUT in before or Carried.TAKEN in before:
            return False
        return Carried.FAILED in before or now >= item.due_at + LATE_S

    def handed(self, item: Foreseen, *, ours: bool) -> None:
        """It was this process' turn to carry `item`. ours: nobody had claimed it before."""
        self.carried[item.key] = Carried.OUT if ours else Carried.ELSEWHERE
        self._whom[item.key] = item.whom
        while len(self.carried) > CARRIED_MAX:
            oldest = next(iter(self.carried))
            for table in (self.carried, self.whys, self._whom):
                table.pop(oldest, None)

    def answered(self, key: str, *, taken: bool, why: str) -> None:
        """A service has taken the message `key`, or it failed."""
        if key in self.carried:
            self.carried[key] = Carried.TAKEN if taken else Carried.FAILED
            self.whys[key] = why

    def to_report(self) -> dict[str, tuple[bool, str]]:
        """What care is to know: key -> (whether it was taken, kind of failure)."""
        return {
            key: (carried is Carried.TAKEN, self.whys.get(key, ""))
            for key, carried in self.carried.items()
            if carried in (Carried.TAKEN, Carried.FAILED)
        }
