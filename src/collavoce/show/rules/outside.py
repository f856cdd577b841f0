"""What fires from outside the desk and the music: inputs, the clock, somebody's word of a person.

All of them go the way of every other trigger. In a hold they fire nothing, they offer; only an
input that is known to be somebody's hand counts as a hand.
"""

from collavoce.show.asked.running import FireByInput, ReadClock, SayPerson
from collavoce.show.cues import Cue
from collavoce.show.events import PersonSaid, Refused
from collavoce.show.person import PersonIs
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.kept_back import meant
from collavoce.show.rules.named import here
from collavoce.show.rules.speaking import CALLER, WITNESSES, is_one_of
from collavoce.show.rules.turn import SOURCES, Held
from collavoce.show.rules.waits import settle
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AtClock, OnPerson
from collavoce.words import say

STEP_S = 60.0
"""A clock that was read and moved further than this was set, or nobody was there to read it."""


def fire_by_input(draft: Draft, command: FireByInput) -> Refused | None:
    """Fire a cue of the current number that listens to inputs; as often as it is asked.

    A bouncing contact is deaf for the guard time, cue by cue. Whoever asks by a person's id, or as
    the caller, is a hand, and fires in a hold.
    """
    if draft.state.number is None:
        return Refused(say("show.refused.no_number"))
    cue = here(draft, command.cue)
    if isinstance(cue, Refused):
        return cue
    if not cue.inputs:
        return Refused(say("show.refused.no_input", cue=cue.number))
    if _bounces(draft, cue):
        return Refused(say("show.refused.bounce", cue=cue.number))
    if _is_held(draft, Cause.INPUT):
        draft.offer(cue, say("show.offered.hold"))
    else:
        draft.come(cue, Cause.INPUT, command.source)
        settle(draft)
    return None


def _is_held(draft: Draft, cause: Cause) -> bool:
    """Whether a hold keeps this from firing."""
    hand = draft.by == CALLER or draft.by in draft.show.people
    held = SOURCES[cause].held
    return draft.state.held and (held is Held.OFFERED or (held is Held.WHOSE and not hand))


def _bounces(draft: Draft, cue: Cue) -> bool:
    fired = draft.state.fired.get(cue.number)
    since = [] if fired is None else [draft.now - fired.at]
    if cue.number in draft.state.begun and cue.number in draft.state.waiting:
        since.append(cue.pre - (draft.state.waiting[cue.number] - draft.waits_from))
    return bool(since) and min(since) < draft.show.guard


def read_clock(draft: Draft, command: ReadClock) -> None:
    """Fire the clock cues whose time has come since the clock was read last.

    One whose time is past, because its number began late, because nobody read the clock or because
    it was set, is offered: fired late by itself it would come as a surprise. A clock that was set
    back fires nothing: what has fired is not armed.
    """
    before, now = command.before, command.now
    stepped = now - before > STEP_S
    for cue in draft.cues:
        time = _time(cue)
        if time is None or time > now or not _armed(draft, cue):
            continue
        if _is_held(draft, Cause.CLOCK):
            draft.offer(cue, say("show.offered.hold"), stays=True)
        elif time <= before or stepped:
            draft.offer(cue, say("show.offered.time_past"), stays=True)
        else:
            draft.come(cue, Cause.CLOCK, draft.by)
    settle(draft)


def _time(cue: Cue) -> float | None:
    return cue.trigger.time if isinstance(cue.trigger, AtClock) else None


def _armed(draft: Draft, cue: Cue) -> bool:
    return cue.number in draft.state.armed and cue.number not in draft.state.left_to_hand


def say_person(draft: Draft, command: SayPerson) -> Refused | None:
    """Keep where a person is, and fire what hangs on it."""
    if command.person not in draft.show.people:
        return Refused(say("show.refused.nobody"))
    if draft.by != command.person and not is_one_of(draft, WITNESSES):
        return Refused(say("show.refused.no_witness"))
    draft.tell(PersonSaid(at=draft.now, person=command.person, state=command.state, by=draft.by))
    person_is(draft, command.person, command.state)
    return None


def person_is(draft: Draft, person: str, where: PersonIs) -> None:
    """Fire the cues that hang on `person` being there, now that somebody has said so.

    Said, and not merely so: what was said before the number began fires nothing in it.
    """
    for cue in draft.cues:
        trigger = cue.trigger
        if not isinstance(trigger, OnPerson) or trigger.state is not where:
            continue
        if not _armed(draft, cue) or not meant(draft.show, draft.state, trigger, person):
            continue
        if _is_held(draft, Cause.PERSON):
            draft.offer(cue, say("show.offered.hold"), stays=True)
        else:
            draft.come(cue, Cause.PERSON, person)
    settle(draft)
