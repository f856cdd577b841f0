"""How the music came to where it is, and what became of the cues on the way."""

from collections.abc import Iterator

from collavoce.desk.placing import BACK_S
from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View
from collavoce.score.model import Score
from collavoce.score.places import where
from collavoce.show.cues import Cue, Show
from collavoce.show.order import cues_of, places
from collavoce.show.state import Arrival, Came, ShowState
from collavoce.units import Quarters
from collavoce.words import say

CUES_TOLD = 4
"""Of each kind; more of them the list tells, which shows each one's state."""


def arrival_view(show: Show, state: ShowState, score: Score | None) -> View | None:
    """The last change of the place in words; None before anything was heard.

    at : on the show clock. back_until : how long one key takes it back, None if it cannot be.
    cues : what became of those it passed, in words. passes: other times the same bar is played,
        as they may have been meant: turn and quarter. unmet: cues that went ahead of music that
        did not come.
    """
    arrival = state.arrival
    if arrival is None:
        return None
    went = arrival.how in (Came.JUMPED, Came.PLACED)
    return {
        "is": arrival.how.value,
        "text": _words(show, arrival, score),
        "at": arrival.at,
        "back_until": arrival.at + BACK_S if went else None,
        "cues": _became(show, state, arrival) if went else "",
        "passes": _passes(score, arrival.target) if went else [],
        "unmet": [
            say("desk.arrival.unmet", cue=_called(cue))
            for cue in cues_of(show, state.number)
            if state.ahead.get(cue.number)
        ],
    }


def _words(show: Show, arrival: Arrival, score: Score | None) -> str:
    by = say("desk.arrival.caller") if arrival.by == "caller" else person_name(show, arrival.by)
    origin, target = place_words(score, arrival.origin), place_words(score, arrival.target)
    if origin == target:
        origin = place_words(score, arrival.origin, beat=True)
        target = place_words(score, arrival.target, beat=True)
    return say(f"desk.arrival.{arrival.how.value}", origin=origin, target=target, by=by)


def place_words(score: Score | None, quarter: float, *, beat: bool = False) -> str:
    """A place as a caller says it: bar 5, bar 5 pass 2, and its beat if asked."""
    if score is None or not score.bars:
        return say("desk.arrival.quarter", quarter=f"{quarter:.0f}")
    at = where(score, Quarters(quarter))
    words = say("desk.arrival.bar", bar=at.bar)
    if beat:
        words = say("desk.arrival.beat", place=words, beat=f"{at.beat:.3g}")
    return say("desk.arrival.pass", place=words, turn=at.turn) if at.turn > 1 else words


def _became(show: Show, state: ShowState, arrival: Arrival) -> str:
    """As in: LX 6, SND 8 jumped over; LX 9 offered."""
    alike: dict[str, list[str]] = {}
    for cue, word in _passed(show, state, arrival):
        alike.setdefault(word, []).append(_called(cue))
    return "; ".join(
        say(f"desk.arrival.became.{word}", cues=_some(cues)) for word, cues in alike.items()
    )


def _some(cues: list[str]) -> str:
    told, more = ", ".join(cues[:CUES_TOLD]), len(cues) - CUES_TOLD
    return say("desk.arrival.more", cues=told, count=more) if more > 0 else told


def _passed(show: Show, state: ShowState, arrival: Arrival) -> Iterator[tuple[Cue, str]]:
    """The cues it passed that are otherwise than before, each with what it became."""
    low, high = sorted((arrival.origin, arrival.target))
    for place, cue in places(cues_of(show, state.number)):
        if not low <= place <= high:
            continue
        fired = state.fired.get(cue.number)
        if cue.number in state.dropped:
            yield cue, "dropped"
        elif cue.number in state.offered:
            yield cue, "offered"
        elif fired is not None and fired.at == arrival.at:
            yield cue, "fired"
        elif arrival.target < arrival.origin and cue.number in state.left_to_hand:
            yield cue, "asked"
        elif arrival.target < arrival.origin and cue.number in state.armed:
            yield cue, "armed"


def _called(cue: Cue) -> str:
    return f"{cue.department} {cue.number}"


def _passes(score: Score | None, quarter: float) -> list[View]:
    if score is None or not score.bars:
        return []
    at = where(score, Quarters(quarter))
    into = quarter - score.bars[at.bar_index].start
    return [
        {"turn": bar.turn, "quarter": round(bar.start + into, 6)}
        for bar in score.bars
        if bar.number == at.bar and bar.turn != at.turn and into < bar.length
    ]
