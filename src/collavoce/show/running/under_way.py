"""What is under way, and when it is over: a cue's own time, and the members of its group.

Told from the state alone, so that asking when something is due needs no look at the show.
"""

from collections import defaultdict

from collavoce.show.state import ShowState

NOBODY: frozenset[str] = frozenset()


class UnderWay:
    """What `state` holds under way. One look: who belongs to which group is found once for it."""

    __slots__ = ("_groups", "_state")

    def __init__(self, state: ShowState) -> None:
        self._state = state
        self._groups: defaultdict[str, list[str]] = defaultdict(list)
        for group, run in state.running.items():
            for member in dict.fromkeys(run.members):
                self._groups[member].append(group)

    def groups_of(self, number: str) -> tuple[str, ...]:
        """The groups under way of which the cue is a member."""
        return tuple(self._groups.get(number, ()))

    def holds(self, number: str, at: float, seen: frozenset[str] = NOBODY) -> bool:
        """Whether the cue waits, is paused, or takes time still at `at`.

        One whose end is awaited is under way until that end was told. seen : groups asked already;
        a circle of groups is nobody's to wait for.
        """
        state = self._state
        if number in state.waiting or number in state.paused:
            return True
        if number not in state.running or number in seen:
            return False
        return self.awaited(number) or not self.is_over(number, at, seen)

    def is_over(self, number: str, at: float, seen: frozenset[str] = NOBODY) -> bool:
        """Whether a running cue's own time is up at `at`, and its group's."""
        run = self._state.running[number]
        if run.paused_at is not None or run.until is None or run.until > at or run.left:
            return False
        seen = seen | {number}
        return not any(self.holds(member, at, seen) for member in run.members)

    def awaited(self, number: str, seen: frozenset[str] = NOBODY) -> bool:
        """Whether anything comes when a running cue is over: a cue, or the next of its group."""
        running = self._state.running
        run = running.get(number)
        if run is not None and run.then:
            return True
        seen = seen | {number}
        return any(
            bool(running[group].left) or self.awaited(group, seen)
            for group in self._groups.get(number, ())
            if group not in seen
        )
