"""Who may speak for whom: a person for themself, and the caller, who heard them say so."""

from collavoce.show.events import Refused
from collavoce.show.rules.draft import Draft
from collavoce.words import say

CALLER = "caller"
"""A role, and what the caller's desk asks in the name of while nobody has signed in."""

WITNESSES = (CALLER, "assistant", "steward")
"""Roles that stand where people come and go, and may say where somebody is."""


def is_one_of(draft: Draft, roles: tuple[str, ...]) -> bool:
    """Whether whoever asks has one of `roles`."""
    speaker = draft.show.people.get(draft.by)
    return draft.by in roles or (speaker is not None and not set(roles).isdisjoint(speaker.roles))


def speaks_for(draft: Draft, person: str, cue: str) -> Refused | None:
    """None where whoever asks is `person` or the caller; else why not."""
    if draft.by == person or is_one_of(draft, (CALLER,)):
        return None
    return Refused(say("show.refused.other_person", cue=cue))
