"""Who answers for a cue: the people of its departments, or the department by its letters."""

from collavoce.show.actions.entrance import ComeOn
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Crew, Cue, Show


def letters_of_cue(cue: Cue) -> tuple[str, ...]:
    """The letters of the departments that are called to `cue`."""
    return cue.crew or (str(cue.department),)


def asked_for(show: Show, cue: Cue) -> tuple[str, ...]:
    """Who answers the standby of `cue`: the people of the departments it is called to."""
    crews = (show.crews[one] for one in letters_of_cue(cue) if one in show.crews)
    return tuple(dict.fromkeys(person for crew in crews for person in crew.people))


def departments_for(show: Show, cue: Cue) -> tuple[str, ...]:
    """The departments called to `cue` that name nobody: they answer by voice, as one.

    A cue that calls a person into position, or brings one on, is answered by that person, unless
    it is called to a crew besides. Letters that are a person's id as well are the person's.
    """
    if not cue.crew and any(isinstance(action, CallPerson | ComeOn) for action in cue.actions):
        return ()
    return tuple(
        one
        for one in dict.fromkeys(letters_of_cue(cue))
        if one not in show.people and (one not in show.crews or not show.crews[one].people)
    )


def operators_of(show: Show, cue: Cue) -> tuple[str, ...]:
    """Who says whether a hazardous cue was fired, whoever is asked first before the others.

    First the operator of its own department, or the first of that; then those of the others.
    """
    letters = dict.fromkeys((str(cue.department), *letters_of_cue(cue)))
    crews = [show.crews[one] for one in letters if one in show.crews]
    firsts = [person for crew in crews for person in crew.people if _operates(crew, person)]
    return tuple(dict.fromkeys([*firsts, *(person for crew in crews for person in crew.people)]))


def _operates(crew: Crew, person: str) -> bool:
    return person == (crew.operator or crew.people[0])
