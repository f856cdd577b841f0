"""What is seen of "I am with them" and of "alone", by whom.

    their circle (agreed, may come near)    who is with them; that they are alone, until when
    the person themself                     the same
    whoever said "I am with them"           their own word, whether or not it counts
    everybody else                          nothing

So a person who was dropped sees nothing move but what they do themselves.
"""

from dataclasses import dataclass

from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People, order_of, with_them
from collavoce.care.reached.outbox import first_to_look
from collavoce.care.state import CareState


@dataclass(frozen=True, slots=True)
class SeenCompany:
    """`owner` as one of their circle sees them.

    beside : who is with them. mine : the viewer said they are. alone_for : seconds that "alone"
    still lasts, None if they are not. look : the viewer is asked to look after them.
    """

    owner: str
    beside: tuple[str, ...] = ()
    mine: bool = False
    alone_for: float | None = None
    look: bool = False


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """What a person sees of themself. look_in: seconds until somebody is asked to look, or None."""

    beside: tuple[str, ...] = ()
    alone_for: float | None = None
    look_in: float | None = None


def company_of(people: People, state: CareState, person: str, now: Moment) -> OwnCompany:
    """Who is with `person`, and how they said they are."""
    beside = with_them(people, state, person, state.beside.with_of(person, now))
    alone = state.beside.alone(person, now)
    if alone is None:
        return OwnCompany(beside)
    look_in = None if alone.look_at is None else max(0.0, alone.look_at - now)
    return OwnCompany(beside, alone.until - now, look_in)


def company_seen(
    people: People, state: CareState, viewer: str, now: Moment
) -> tuple[SeenCompany, ...]:
    """Whoever of those for whom `viewer` is there is alone or looked after, in a fixed order."""
    owners = dict.fromkeys((*state.beside.withs, *state.beside.alones))
    found = (_seen(people, state, owner, viewer, now) for owner in sorted(owners))
    return tuple(seen for seen in found if seen is not None)


def _seen(
    people: People, state: CareState, owner: str, viewer: str, now: Moment
) -> SeenCompany | None:
    said = state.beside.with_of(owner, now)
    mine = viewer in said
    if viewer not in order_of(people, state, owner):
        return SeenCompany(owner, (viewer,), mine=True) if mine else None
    beside = with_them(people, state, owner, said)
    alone = state.beside.alone(owner, now)
    if not beside and alone is None:
        return None
    if alone is None:
        return SeenCompany(owner, beside, mine)
    asked = not beside and alone.looked_for(now) and first_to_look(state, owner, alone) == viewer
    return SeenCompany(owner, beside, mine, alone.until - now, look=asked)
