"""Ten thousand breaches by the line's own rules, each with four other alarms in the same moment.

No process and no clock is in it: what is looked at is who is shown what, on every page. The alarms
around a breach go through every combination, so that nothing depends on chance.
"""

from collections.abc import Iterator, Mapping
from itertools import cycle, islice, product
from typing import Any

from collavoce.cli.stories.line_cast import (
    ASM,
    FOYER,
    IDOL,
    LIAISON,
    MEDIC,
    MONITORS,
    SECURITY,
    STEWARD,
    WAY_OFF,
)
from collavoce.line import LineState, Place, decide, evolve, line_view
from collavoce.line import commands as c
from collavoce.line.events import Refused
from collavoce.line.place import Utc

BREACHES = 10_000
OTHERS = 4
NOW = Utc(1_800_000_000.0)

Alarm = tuple[str, c.AnyCommand]
SHOWN: dict[str, tuple[str, ...]] = {
    "breaches": (SECURITY, LIAISON, STEWARD, ASM),
    "medics": (MEDIC,),
    "clears": (SECURITY, STEWARD, ASM),
    "ears": (MONITORS, ASM),
}
"""Who of those with a phone may be shown what; a breach, to steward and assistant, only theirs."""


def others_at(key: str) -> tuple[Alarm, ...]:
    """Every kind of alarm that can come beside a breach."""
    return (
        (ASM, c.AskMedic(key, FOYER)),
        (MONITORS, c.SayEars(IDOL, out=True)),
        (SECURITY, c.KeepClear(key, WAY_OFF)),
        (ASM, c.StopShow(key)),
        (ASM, c.HandToFriend(key, IDOL)),
        (ASM, c.RaiseLine(key, FOYER)),
    )


def misdirected(place: Place, breaches: int = BREACHES) -> int:
    """In how many of `breaches` moments somebody was shown too much, or too little."""
    kinds = range(len(others_at("-" * 8)))
    moments = cycle(product(place.zones, product(kinds, repeat=OTHERS)))
    return sum(not _right(place, zone, chosen) for zone, chosen in islice(moments, breaches))


def _right(place: Place, zone: str, chosen: tuple[int, ...]) -> bool:
    state = LineState()
    for person, command in _alarms(zone, chosen):
        decided = decide(place, state, command, place.who(person), NOW)
        if isinstance(decided, Refused):
            return False
        for event in decided:
            state = evolve(state, event)
    return all(_sees_right(place, state, person) for person in place.people)


def _alarms(zone: str, chosen: tuple[int, ...]) -> Iterator[Alarm]:
    yield STEWARD, c.RaiseLine("breach-0", zone)
    for number, kind in enumerate(chosen, start=1):
        yield others_at(f"breach-{number}")[kind]


def _sees_right(place: Place, state: LineState, person: str) -> bool:
    if "caller" in place.people[person].roles:
        # The caller has the desk, which is shown all of it.
        return True
    view = line_view(place, state, place.who(person), NOW)
    theirs = {kind for kind, persons in SHOWN.items() if person in persons}
    if theirs != {kind for kind in SHOWN if kind in view}:
        return False
    shown = _breaches(view)
    all_ = set(state.breaches)
    own = {key for key, breach in state.breaches.items() if breach.by == person}
    return shown == (all_ if person in (SECURITY, LIAISON) else own if theirs else set())


def _breaches(view: Mapping[str, Any]) -> set[str]:
    return {str(breach["id"]) for breach in view.get("breaches", ())}
