"""The state of care: a fold over its events and nothing else."""

from dataclasses import dataclass, field, replace
from functools import reduce

from collavoce.care.alert import Alerts
from collavoce.care.circle import Circles
from collavoce.care.events import (
    AlertEvent,
    AnyEvent,
    CareOpened,
    CircleEvent,
    CircleSet,
    ConsentRefused,
    PairingEvent,
)
from collavoce.care.pairing import Pairings


@dataclass(frozen=True, slots=True)
class CareState:
    """What is true now. boot: the start of the machine that moments count from."""

    boot: str = ""
    last_at: float = 0.0
    pairings: Pairings = field(default_factory=Pairings)
    circles: Circles = field(default_factory=Circles)
    alerts: Alerts = field(default_factory=Alerts)


def evolve(state: CareState, event: AnyEvent) -> CareState:
    """What is true after `event`; never refuses, never acts."""
    if isinstance(event, CareOpened):
        return _opened(state, event)
    state = replace(state, last_at=event.at)
    if isinstance(event, AlertEvent):
        return replace(state, alerts=state.alerts.evolve(event))
    if isinstance(event, PairingEvent):
        return replace(state, pairings=state.pairings.evolve(event))
    return _circle_changed(state, event)


def _circle_changed(state: CareState, event: CircleEvent) -> CareState:
    """Whoever is dropped or leaves drops out of an open alert in the same moment."""
    out: tuple[str, ...] = ()
    if isinstance(event, CircleSet):
        alert = state.alerts.open_of(event.owner)
        if alert is not None:
            out = tuple(t for t in alert.order if t not in event.order)
    elif isinstance(event, ConsentRefused):
        out = (event.trusted,)
    return replace(
        state,
        circles=state.circles.evolve(event),
        alerts=reduce(
            lambda alerts, trusted: alerts.without(event.owner, trusted, event.at),
            out,
            state.alerts,
        ),
    )


def _opened(state: CareState, event: CareOpened) -> CareState:
    """A restart of the process changes nothing; a restart of the machine moves every moment.

    The monotonic clock begins again at the machine's start. What is known is how old everything
    was at the last record; with that record moved to the new clock's zero, the age of a press is
    what it was then plus the time this machine is up. The truth is more by as long as the
    machine was off, so a step can be late by that much, and never early.
    """
    if event.boot == state.boot and event.at >= state.last_at:
        return replace(state, last_at=event.at)
    return replace(
        state,
        boot=event.boot,
        last_at=event.at,
        pairings=state.pairings.after_reboot(),
        alerts=state.alerts.shifted(-state.last_at),
    )
