"""What keeps a cue back although its turn has come. The same for every trigger, and for a hand.

By itself such a cue is offered, with why. A hand is told why, and says that it means it. Nothing
keeps back a disarmed cue: it sends nothing and is passed over.
"""

from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Cue, Show
from collavoce.show.event import Cause
from collavoce.show.setlist.tonight import covering
from collavoce.show.state import ShowState
from collavoce.show.triggers import OnPerson
from collavoce.words import say


def why_kept_back(show: Show, state: ShowState, cue: Cue) -> str | None:
    """Who is not clear, or who is waited for, in words; None where nothing keeps it back."""
    if cue.number in state.overridden or cue.number in state.edited.disarmed:
        return None
    return _called_away(state, cue) or _refused(show, state, cue) or _waits_for(show, state, cue)


def why_not_by_itself(show: Show, state: ShowState, cue: Cue, cause: Cause) -> str | None:
    """The same for one that nobody's GO fires now: a hazard is a hand's, whatever its trigger."""
    if cue.hazard and cause is not Cause.HAND and cue.number not in state.edited.disarmed:
        return say("show.offered.hazard", hazard=cue.hazard)
    return why_kept_back(show, state, cue)


def _called_away(state: ShowState, cue: Cue) -> str | None:
    """The person that the cue calls said so and has not taken it back."""
    way = state.exits.get(cue.number)
    if way is None or way.not_clear is None:
        return None
    if not any(isinstance(action, CallPerson) for action in cue.actions):
        return None
    return say("show.offered.not_clear", reason=way.not_clear)


def _refused(show: Show, state: ShowState, cue: Cue) -> str | None:
    """Somebody who was called to the standby is not clear."""
    called = state.standbys.get(cue.number)
    for person, answer in called.answers.items() if called is not None else ():
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
