"""How an edit is kept so that it can be taken back. The folds of whatever can be edited call it."""

from msgspec.structs import replace

from collavoce.show.state import ShowState
from collavoce.show.states.edits import Done, Edited

DONE_MOST = 100
"""Edits that can be taken back; older ones stand."""


def keep(state: ShowState, words: str, after: Edited) -> ShowState:
    """The state after an edit that `words` name. What was taken back cannot be made again now.

    One that changes nothing is none.
    """
    if after == state.edited:
        return state
    done = Done(words, state.edited, after)
    return replace(
        state, edited=after, done=(*state.done, done)[-DONE_MOST:], undone=tuple[Done, ...]()
    )
