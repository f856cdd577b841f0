"""Standbys: who was called, who is ready, who is not clear and why; hazards nobody confirmed."""

from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View, sign
from collavoce.show.cues import Cue, Show
from collavoce.show.order import cues_of, find
from collavoce.show.rules.kept_back import obstacle
from collavoce.show.rules.standby import asked_for
from collavoce.show.rules.turn import Obstacle
from collavoce.show.state import ShowState
from collavoce.show.states.standby import Called
from collavoce.show.triggers import OnPerson
from collavoce.words import say


def standby_view(show: Show, state: ShowState) -> View:
    """Every standby that was called and has not fired, by cue; hazards that wait for their word."""
    return {
        "called": {cue: called_view(show, cue, called) for cue, called in state.standbys.items()},
        "hazards": [
            {
                "cue": cue.number,
                "hazard": cue.hazard,
                "person": operator_of(show, cue),
                "name": person_name(show, operator_of(show, cue) or None),
            }
            for cue in cues_of(show, state.number)
            if cue.hazard and state.confirmed.get(cue.number) is False
        ],
    }


def called_view(show: Show, cue_number: str, called: Called) -> View:
    """Who answers for `cue_number`, and what they said. Without anybody named nobody is asked."""
    cue = find(show, cue_number)
    return {
        "at": called.at,
        "by": called.by,
        "people": [
            {
                "person": person,
                "name": person_name(show, person),
                "letters": letters_of(show, cue, person),
                "reason": answer.reason if answer is not None else "",
                "sign": sign(
                    "standby.asked"
                    if answer is None
                    else "standby.ready"
                    if answer.clear
                    else "standby.not_clear"
                ),
            }
            for person in called.people
            for answer in (called.answers.get(person),)
        ],
    }


def letters_of(show: Show, cue: Cue | None, person: str) -> str:
    """The letters of the department for which `person` answers, "" where they answer for none."""
    asked = crews_of(cue) if cue is not None else tuple(show.crews)
    crews = (show.crews[letters] for letters in asked if letters in show.crews)
    return next((crew.letters for crew in crews if person in crew.people), "")


def crews_of(cue: Cue) -> tuple[str, ...]:
    """The letters of the departments that are called to `cue`."""
    return cue.crew or (str(cue.department),)


def operator_of(show: Show, cue: Cue) -> str:
    """Who is asked first whether the hazardous cue was fired, "" where the show names nobody."""
    return next(iter(asked_for(show, cue)), "")


def unready(show: Show, state: ShowState, cue_number: str | None) -> list[str]:
    """Why GO on the cue is refused once, in words; empty when nothing stands against it.

    What somebody wrote beside a person cue is not in it: whoever passes reads this page.
    """
    cue = None if cue_number is None else find(show, cue_number)
    if cue is None:
        return []
    what, why = obstacle(show, state, cue)
    if what is not Obstacle.KEPT_BACK:
        return []
    way = state.exits.get(cue.number)
    if way is not None and way.not_clear is not None:
        who = person_name(show, way.person) or way.seat
        return [say("desk.standby.is_not_clear", name=who)]
    return [why.rstrip(".")]


def who_words(show: Show, need: OnPerson) -> str:
    """The seat's name and who holds it, or the person's name."""
    seat = show.seats.get(need.who)
    if seat is None:
        return person_name(show, need.who) or need.who
    holder = person_name(show, seat.person)
    return seat.name if holder is None else f"{seat.name} {holder}"
