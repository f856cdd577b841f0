"""What is under way, and when it is over: a cue's own time, and the members of its group.

Told from the state alone, so that asking when something is due needs no look at the show.
"""

from collavoce.show.state import ShowState

NOBODY: frozenset[str] = frozenset()


def is_under_way(state: ShowState, number: str, at: float, seen: frozenset[str] = NOBODY) -> bool:
    """Whether the cue waits, is paused, or takes time still at `at`.

    One whose end is awaited is under way until that end was told. seen : groups asked already; a
    circle of groups is nobody's to wait for.
    """
    if number in state.waiting or number in state.paused:
        return True
    if number not in state.running or number in seen:
        return False
    return awaited(state, number) or not is_over(state, number, at, seen)


def is_over(state: ShowState, number: str, at: float, seen: frozenset[str] = NOBODY) -> bool:
    """Whether a running cue's own time is up at `at`, and its group's."""
    run = state.running[number]
    if run.paused_at is not None or run.until is None or run.until > at or run.left:
        return False
    seen = seen | {number}
    return not any(is_under_way(state, member, at, seen) for member in run.members)


def awaited(state: ShowState, number: str, seen: frozenset[str] = NOBODY) -> bool:
    """Whether anything comes when a running cue is over: a cue, or what is next in its group."""
    run = state.running.get(number)
    if run is not None and run.then:
        return True
    seen = seen | {number}
    return any(
        bool(state.running[group].left) or awaited(state, group, seen)
        for group in groups_of(state, number)
        if group not in seen
    )


def groups_of(state: ShowState, number: str) -> tuple[str, ...]:
    """The groups under way of which the cue is a member."""
    return tuple(group for group, run in state.running.items() if number in run.members)
