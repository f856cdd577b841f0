"""The rules of being found: how many ticks, how often, and who is told of whom on the quarter hour.

What is said to a tick depends on the ticks of its own person alone: whether somebody else has
ticked the same is not looked at before the quarter hour.
"""

from collavoce.care.commands import (
    AgreeSmallPool,
    FoundCommand,
    PutFoundAway,
    RevealFound,
    TickFound,
    UntickFound,
)
from collavoce.care.events import (
    Decision,
    FoundEachOther,
    FoundPutAway,
    FoundTicked,
    FoundUnticked,
    Refused,
    SmallPoolAgreed,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.state import CareState
from collavoce.care.states.found import A_DAY_MAX, STANDING_MAX, Found, Pair, quarter
from collavoce.care.wishes import pool
from collavoce.words import say


def decide_found(people: People, state: CareState, command: FoundCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    found = state.found
    match command:
        case RevealFound():
            pairs = found.to_tell(pool(people), quarter(now))
            return tuple(FoundEachOther(now, one, other, topic) for one, other, topic in pairs)
        case TickFound():
            return _ticked(people, found, command, now)
        case UntickFound(person=person, topic=topic):
            # Whoever may not be found any more can still take back what they ticked.
            return (FoundUnticked(now, person, topic),) if topic in found.of(person) else ()
        case AgreeSmallPool(person=person, agrees=agrees):
            if agrees and person not in pool(people):
                return Refused(say("music.refused.apart"))
            if agrees == (person in found.agreed):
                return ()
            return (SmallPoolAgreed(now, person, agrees),)
        case PutFoundAway(person=person, other=other, topic=topic):
            one, two = sorted((person, other))
            if Pair(one, two, topic) not in found.on_page(person):
                return ()
            return (FoundPutAway(now, person, other, topic),)


def _ticked(people: People, found: Found, command: TickFound, now: Moment) -> Decision:
    person, topic = command.person, command.topic
    if person not in pool(people):
        return Refused(say("music.refused.apart"))
    if topic in found.of(person):
        return ()
    if len(found.of(person)) >= STANDING_MAX:
        return Refused(say("music.refused.standing", most=STANDING_MAX))
    if found.today(person, now) >= A_DAY_MAX:
        return Refused(say("music.refused.day", most=A_DAY_MAX))
    return (FoundTicked(now, person, topic),)
