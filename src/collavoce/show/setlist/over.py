"""Whether the evening is over: every stage has played its last number, to its end.

The last is the one behind which nothing of tonight's list is left to play: what is struck out does
not count, nor an interval, nor what was played before, nor, where numbers have players, one that
nobody plays, as the music for walking out; what was skipped comes at the end, and counts. An encore
makes the evening go on, and so does a jump back, or any number that is started; then it ends anew.
Its end is

    the last onset                        where the music is followed
    an end cue that a hand fired          the caller's word that it was the end, followed or not
    the last cue                          where nothing is followed, and not before the number's
                                          planned length is over: in mid-piece it is no end
    the closing of the show               in the last number, if nothing else has said it
"""

from collections.abc import Iterable
from typing import NamedTuple

from collavoce.following.estimate import Music
from collavoce.show.cues import Number, Show
from collavoce.show.order import end_cues
from collavoce.show.setlist.tonight import cues_tonight, number_called, plan_of
from collavoce.show.state import ShowState
from collavoce.units import Instant

MINUTE_S = 60.0


class HowFar(NamedTuple):
    """begun : anything was played, fired or heard. over_at : show clock, s; None while it goes on.

    Nothing is over that has not begun.
    """

    begun: bool = False
    over_at: float | None = None


def how_far(stages: Iterable[tuple[Show, ShowState]], now: Instant) -> HowFar:
    """How far the evening has come on all `stages`; one without numbers keeps nobody waiting."""
    played = [(show, state) for show, state in stages if show.numbers]
    begun = any(has_begun(state) for _, state in played)
    ends = [over_at(show, state, now) for show, state in played]
    told = [end for end in ends if end is not None]
    all_over = begun and len(told) == len(ends)
    return HowFar(begun, max(told) if all_over else None)


def has_begun(state: ShowState) -> bool:
    """Whether more has happened than that the first number stands ready."""
    return bool(state.fired) or len(state.played) > 1 or state.music is not Music.WAITING


def over_at(show: Show, state: ShowState, now: Instant) -> float | None:
    """When the last number of this stage ended; None while there is something to play."""
    if state.number is None or not has_begun(state) or _left(show, state):
        return None
    number = number_called(show, state.number)
    if number is None or number.interval:
        return state.started_at
    if state.ended_at is not None:
        return state.ended_at
    said = _said(show, state, number)
    if said is None and state.closed:
        return now
    return said if said is not None and said <= now else None


def _left(show: Show, state: ShowState) -> bool:
    """Whether tonight's list has something behind the current number that was not played."""
    plan = plan_of(show, state)
    been = {played.number for played in state.played}
    coming = (item for item in plan.items[plan.index(state.number) + 1 :] if not item.cut)
    numbers = (number_called(show, item.number) for item in coming)
    left = [n for n in numbers if n is not None and not n.interval and n.id not in been]
    if not any(map(_is_played, show.numbers)):
        return bool(left)
    return any(map(_is_played, left))


def _is_played(number: Number) -> bool:
    return number.score is not None or number.performer is not None


def _said(show: Show, state: ShowState, number: Number) -> float | None:
    """The end as far as cues say it; it may lie ahead, by the number's planned length."""
    cues = cues_tonight(show, state, number.id)
    ends = [_fired_at(state, cue.number) for _, cue in end_cues(cues)]
    meant = [at for at in ends if at is not None and not _went_on(state, at)]
    if meant:
        return min(meant)
    followed = number.score is not None and state.follow
    if followed or state.pointer is not None or state.waiting:
        return None
    fired = [at for cue in cues if (at := _fired_at(state, cue.number)) is not None]
    if not fired:
        return None
    return max(*fired, state.started_at + MINUTE_S * (number.minutes or 0.0))


def _fired_at(state: ShowState, cue: str) -> float | None:
    fired = state.fired.get(cue)
    return None if fired is None else fired.at


def _went_on(state: ShowState, at: float) -> bool:
    """Whether the music came somewhere, by a jump or found again, after `at`."""
    return state.arrival is not None and state.arrival.at > at
