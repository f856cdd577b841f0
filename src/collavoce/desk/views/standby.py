"""Standbys: who was called, who is ready, who is not clear and why; hazards nobody confirmed."""

from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View, sign
from collavoce.show.cues import Cue, Show
from collavoce.show.order import cues_of, find
from collavoce.show.rules.crews import departments_for, letters_of_cue, operators_of
from collavoce.show.rules.entering import entering
from collavoce.show.rules.kept_back import is_called_away, obstacle
from collavoce.show.rules.turn import Obstacle
from collavoce.show.state import ShowState
from collavoce.show.states.standby import Answer, Called
from collavoce.show.triggers import OnPerson


def standby_view(show: Show, state: ShowState) -> View:
    """Every standby that was called and has not fired, by cue; hazards that wait for their word."""
    return {
        "called": {
            cue: called_view(show, state, cue, called) for cue, called in state.standbys.items()
        },
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


def called_view(show: Show, state: ShowState, cue_number: str, called: Called) -> View:
    """Who answers for `cue_number`, and what they said.

    A department that names nobody answers as one, by voice: "person" is its letters then. What
    somebody whom the cue calls into position wrote is not in it: whoever passes reads this page.
    """
    cue = find(show, cue_number)
    departments = () if cue is None else departments_for(show, cue)
    return {
        "at": called.at,
        "by": called.by,
        "people": [
            {
                "person": person,
                "name": _answers_as(show, person),
                "letters": person if person in departments else letters_of(show, cue, person),
                "reason": _reason(show, state, cue, person, answer),
                "sign": sign(
                    "standby.asked"
                    if answer is None
                    else "standby.ready"
                    if answer.clear
                    else "standby.not_clear"
                ),
            }
            for person in (*called.people, *departments)
            for answer in (called.answers.get(person),)
        ],
    }


def entrances_view(show: Show, state: ShowState, person: str) -> list[View]:
    """Every cue with which `person` comes on tonight, in the order of the show.

    at : show clock, when its standby was called. sign: what they said. Both None while it is not.
    """
    found: list[View] = []
    for number in show.numbers:
        for cue in number.cues:
            if person in entering(show, state, cue):
                called = state.standbys.get(cue.number)
                answer = None if called is None else called.answers.get(person)
                said = "asked" if answer is None else "ready" if answer.clear else "not_clear"
                found.append(
                    {
                        "cue": cue.number,
                        "name": cue.name,
                        "at": None if called is None else called.at,
                        "sign": None if called is None else sign(f"standby.{said}"),
                    }
                )
    return found


def _answers_as(show: Show, person: str) -> str:
    """A person's name, or that of a department; its letters where it has none."""
    crew = show.crews.get(person)
    if person in show.people or crew is None:
        return person_name(show, person) or person
    return crew.name or crew.letters


def _reason(
    show: Show, state: ShowState, cue: Cue | None, person: str, answer: Answer | None
) -> str:
    if answer is None or (cue is not None and is_called_away(show, state, cue, person)):
        return ""
    return answer.reason


def letters_of(show: Show, cue: Cue | None, person: str) -> str:
    """The letters of the department for which `person` answers, "" where they answer for none."""
    asked = letters_of_cue(cue) if cue is not None else tuple(show.crews)
    crews = (show.crews[letters] for letters in asked if letters in show.crews)
    return next((crew.letters for crew in crews if person in crew.people), "")


def operator_of(show: Show, cue: Cue) -> str:
    """Who is asked first whether the hazardous cue was fired, "" where the show names nobody."""
    return next(iter(operators_of(show, cue)), "")


def unready(show: Show, state: ShowState, cue_number: str | None) -> list[str]:
    """Why GO on the cue is refused once, in words; empty when nothing stands against it."""
    cue = None if cue_number is None else find(show, cue_number)
    if cue is None:
        return []
    what, why = obstacle(show, state, cue)
    return [why.rstrip(".")] if what is Obstacle.KEPT_BACK else []


def who_words(show: Show, need: OnPerson) -> str:
    """The seat's name and who holds it, or the person's name."""
    seat = show.seats.get(need.who)
    if seat is None:
        return person_name(show, need.who) or need.who
    holder = person_name(show, seat.person)
    return seat.name if holder is None else f"{seat.name} {holder}"
