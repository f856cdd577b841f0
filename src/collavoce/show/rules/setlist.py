"""Who decides what is asked of the set list."""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.asked.command import Command
from collavoce.show.asked.setlist import ChangeSetList
from collavoce.show.events import Refused, SetListChanged
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.edits import refused_by_lock
from collavoce.show.rules.pointing import point_within
from collavoce.show.rules.proposals import RULES as PROPOSALS
from collavoce.show.setlist.checking import why_not
from collavoce.show.setlist.tonight import plan_of
from collavoce.words import say

WORDS_LENGTH = 200
"""Characters of what a change is called, in the log and on the undo button."""


def change_set_list(draft: Draft, command: ChangeSetList) -> Refused | None:
    """One choice: standby, calls, screens and what comes next go by the new plan from here on."""
    if draft.state.locked:
        return refused_by_lock(draft)
    present = plan_of(draft.show, draft.state)
    if command.instead is not None and command.instead != present:
        return Refused(say("setlist.refused.moved"))
    if max(len(command.option), len(command.words)) > WORDS_LENGTH:
        return Refused(say("setlist.refused.words", limit=WORDS_LENGTH))
    why = why_not(draft.show, draft.state, command.plan)
    if why is not None:
        return Refused(why)
    if command.plan != present:
        draft.tell(
            SetListChanged(
                at=draft.now,
                plan=command.plan,
                option=command.option,
                by=draft.by,
                words=command.words,
            )
        )
        point_within(draft)
    return None


RULES: Mapping[type[Command], Callable[..., Any]] = {
    ChangeSetList: change_set_list,
    **PROPOSALS,
}
