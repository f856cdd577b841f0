"""How long what somebody ticked, and that somebody was found, is kept.

a tick that stands                         60 days, then it may be set again
a tick taken back                          1 day: so long it counts against the day's
who was told of whom, and put it away      90 days
that somebody agreed to a small pool       until they take it back, then 1 hour
"""

from collections.abc import Iterable

from collavoce.care.events import FoundEvent, FoundTicked, FoundUnticked, SmallPoolAgreed
from collavoce.company.engagement import DAY, HOUR
from collavoce.runtime.care.kept.shelf import Entry

TICK_KEPT = 60 * DAY
UNTICKED_KEPT = DAY
FOUND_KEPT = 90 * DAY
AGREED_KEPT = HOUR


def found_kept(entries: Iterable[Entry]) -> dict[int, float]:
    """Row -> for how many seconds it is kept, of the facts about being found among `entries`."""
    facts = {e.row: e.event for e in entries if isinstance(e.event, FoundEvent)}
    last = {_about(event): row for row, event in facts.items()}
    return {row: _age(event, lasts=last[_about(event)] == row) for row, event in facts.items()}


def _about(event: FoundEvent) -> str:
    """What of a person's facts replace each other: the ticks of a topic, the word on the pool."""
    match event:
        case FoundTicked(topic=topic) | FoundUnticked(topic=topic):
            return f"tick {topic}"
        case SmallPoolAgreed():
            return "pool"
        case _:
            return f"found {event!r}"


def _age(event: FoundEvent, *, lasts: bool) -> float:
    match event:
        case FoundTicked():
            return TICK_KEPT if lasts else UNTICKED_KEPT
        case FoundUnticked():
            return UNTICKED_KEPT
        case SmallPoolAgreed(agrees=agrees):
            return float("inf") if lasts and agrees else AGREED_KEPT
        case _:
            return FOUND_KEPT
