"""What is wrong with cues, by what became of them in a rehearsal."""

from collections.abc import Iterable, Sequence

from collavoce.runtime.rehearsal.colliding import collisions
from collavoce.runtime.rehearsal.log import Log
from collavoce.runtime.rehearsal.problem import Problem, problem
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Cue, Show
from collavoce.show.deeds import does
from collavoce.show.events import AnyEvent, CueDropped, CueFired, CueOffered, CuePassed
from collavoce.show.told.event import Cause
from collavoce.show.triggers import ByHand
from collavoce.words import say

BY_MUSIC = (Cause.FOLLOWER, Cause.AHEAD, Cause.JUMP, Cause.END)


def cue_faults(show: Show, logs: Sequence[Log]) -> Iterable[Problem]:
    """Everything that came out wrong with a cue of `show`."""
    yield from _never(show, logs)
    yield from _by_hand(show, logs)
    yield from _overridden(logs)
    yield from _nobody(show)
    yield from _collide(show, logs)


def _never(show: Show, logs: Sequence[Log]) -> Iterable[Problem]:
    """Cues that never fired, with the last that was said of them."""
    events = [event for log in logs for event in log.events]
    fired = {event.cue for event in events if isinstance(event, CueFired)}
    by_chance = _left_to_chance(show, fired)
    passed = _passed_by_music(show, events)
    refused = {number for log in logs for number in log.overridden}
    last = {e.cue: e for e in events if isinstance(e, CueOffered | CueDropped | CuePassed)}
    for number, cue in show.cues_by_number.items():
        if number in fired:
            continue
        if number in by_chance:
            yield problem("left_to_chance", failure=False, cue=number)
        else:
            done = "; ".join(does(show, cue)) or say("rehearse.spoken")
            if number in passed and number not in last and number not in refused:
                yield problem("passed", failure=False, cue=number, name=cue.name, does=does)
                continue
            why = _why(last.get(number))
            yield problem("never", cue=number, name=cue.name, does=done, why=why)


def _passed_by_music(show: Show, events: Sequence[AnyEvent]) -> set[str]:
    """Cues by hand behind which the music fired another: the moment for a GO went by."""
    fired = {e.cue for e in events if isinstance(e, CueFired) and e.cause in BY_MUSIC}
    passed: set[str] = set()
    for number in show.numbers:
        behind = [at for at, cue in enumerate(number.cues) if cue.number in fired]
        before = number.cues[: max(behind, default=0)]
        passed |= {cue.number for cue in before if isinstance(cue.trigger, ByHand)}
    return passed


def _why(event: AnyEvent | None) -> str:
    match event:
        case CueOffered(why=why) | CueDropped(why=why):
            return why
        case CuePassed():
            return say("rehearse.disarmed")
        case _:
            return say("rehearse.nothing")


def _left_to_chance(show: Show, fired: set[str]) -> set[str]:
    """Members of random groups that fired, which took another this time."""
    return {
        member
        for cue in show.cues_by_number.values()
        for action in cue.actions
        if isinstance(action, FireGroup) and action.order is Order.RANDOM and cue.number in fired
        for member in action.cues
    }


def _by_hand(show: Show, logs: Iterable[Log]) -> Iterable[Problem]:
    """Cues that ought to fire by themselves and were left to the caller."""
    fired = [event for log in logs for event in log.events if isinstance(event, CueFired)]
    for number in dict.fromkeys(e.cue for e in fired if e.cause is Cause.HAND):
        cue = show.cue(number)
        if not isinstance(cue.trigger, ByHand) and not cue.hazard:
            yield problem("by_hand", failure=False, cue=number, name=cue.name)


def _overridden(logs: Iterable[Log]) -> Iterable[Problem]:
    for log in logs:
        for number, why in log.overridden.items():
            yield problem("overridden", cue=number, why=why)


def _nobody(show: Show) -> Iterable[Problem]:
    """Person cues for which nobody comes."""
    for number, cue in show.cues_by_number.items():
        for call in _calls(cue):
            seat = show.seats.get(call.seat)
            if seat is None or seat.person is None:
                yield problem("nobody", cue=number, seat=call.seat, exit=call.exit)


def _calls(cue: Cue) -> list[CallPerson]:
    return [action for action in cue.actions if isinstance(action, CallPerson)]


def _collide(show: Show, logs: Sequence[Log]) -> Iterable[Problem]:
    for clash in collisions(show, logs):
        yield problem(
            "collide", failure=False, cue=clash.second, other=clash.first, what=clash.what
        )
