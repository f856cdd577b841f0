"""Who may be called for whom: the one answer that every call, message and page asks for.

    the circle        in its order, those who agreed, may come near, and are of the show
    the last resort   the one they chose, else the show's welfare lead; not if kept away

A welfare lead is called without having been asked, since it is their work; anybody else has to
agree first. Whoever has said no is never called. Under 18 without a guardian and a chaperone
there is nobody to call: no hidden circle.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from collavoce.care.state import CareState
from collavoce.care.states.alert import Alert
from collavoce.care.states.circle import Answer
from collavoce.company.people import Person

WELFARE_LEAD = "welfare lead"

People = Mapping[str, Person]


def circle_is_off(people: People, owner: str) -> bool:
    """Whether `owner` is under 18 and nobody is named who sees whom they may call."""
    person = people.get(owner)
    return person is not None and person.under_18 and not _elders(people, person)


def order_of(people: People, state: CareState, owner: str) -> tuple[str, ...]:
    """Those of the circle of `owner` who may be called, in order."""
    if circle_is_off(people, owner):
        return ()
    near = state.terms.of(owner).near
    return tuple(
        trusted
        for trusted in state.circles.agreed(owner)
        if near.admits(trusted) and _is_of_the_show(people, owner, trusted)
    )


def last_of(people: People, state: CareState, owner: str) -> str:
    """Who is called at the end of the ladder of `owner`, "" for nobody."""
    last = chosen_last(people, state, owner)
    if not last or circle_is_off(people, owner) or not _is_of_the_show(people, owner, last):
        return ""
    answer = state.circles.answer(owner, last)
    agreed = answer is Answer.AGREED or (answer is not Answer.DECLINED and is_lead(people, last))
    return last if agreed and state.terms.of(owner).near.admits(last) else ""


def is_called(state: CareState, alert: Alert, trusted: str) -> bool:
    """Whether the call of `alert` reaches `trusted`: not whoever stepped away.

    To the presser, and to all others called, they look like somebody who does not answer. What
    their page has shown before they stepped away stays theirs.
    """
    here = not state.leaves.rests(trusted) or alert.seen_this_turn(trusted)
    return here and alert.calls_on(trusted)


def chosen_last(people: People, state: CareState, owner: str) -> str:
    """Whom `owner` would have at the end, called or not, "" for nobody.

    A canary, which stands in no list of people, has nobody of the company there.
    """
    chosen = state.terms.of(owner).last_resort
    if chosen is not None or owner not in people:
        return chosen or ""
    leads = (p for p in people if p != owner and is_lead(people, p))
    return next(leads, "")


def is_lead(people: People, person: str) -> bool:
    """Whether looking after people is the work of `person` in this show."""
    return person in people and WELFARE_LEAD in people[person].roles


def kept_away(people: People, state: CareState, owner: str) -> tuple[str, ...]:
    """Whom `owner` would have called and their own rule keeps away; for `owner` alone to see."""
    near = state.terms.of(owner).near
    wanted = (*state.circles.of(owner).order, chosen_last(people, state, owner))
    return tuple(dict.fromkeys(t for t in wanted if t and not near.admits(t)))


def found_anew(people: People, state: CareState) -> CareState:
    """`state` with every rule by gender found for `people`, who may have changed since.

    Whoever may not come near by it drops out of every open call.
    """
    terms = state.terms.found(people)
    if terms == state.terms:
        return state
    alerts = state.alerts
    for owner, settled in terms.by_owner.items():
        for alert in state.alerts.open_all(owner) if settled.near.genders else ():
            for trusted in filter(None, (*alert.order, alert.last)):
                if not settled.near.admits(trusted):
                    alerts = alerts.without(owner, trusted, state.last_at)
    return replace(state, terms=terms, alerts=alerts)


def with_them(
    people: People, state: CareState, owner: str, said: tuple[str, ...]
) -> tuple[str, ...]:
    """Those of `said` whose word that they are with `owner` counts."""
    counts = order_of(people, state, owner)
    return tuple(trusted for trusted in said if trusted in counts)


@dataclass(frozen=True, slots=True)
class SeenCircle:
    """The circle of somebody under 18. kept_away: whom their own rule keeps away."""

    owner: str
    order: tuple[tuple[str, Answer], ...]
    last: str
    kept_away: tuple[str, ...]


def seen_circles(people: People, state: CareState, viewer: str) -> tuple[SeenCircle, ...]:
    """The circles that `viewer` sees as somebody's guardian or chaperone."""
    return tuple(
        SeenCircle(
            owner,
            tuple(
                (trusted, state.circles.answer(owner, trusted) or Answer.ASKED)
                for trusted in state.circles.of(owner).order
            ),
            last_of(people, state, owner),
            kept_away(people, state, owner),
        )
        for owner, person in people.items()
        if person.under_18 and viewer in _elders(people, person)
    )


def _elders(people: People, person: Person) -> tuple[str, ...]:
    """Guardian and chaperone; none unless both are named and of the show."""
    named = (person.guardian, person.chaperone)
    return named if all(n in people and n != person.id for n in named) else ()


def _is_of_the_show(people: People, owner: str, trusted: str) -> bool:
    """Whoever left the show is called no more. A canary's people stand in no list."""
    return trusted in people or owner not in people
