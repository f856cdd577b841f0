"""What a crew member's phone shows: their own standby, GO, next cue. No other department's."""

from collavoce.desk.views.place import foreseen_at
from collavoce.desk.views.signs import View
from collavoce.following.estimate import Estimate
from collavoce.show.cues import Cue, Show
from collavoce.show.order import find, position
from collavoce.show.rules.crews import letters_of_cue, operators_of
from collavoce.show.setlist.tonight import cues_tonight
from collavoce.show.state import ShowState


def letters_of_person(show: Show, person: str) -> list[str]:
    """The departments in which `person` answers."""
    return [crew.letters for crew in show.crews.values() if person in crew.people]


def crew_view(show: Show, state: ShowState, person: str) -> View | None:
    """What `person` must know; None for whoever is in no department.

    standbys : those they were called to, the oldest first; "said": "asked", "ready", "not clear".
    go : the cue of theirs that fired last. next: the one that comes, None when none does.
    hazards : what they fire on their own system and nobody has confirmed yet.
    """
    letters = letters_of_person(show, person)
    if not letters:
        return None
    mine = [
        cue
        for cue in cues_tonight(show, state, state.number)
        if {*letters_of_cue(cue)} & {*letters}
    ]
    fired = [cue for cue in mine if cue.number in state.fired]
    last = max(fired, key=lambda cue: state.fired[cue.number].at, default=None)
    coming = next_of(show, state, letters)
    return {
        "departments": letters,
        "held": state.held,
        "standbys": _standbys(show, state, person),
        "go": None if last is None else {**_cue(last), "at": state.fired[last.number].at},
        "next": None if coming is None else _cue(coming),
        "hazards": [
            _cue(cue)
            for cue in mine
            if state.confirmed.get(cue.number) is False and person in operators_of(show, cue)
        ],
    }


def next_of(show: Show, state: ShowState, letters: list[str]) -> Cue | None:
    """The next cue of these departments from the standby on."""
    cues = cues_tonight(show, state, state.number)
    if state.pointer is None:
        return None
    coming = cues[position(show, cues, state.pointer) :]
    disarmed = state.edited.disarmed
    return next(
        (c for c in coming if {*letters_of_cue(c)} & {*letters} and c.number not in disarmed), None
    )


def due_view(show: Show, state: ShowState, estimate: Estimate | None, person: str) -> View:
    """When this person's next cue is due on the show clock, in whole seconds; None: not known."""
    cue = next_of(show, state, letters_of_person(show, person))
    at = None if cue is None else foreseen_at(state, estimate, cue)
    return {
        "cue": None if cue is None else cue.number,
        "due_at": None if at is None else round(at),
    }


def _standbys(show: Show, state: ShowState, person: str) -> list[View]:
    shown: list[View] = []
    for number, called in sorted(state.standbys.items(), key=lambda one: one[1].at):
        cue = find(show, number)
        if cue is None or person not in called.people:
            continue
        answer = called.answers.get(person)
        said = "asked" if answer is None else "ready" if answer.clear else "not_clear"
        reason = "" if answer is None else answer.reason
        shown.append({**_cue(cue), "at": called.at, "said": said, "reason": reason})
    return shown


def _cue(cue: Cue) -> View:
    return {
        "cue": cue.number,
        "department": str(cue.department),
        "name": cue.name,
        "hazard": cue.hazard,
    }
