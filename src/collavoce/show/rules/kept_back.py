"""What stands in the way of a cue whose turn has come, with who and why in words.

The same is asked for every trigger and for a hand; what becomes of the cue then is in `TURNS`.
"""

from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Cue, Show
from collavoce.show.rules.entering import entering
from collavoce.show.rules.turn import Obstacle
from collavoce.show.setlist.tonight import covering
from collavoce.show.state import ShowState
from collavoce.show.triggers import OnPerson
from collavoce.words import say


def obstacle(show: Show, state: ShowState, cue: Cue) -> tuple[Obstacle, str]:
    """The first thing that stands in the way of `cue`, and in words who or what it is."""
    if cue.number in state.edited.disarmed:
        return Obstacle.DISARMED, ""
    if cue.number not in state.overridden:
        why = (
            _called_away(show, state, cue)
            or _refused(show, state, cue)
            or _waits_for(show, state, cue)
        )
        if why is not None:
            return Obstacle.KEPT_BACK, why
    if cue.hazard:
        return Obstacle.HAZARD, say("show.offered.hazard", hazard=cue.hazard)
    return Obstacle.NONE, ""


def why_kept_back(show: Show, state: ShowState, cue: Cue) -> str | None:
    """Why GO on `cue` is refused unless it overrides; None where it is not."""
    what, why = obstacle(show, state, cue)
    return why if what is Obstacle.KEPT_BACK else None


def is_called_away(show: Show, state: ShowState, cue: Cue, person: str) -> bool:
    """Whether `cue` calls `person` into position, or brings them on.

    What they write beside "not clear" is read by nobody but whoever reads the ledger: offers and
    refusals go to every desk, to the terminal, to consoles that are answered.
    """
    seats = (show.seats.get(one.seat) for one in cue.actions if isinstance(one, CallPerson))
    if any(seat is not None and seat.person == person for seat in seats):
        return True
    return person in entering(show, state, cue)


def _called_away(show: Show, state: ShowState, cue: Cue) -> str | None:
    """The person that the cue calls said so and has not taken it back."""
    way = state.exits.get(cue.number)
    if way is None or way.not_clear is None:
        return None
    if not any(isinstance(action, CallPerson) for action in cue.actions):
        return None
    return say("show.offered.not_clear", person=name(show, way.person or way.seat))


def _refused(show: Show, state: ShowState, cue: Cue) -> str | None:
    """Somebody who was called to the standby is not clear."""
    called = state.standbys.get(cue.number)
    for person, answer in called.answers.items() if called is not None else ():
        if not answer.clear and is_called_away(show, state, cue, person):
            return say("show.offered.not_clear", person=name(show, person))
        if not answer.clear:
            return say(
                "show.offered.standby_not_clear", person=name(show, person), reason=answer.reason
            )
    return None


def _waits_for(show: Show, state: ShowState, cue: Cue) -> str | None:
    """Not everybody is where the cue needs them."""
    for need in cue.needs:
        person = holder(show, state, need.who)
        if person is None or state.persons.get(person) is not need.state:
            who = name(show, person) if person is not None else need.who
            return say("show.offered.needs", who=who, state=need.state)
    return None


def holder(show: Show, state: ShowState, who: str) -> str | None:
    """The person meant: whoever holds the seat tonight, None where nobody does; else the id.

    Of the number's performer it is the cover, where one plays it tonight.
    """
    seat = show.seats.get(who)
    return covering(show, state, who) if seat is None else seat.person


def meant(show: Show, state: ShowState, trigger: OnPerson, person: str) -> bool:
    """Whether `person` is whom `trigger` speaks of."""
    return holder(show, state, trigger.who) == person


def name(show: Show, person: str) -> str:
    """What a person is called; their id where the show does not know them."""
    known = show.people.get(person)
    return person if known is None else known.name
