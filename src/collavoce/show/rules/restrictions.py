"""Restrictions on stage: which cues carry one is said from beside the stage, whole, each time.

What a cue brings and whom it meets is not looked at here: a notice is there because somebody
released it, and for no other reason. A cue that the show does not have carries none.
"""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.asked import restrictions as c
from collavoce.show.asked.command import Command
from collavoce.show.rules.draft import Draft
from collavoce.show.told import restrictions as e


def set_restrictions(draft: Draft, command: c.SetRestrictions) -> None:
    """Note those that are new, lift those that are over; said again it is so already."""
    known = draft.show.cues_by_number
    asked = [cue for cue in dict.fromkeys(command.cues) if cue in known]
    for cue in asked:
        if cue not in draft.state.restricted:
            draft.tell(e.RestrictionNoted(at=draft.now, cue=cue))
    for cue in sorted(draft.state.restricted.difference(asked)):
        draft.tell(e.RestrictionLifted(at=draft.now, cue=cue))


RULES: Mapping[type[Command], Callable[..., Any]] = {c.SetRestrictions: set_restrictions}
