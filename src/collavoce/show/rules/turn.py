"""What becomes of a cue whose turn has come: two tables.

A turn comes by a hand or by anything else that fires cues. The same things stand in its way
whatever it was: the first of `Obstacle` that there is counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from collavoce.show.told.event import Cause


class Obstacle(StrEnum):
    """What stands in the way of a cue, in the order in which it is asked."""

    DISARMED = "it is disarmed"
    KEPT_BACK = "somebody is not clear, or not where it needs them"
    HAZARD = "it is a hazard"
    NONE = "nothing"


class Asker(StrEnum):
    """How its turn comes."""

    ITSELF = "by itself"
    HAND = "by GO"
    MEANT = "by GO that overrides"


class Turn(StrEnum):
    """What becomes of it."""

    FIRES = "fires"
    PASSED = "is passed over"
    OFFERED = "is offered"
    REFUSED = "GO is refused"
    RECORDED = "fires, and who overrode what is recorded"


TURNS: Mapping[tuple[Obstacle, Asker], Turn] = {
    (Obstacle.DISARMED, Asker.ITSELF): Turn.PASSED,
    (Obstacle.DISARMED, Asker.HAND): Turn.PASSED,
    (Obstacle.DISARMED, Asker.MEANT): Turn.PASSED,
    (Obstacle.KEPT_BACK, Asker.ITSELF): Turn.OFFERED,
    (Obstacle.KEPT_BACK, Asker.HAND): Turn.REFUSED,
    (Obstacle.KEPT_BACK, Asker.MEANT): Turn.RECORDED,
    (Obstacle.HAZARD, Asker.ITSELF): Turn.OFFERED,
    (Obstacle.HAZARD, Asker.HAND): Turn.FIRES,
    (Obstacle.HAZARD, Asker.MEANT): Turn.FIRES,
    (Obstacle.NONE, Asker.ITSELF): Turn.FIRES,
    (Obstacle.NONE, Asker.HAND): Turn.FIRES,
    (Obstacle.NONE, Asker.MEANT): Turn.FIRES,
}
"""A hazard that fires is said to its operator. With a pre-wait, firing begins with that."""


class Held(StrEnum):
    """What becomes in a hold of what would fire."""

    FIRES = "fires"
    WITH_IT = "comes with its group, if that comes"
    STANDS = "its wait stands still"
    WAITS = "waits for the music after the hold"
    OFFERED = "is offered"
    WHOSE = "fires if a person's hand is known, else is offered"


class Leads(StrEnum):
    """Where the standby goes."""

    ON = "behind it, never back"
    BESIDE = "behind it, if it was the standby"


@dataclass(frozen=True, slots=True)
class Source:
    """What fires cues. once: only while the cue is armed, and firing disarms it."""

    once: bool
    held: Held
    leads: Leads


SOURCES: Mapping[Cause, Source] = {
    Cause.HAND: Source(once=False, held=Held.FIRES, leads=Leads.ON),
    Cause.FOLLOWER: Source(once=True, held=Held.WAITS, leads=Leads.ON),
    Cause.AHEAD: Source(once=True, held=Held.WAITS, leads=Leads.ON),
    Cause.JUMP: Source(once=True, held=Held.WAITS, leads=Leads.ON),
    Cause.END: Source(once=False, held=Held.STANDS, leads=Leads.ON),
    Cause.AFTER: Source(once=False, held=Held.STANDS, leads=Leads.BESIDE),
    Cause.GROUP: Source(once=False, held=Held.WITH_IT, leads=Leads.BESIDE),
    Cause.INPUT: Source(once=False, held=Held.WHOSE, leads=Leads.BESIDE),
    Cause.CLOCK: Source(once=True, held=Held.OFFERED, leads=Leads.BESIDE),
    Cause.PERSON: Source(once=True, held=Held.OFFERED, leads=Leads.BESIDE),
}
"""Which of them are equal and where they differ. `once` of an end cue is the end's: it is disarmed
when it is set under way."""
