"""One word of a person answers everything they were asked about a cue: standby and position.

A department that names nobody has a word too: the caller's, who heard it on the radio.
"""

from collavoce.show.commands import Acknowledge, NotClear
from collavoce.show.events import ExitAcknowledged, ExitNotClear, Refused, StandbyAnswered
from collavoce.show.order import find
from collavoce.show.person import PersonIs
from collavoce.show.rules.crews import departments_for
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.exit import call_of
from collavoce.show.rules.outside import person_is
from collavoce.show.rules.speaking import speaks_for
from collavoce.show.states.standby import Answer
from collavoce.words import say

REASON_LENGTH = 200
"""Characters of a "not clear"."""


def acknowledge(draft: Draft, command: Acknowledge) -> Refused | None:
    """The person is ready, and in position where they were called to one."""
    cue, person = command.cue, command.person
    refused = _may_answer(draft, cue, person)
    if refused is not None:
        return refused
    if _in_standby(draft, cue, person) and not _is_clear(draft, cue, person):
        draft.tell(StandbyAnswered(at=draft.now, cue=cue, person=person, clear=True, by=draft.by))
    if _called(draft, cue, person) and draft.state.exits[cue].acknowledged_by != person:
        draft.tell(ExitAcknowledged(at=draft.now, cue=cue, person=person))
        person_is(draft, person, PersonIs.IN_POSITION)
    return None


def not_clear(draft: Draft, command: NotClear) -> Refused | None:
    """The person is not, and says why: the cue is kept back."""
    reason = command.reason.strip()
    if not reason or len(reason) > REASON_LENGTH:
        return Refused(say("show.refused.reason", limit=REASON_LENGTH))
    cue, person = command.cue, command.person
    refused = _may_answer(draft, cue, person)
    if refused is not None:
        return refused
    if _in_standby(draft, cue, person):
        draft.tell(
            StandbyAnswered(
                at=draft.now, cue=cue, person=person, clear=False, by=draft.by, reason=reason
            )
        )
    if _called(draft, cue, person):
        draft.tell(ExitNotClear(at=draft.now, cue=cue, person=person, reason=reason))
        person_is(draft, person, PersonIs.NOT_CLEAR)
    return None


def _in_standby(draft: Draft, cue: str, person: str) -> bool:
    """Whether `person` was asked; a department that names nobody is asked by voice."""
    called = draft.state.standbys.get(cue)
    if called is None:
        return False
    known = find(draft.show, cue)
    departments = () if known is None else departments_for(draft.show, known)
    return person in called.people or person in departments


def _is_clear(draft: Draft, cue: str, person: str) -> bool:
    answer: Answer | None = draft.state.standbys[cue].answers.get(person)
    return answer is not None and answer.clear


def _called(draft: Draft, cue: str, person: str) -> bool:
    """Whether the cue has called `person` into position."""
    way = draft.state.exits.get(cue)
    return way is not None and way.person == person


def _may_answer(draft: Draft, number: str, person: str) -> Refused | None:
    """Only who was asked answers, or the caller who heard them say so."""
    if not _in_standby(draft, number, person) and not _called(draft, number, person):
        return _not_asked(draft, number)
    return speaks_for(draft, person, number)


def _not_asked(draft: Draft, number: str) -> Refused:
    """Why nobody wants to hear this of this person."""
    cue, way = find(draft.show, number), draft.state.exits.get(number)
    if cue is None:
        return Refused(say("show.refused.unknown_cue", cue=number))
    if number in draft.state.standbys:
        return Refused(say("show.refused.not_asked", cue=number))
    if call_of(cue) is None:
        return Refused(say("show.refused.no_person", cue=number))
    if way is None:
        return Refused(say("show.refused.not_called", cue=number))
    key = "seat_empty" if way.person is None else "other_seat"
    return Refused(say(f"show.refused.{key}", cue=number, seat=way.seat))
