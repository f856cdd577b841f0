"""Who decides on a song that its author gives to the show: given, withdrawn, never taken here.

given       ProposeNumber       it may be taken; nothing of the evening has changed
taken       ChangeSetList       it stands in the set list, by the caller's choice; undo leaves it
withdrawn   WithdrawProposal    only while it is not taken
"""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from collavoce.show.asked.command import Command
from collavoce.show.asked.setlist import ProposeNumber, WithdrawProposal
from collavoce.show.events import NumberProposed, ProposalWithdrawn, Refused
from collavoce.show.plan import Song
from collavoce.show.rules.draft import Draft
from collavoce.show.setlist.checking import MINUTES_MOST
from collavoce.show.setlist.tonight import number_called, plan_of
from collavoce.words import say

PROPOSALS_MOST = 50
TITLE_LENGTH = 80
PERFORMERS_MOST = 20
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_REFERENCE = re.compile(r"references/[A-Za-z0-9_-]{1,60}\.(?:wav|flac)")


def propose_number(draft: Draft, command: ProposeNumber) -> Refused | None:
    """It stands beside the set list from here on. What is taken is not changed under the caller."""
    song = Song(command.title, command.reference, command.minutes, command.performers)
    known = draft.state.proposals
    if known.get(command.number) == song:
        return None
    why = _why_not(draft, command)
    if why is None and command.number not in known and len(known) >= PROPOSALS_MOST:
        why = say("setlist.refused.proposals", limit=PROPOSALS_MOST)
    if why is None and _is_taken(draft, command.number):
        why = say("setlist.refused.taken", title=known[command.number].title)
    if why is not None:
        return Refused(why)
    draft.tell(NumberProposed(at=draft.now, number=command.number, song=song, by=draft.by))
    return None


def withdraw_proposal(draft: Draft, command: WithdrawProposal) -> Refused | None:
    """Only what is not taken; withdrawn twice it is withdrawn once."""
    song = draft.state.proposals.get(command.number)
    if song is None:
        return None
    if _is_taken(draft, command.number):
        return Refused(say("setlist.refused.taken", title=song.title))
    draft.tell(ProposalWithdrawn(at=draft.now, number=command.number, by=draft.by))
    return None


def _is_taken(draft: Draft, number: str) -> bool:
    return plan_of(draft.show, draft.state).index(number) >= 0


def _why_not(draft: Draft, command: ProposeNumber) -> str | None:
    title, players = command.title, command.performers
    if not _ID.fullmatch(command.number) or number_called(draft.show, command.number) is not None:
        return say("setlist.refused.song_id", number=command.number)
    if not 0 < len(title) <= TITLE_LENGTH or not title.isprintable():
        return say("setlist.refused.song_title", limit=TITLE_LENGTH)
    if not _REFERENCE.fullmatch(command.reference):
        return say("setlist.refused.song_reference")
    if not (isfinite(command.minutes) and 0 < command.minutes <= MINUTES_MOST):
        return say("setlist.refused.minutes", limit=f"{MINUTES_MOST:.0f}")
    once = 0 < len(set(players)) == len(players) <= PERFORMERS_MOST
    if not once or not set(players) <= draft.show.people.keys():
        return say("setlist.refused.song_players")
    return None


RULES: Mapping[type[Command], Callable[..., Any]] = {
    ProposeNumber: propose_number,
    WithdrawProposal: withdraw_proposal,
}
