"""What somebody may want to look at in what they settled: found when they ask, told to nobody else.

It says what a press of theirs would come to as things stand, and no more: not what to do, not how
often they looked. Whether a person of theirs is on stage, away or asleep is not in it.
"""

from collections.abc import Iterator

from collavoce.care.reached.calling import (
    People,
    chosen_last,
    circle_is_off,
    kept_away,
    last_of,
    order_of,
)
from collavoce.care.state import CareState
from collavoce.care.states.circle import Answer
from collavoce.company import told_apart
from collavoce.words import say


def to_look_over(people: People, state: CareState, person: str) -> tuple[str, ...]:
    """Sentences for `person`; () where nothing stands out."""
    if circle_is_off(people, person):
        return (say("quiet.over.minor"), *_own_ways(state, person))
    return (
        *_circle(people, state, person),
        *_last(people, state, person),
        *_own_ways(state, person),
    )


def _circle(people: People, state: CareState, person: str) -> Iterator[str]:
    names = told_apart(people.values())
    order = state.circles.of(person).order
    agreed = state.circles.agreed(person)
    called = order_of(people, state, person)
    if not order:
        yield say("quiet.over.circle_empty")
    elif not agreed:
        yield say("quiet.over.nobody_agreed")
    elif not called:
        yield say("quiet.over.nobody_called")
    if any(trusted not in people for trusted in order):
        yield say("quiet.over.left")
    for trusted in kept_away(people, state, person):
        if trusted in people:
            yield say("quiet.over.kept_away", who=names[trusted])
    for trusted in called:
        if not can_be_called(state, trusted):
            yield say("quiet.over.no_way", who=names[trusted])


def _last(people: People, state: CareState, person: str) -> Iterator[str]:
    if last_of(people, state, person):
        return
    chosen = chosen_last(people, state, person)
    names = told_apart(people.values())
    if chosen in people:
        yield say("quiet.over.last_not", who=names[chosen])
    else:
        yield say("quiet.over.no_last")


def _own_ways(state: CareState, person: str) -> Iterator[str]:
    one_phone = len(state.pairings.devices_of(person)) < 2  # noqa: PLR2004  a second one
    code, shares = person in state.pairings.recoveries, state.keys.holders.get(person, ())
    if one_phone and not code and not shares:
        yield say("quiet.over.one_phone")
    there_for = Answer.AGREED in state.circles.answers.get(person, {}).values()
    if there_for and not state.terms.contacts_of(person):
        yield say("quiet.over.page_only")


def can_be_called(state: CareState, person: str) -> bool:
    """Whether a call could go anywhere: a paired phone, or a way that is known, or may be.

    Who keeps their ways to their phones is not told apart from who has some.
    """
    known = bool(state.pairings.devices_of(person) or state.terms.contacts_of(person))
    return known or person in state.keys.declined
