"""What is true of the line: a fold over its events and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from collavoce.line import events as e
from collavoce.line.hazards import Hazards

REMEMBERED = 200
"""Breaches, clear ways and medics held in memory each; older ones that are over stay on disk."""

OVER_LASTS_S = 15 * 60.0
"""What is over stays on a page this long."""


@dataclass(frozen=True, slots=True)
class Record:
    """What security wrote of a breach."""

    camera: str
    police: str
    text: str
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach. coming: of security, in the order they said so."""

    zone: str
    by: str
    at: float
    coming: tuple[str, ...] = ()
    radio_at: float | None = None
    resolved_at: float | None = None
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Clear:
    """A way to be kept clear."""

    zone: str
    at: float
    desk: bool
    lifted_at: float | None = None


@dataclass(frozen=True, slots=True)
class Medic:
    """A medic asked for. coming: who goes, "" while nobody has said so."""

    zone: str
    at: float
    desk: bool
    coming: str = ""
    done_at: float | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """The last round to the seats' devices, and when each person last confirmed one.

    confirmed : person -> (when, seconds from the asking, milliseconds as their page measured).
    """

    round: str = ""
    asked_at: float = 0.0
    confirmed: Mapping[str, tuple[float, float, float]] = field(
        default_factory=dict[str, tuple[float, float, float]]
    )


@dataclass(frozen=True, slots=True)
class Tick:
    """The drill, done at `at`, ticked by a person."""

    at: float
    by: str


@dataclass(frozen=True, slots=True)
class LineState:
    """What is true now; breaches, ways, medics by their key in the order of their asking.

    passed_on : keys of what was only let through to others, and when.
    """

    breaches: Mapping[str, Breach] = field(default_factory=dict[str, Breach])
    clears: Mapping[str, Clear] = field(default_factory=dict[str, Clear])
    medics: Mapping[str, Medic] = field(default_factory=dict[str, Medic])
    ears_out: Mapping[str, float] = field(default_factory=dict[str, float])
    support: Support = field(default_factory=Support)
    passed_on: Mapping[str, float] = field(default_factory=dict[str, float])
    by_voice: Tick | None = None
    by_hand: Tick | None = None
    hazards: Hazards = field(default_factory=Hazards)


def evolve(state: LineState, event: e.AnyEvent) -> LineState:
    """What is true after `event`; never refuses, never acts."""
    return EVENTS[type(event)](state, event)


def _raised(state: LineState, event: e.LineRaised) -> LineState:
    breach = Breach(event.zone, event.by, event.at)
    left = _recent(state.breaches, lambda b: b.resolved_at is not None)
    return replace(state, breaches={**left, event.breach: breach})


def _recent(kept: Mapping[str, Any], over: Callable[[Any], bool]) -> dict[str, Any]:
    """`kept` with room for one more: the oldest that is over goes first, what is open stays."""
    left = dict(kept)
    for key in [key for key, one in kept.items() if over(one)]:
        if len(left) < REMEMBERED:
            break
        del left[key]
    return left


def _breach(state: LineState, key: str, change: Callable[[Breach], Breach]) -> LineState:
    breach = state.breaches.get(key)
    if breach is None:
        return state
    return replace(state, breaches={**state.breaches, key: change(breach)})


def _acknowledged(state: LineState, event: e.LineAcknowledged) -> LineState:
    return _breach(state, event.breach, lambda b: replace(b, coming=(*b.coming, event.by)))


def _radio(state: LineState, event: e.RadioLogged) -> LineState:
    return _breach(state, event.breach, lambda b: replace(b, radio_at=event.at))


def _resolved(state: LineState, event: e.LineResolved) -> LineState:
    return _breach(state, event.breach, lambda b: replace(b, resolved_at=event.at))


def _record(state: LineState, event: e.RecordWritten) -> LineState:
    record = Record(event.camera, event.police, event.text, event.by, event.at)
    return _breach(state, event.breach, lambda b: replace(b, record=record))


def _clear_asked(state: LineState, event: e.ClearAsked) -> LineState:
    left = _recent(state.clears, lambda c: c.lifted_at is not None)
    return replace(state, clears={**left, event.clear: Clear(event.zone, event.at, event.desk)})


def _clear_lifted(state: LineState, event: e.ClearLifted) -> LineState:
    clear = state.clears.get(event.clear)
    if clear is None:
        return state
    lifted = replace(clear, lifted_at=event.at)
    return replace(state, clears={**state.clears, event.clear: lifted})


def _medic_asked(state: LineState, event: e.MedicAsked) -> LineState:
    left = _recent(state.medics, lambda m: m.done_at is not None)
    return replace(state, medics={**left, event.medic: Medic(event.zone, event.at, event.desk)})


def _medic_comes(state: LineState, event: e.MedicComes) -> LineState:
    return _medic(state, event.medic, lambda m: replace(m, coming=event.by))


def _medic_done(state: LineState, event: e.MedicDone) -> LineState:
    return _medic(state, event.medic, lambda m: replace(m, done_at=event.at))


def _medic(state: LineState, key: str, change: Callable[[Medic], Medic]) -> LineState:
    medic = state.medics.get(key)
    if medic is None:
        return state
    return replace(state, medics={**state.medics, key: change(medic)})


def _ears(state: LineState, event: e.EarsSaid) -> LineState:
    others = {p: at for p, at in state.ears_out.items() if p != event.person}
    return replace(state, ears_out={**others, event.person: event.at} if event.out else others)


def _support_asked(state: LineState, event: e.SupportAsked) -> LineState:
    return replace(state, support=replace(state.support, round=event.round, asked_at=event.at))


def _support_confirmed(state: LineState, event: e.SupportConfirmed) -> LineState:
    told = (event.at, event.took_s, event.trip_ms)
    confirmed = {**state.support.confirmed, event.person: told}
    return replace(state, support=replace(state.support, confirmed=confirmed))


def _drill(state: LineState, event: e.DrillTicked) -> LineState:
    tick = Tick(event.at, event.by)
    return replace(state, by_hand=tick) if event.by_hand else replace(state, by_voice=tick)


def _stop(state: LineState, event: e.StopAsked) -> LineState:
    return _passed_on(state, event.stop, event.at)


def _risk(state: LineState, event: e.RiskAsked) -> LineState:
    return _passed_on(state, event.risk, event.at)


def _hand(state: LineState, event: e.HandAsked) -> LineState:
    return _passed_on(state, event.hand, event.at)


def _passed_on(state: LineState, key: str, at: float) -> LineState:
    left = dict(list(state.passed_on.items())[-REMEMBERED:])
    return replace(state, passed_on={**left, key: at})


def _hazard_raised(state: LineState, event: e.HazardRaised) -> LineState:
    raised = state.hazards.raised(event.zone, event.kind, event.minutes, event.at)
    return replace(state, hazards=raised)


def _hazard_lifted(state: LineState, event: e.HazardLifted) -> LineState:
    return replace(state, hazards=state.hazards.lifted(event.zone, event.kind))


def _clock_stepped(state: LineState, event: e.ClockStepped) -> LineState:
    return replace(state, hazards=state.hazards.stepped(event.seconds, event.at))


EVENTS: Mapping[type[e.Event], Callable[[LineState, Any], LineState]] = {
    e.LineRaised: _raised,
    e.LineAcknowledged: _acknowledged,
    e.RadioLogged: _radio,
    e.LineResolved: _resolved,
    e.RecordWritten: _record,
    e.ClearAsked: _clear_asked,
    e.ClearLifted: _clear_lifted,
    e.MedicAsked: _medic_asked,
    e.MedicComes: _medic_comes,
    e.MedicDone: _medic_done,
    e.EarsSaid: _ears,
    e.SupportAsked: _support_asked,
    e.SupportConfirmed: _support_confirmed,
    e.DrillTicked: _drill,
    e.StopAsked: _stop,
    e.RiskAsked: _risk,
    e.HandAsked: _hand,
    e.HazardRaised: _hazard_raised,
    e.HazardLifted: _hazard_lifted,
    e.ClockStepped: _clock_stepped,
}
"""What each event makes of the state, one line each; a test holds it against `AnyEvent`."""
