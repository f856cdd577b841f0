"""The people strip: who is on stage, who is expected where. Never a reason.

What somebody wrote beside "not clear" stays in the ledger: this strip is read by everyone who
passes the desk.
"""

from collavoce.desk.views.signs import View, sign
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Number, Show
from collavoce.show.state import ExitState, ShowState


def people_view(show: Show, state: ShowState) -> View:
    """Who is on stage now, and every exit under way."""
    on_stage: list[View] = []
    for number in show.numbers:
        if number.id == state.number and number.performer is not None:
            off = any(has_come_off(state, cue) for cue in person_cues(number))
            on_stage.append(
                {
                    "person": number.performer,
                    "name": person_name(show, number.performer),
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
    }


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
