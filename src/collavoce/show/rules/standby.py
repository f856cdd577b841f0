"""Who decides what is asked of standbys and hazards."""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.asked.command import Command
from collavoce.show.asked.standby import CallStandby, ConfirmHazard, ReleaseStandby
from collavoce.show.commands import Acknowledge, NotClear
from collavoce.show.events import HazardConfirmed, Refused, StandbyCalled, StandbyReleased
from collavoce.show.rules.answers import acknowledge, not_clear
from collavoce.show.rules.crews import operators_of
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.entering import asked
from collavoce.show.rules.named import anywhere
from collavoce.show.rules.speaking import speaks_for
from collavoce.show.rules.waits import settle
from collavoce.words import say


def call(draft: Draft, command: CallStandby) -> Refused | None:
    """Ask everybody anew, of whatever number: a change-over calls the next one's first cue."""
    number = draft.state.pointer if command.cue is None else command.cue
    if number is None:
        return Refused(say("show.refused.past_last"))
    cue = anywhere(draft, number)
    if isinstance(cue, Refused):
        return cue
    people = asked(draft.show, draft.state, cue)
    draft.tell(StandbyCalled(at=draft.now, cue=cue.number, by=draft.by, people=people))
    return None


def release(draft: Draft, command: ReleaseStandby) -> Refused | None:
    """Nobody needs to be ready any more, and nobody's answer keeps the cue back."""
    if command.cue not in draft.state.standbys:
        return Refused(say("show.refused.no_standby", cue=command.cue))
    draft.tell(StandbyReleased(at=draft.now, cue=command.cue, by=draft.by))
    return None


def confirm(draft: Draft, command: ConfirmHazard) -> Refused | None:
    """Keep what its operator says of a hazardous cue that was said to them."""
    cue = anywhere(draft, command.cue)
    if isinstance(cue, Refused):
        return cue
    confirmed = draft.state.confirmed.get(cue.number)
    if not cue.hazard or confirmed is None:
        return Refused(say("show.refused.no_hazard", cue=cue.number))
    if command.person not in draft.show.people:
        return Refused(say("show.refused.nobody"))
    operators = operators_of(draft.show, cue)
    if operators and command.person not in operators:
        return Refused(say("show.refused.no_operator", cue=cue.number))
    refused = speaks_for(draft, command.person, cue.number)
    if refused is not None:
        return refused
    if confirmed and command.done:
        return None
    draft.tell(
        HazardConfirmed(
            at=draft.now,
            cue=cue.number,
            person=command.person,
            done=command.done,
            by=draft.by,
        )
    )
    settle(draft)
    return None


RULES: Mapping[type[Command], Callable[..., Any]] = {
    Acknowledge: acknowledge,
    NotClear: not_clear,
    CallStandby: call,
    ReleaseStandby: release,
    ConfirmHazard: confirm,
}
