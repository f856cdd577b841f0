"""The people strip: who is on stage, who is expected where. Never a reason.

What somebody wrote beside "not clear" stays in the ledger: this strip is read by everyone who
passes the desk.
"""

from collavoce.desk.views.signs import View, sign
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Number, Show
from collavoce.show.order import cues_of
from collavoce.show.person import PersonIs
from collavoce.show.rules.kept_back import holder
from collavoce.show.setlist.tonight import plays
from collavoce.show.state import ExitState, ShowState
from collavoce.show.triggers import OnPerson


def people_view(show: Show, state: ShowState) -> View:
    """Who is on stage now, and every exit under way."""
    on_stage: list[View] = []
    for number in show.numbers:
        performer = plays(show, state, number.id) if number.id == state.number else None
        if performer is not None:
            off = any(has_come_off(state, cue) for cue in person_cues(number))
            on_stage.append(
                {
                    "person": performer,
                    "name": person_name(show, performer),
                    "sign": sign("person.off" if off else "person.on_stage"),
                }
            )
    return {
        "on_stage": on_stage,
        "exits": [
            {
                "person": way.person,
                "name": person_name(show, way.person),
                **exit_view(show, state, cue, way),
            }
            for cue, way in state.exits.items()
        ],
        "waited_for": waited_for(show, state),
    }


def waited_for(show: Show, state: ShowState) -> list[View]:
    """The people on whose word cues of this number wait, and what is known of each.

    wants : what cues wait for, as the command says it; others may be said too.
    """
    wants: dict[str, set[PersonIs]] = {}
    for cue in cues_of(show, state.number):
        on = (cue.trigger,) if isinstance(cue.trigger, OnPerson) else ()
        for need in (*cue.needs, *on):
            person = holder(show, state, need.who)
            if person is not None:
                wants.setdefault(person, set()).add(need.state)
    return [
        {
            "person": person,
            "name": person_name(show, person),
            "wants": sorted(state.value for state in wanted),
            "sign": sign(_person_is(state.persons.get(person))),
        }
        for person, wanted in wants.items()
    ]


def _person_is(said: PersonIs | None) -> str:
    return "person.unknown" if said is None else f"person.{said.value.replace(' ', '_')}"


def exit_view(show: Show, state: ShowState, cue: str, way: ExitState) -> View:
    """One exit under way. off_at: show clock, None while its length is unknown."""
    seat, door = show.seats.get(way.seat), show.exits.get(way.exit)
    return {
        "cue": cue,
        "seat": way.seat if seat is None else seat.name,
        "exit": way.exit if door is None else door.name,
        "off_at": way.off_at,
        "sign": sign(_exit_is(way, off=has_come_off(state, cue))),
    }


def person_cues(number: Number) -> tuple[str, ...]:
    """The cues of `number` that are a person."""
    return tuple(
        cue.number
        for cue in number.cues
        if any(isinstance(action, CallPerson) for action in cue.actions)
    )


def has_come_off(state: ShowState, cue: str) -> bool:
    """Whether the person cue `cue` has fired since it was last put in standby."""
    fired, way = state.fired.get(cue), state.exits.get(cue)
    return fired is not None and (way is None or fired.at >= way.standby_at)


def person_name(show: Show, person: str | None) -> str | None:
    """The name of the person `person`, the id itself if the show does not know it."""
    if person is None:
        return None
    known = show.people.get(person)
    return known.name if known is not None else person


def _exit_is(way: ExitState, *, off: bool) -> str:
    if off:
        return "exit.off"
    if way.not_clear is not None:
        return "exit.not_clear"
    if way.acknowledged_by is not None:
        return "exit.in_position"
    return "exit.empty" if way.person is None else "exit.asked"
