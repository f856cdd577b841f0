"""What an action sends, in the few words that the log and the desk have room for."""

from collavoce.show.actions.action import Action
from collavoce.show.actions.table import what

LONGEST = 120
"""Characters; what is longer is told by its beginning."""


def said(action: Action) -> str:
    """The words; "" for what sends nothing."""
    words = what(action)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
