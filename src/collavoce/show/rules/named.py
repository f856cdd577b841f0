"""The cue that a command names, or why it cannot be had."""

from collavoce.show.cues import Cue
from collavoce.show.events import Refused
from collavoce.show.order import find, number_with
from collavoce.show.rules.draft import Draft
from collavoce.words import say


def anywhere(draft: Draft, cue_number: str) -> Cue | Refused:
    """The cue, in whatever number."""
    cue = find(draft.show, cue_number)
    return Refused(say("show.refused.unknown_cue", cue=cue_number)) if cue is None else cue


def here(draft: Draft, cue_number: str) -> Cue | Refused:
    """The cue, if it is one of the current number's."""
    number = number_with(draft.show, cue_number)
    if number is not None and number.id != draft.state.number:
        return Refused(
            say("show.refused.other_number", cue=cue_number, number=number.id, title=number.title)
        )
    return anywhere(draft, cue_number)
