"""What risk, availability and an asked stop make of the state."""

from msgspec.structs import replace

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.person import AvailabilityIs
from collavoce.show.state import Risk, ShowState


def risk_raised(_show: Show, state: ShowState, event: e.RiskRaised) -> ShowState:
    """A risk is open."""
    risk = Risk(event.at, event.place, event.line, event.holder)
    return replace(state, risks={**state.risks, event.risk: risk})


def risk_taken(_show: Show, state: ShowState, event: e.RiskTaken) -> ShowState:
    """Another decides about it."""
    risk = state.risks.get(event.risk)
    if risk is None:
        return state
    return replace(state, risks={**state.risks, event.risk: replace(risk, holder=event.holder)})


def risk_cleared(_show: Show, state: ShowState, event: e.RiskCleared) -> ShowState:
    """It is over and is not raised again under its id."""
    return replace(
        state,
        risks={risk: open_ for risk, open_ in state.risks.items() if risk != event.risk},
        risks_over=state.risks_over | {event.risk},
    )


def availability_said(_show: Show, state: ShowState, event: e.AvailabilitySaid) -> ShowState:
    """Who is not available."""
    one = frozenset({event.person})
    away = state.unavailable - one if event.available else state.unavailable | one
    others = {p: said for p, said in state.availability.items() if p != event.person}
    said = AvailabilityIs(event.rehearses, event.until)
    known = others if said == AvailabilityIs() else {**others, event.person: said}
    return replace(state, unavailable=away, availability=known)


def stop_asked(_show: Show, state: ShowState, event: e.StopAsked) -> ShowState:
    """Whose decision going on is, until somebody resumes."""
    return replace(state, stop_asked=event.holder, stops=state.stops | {event.ask})


def unchanged(_show: Show, state: ShowState, _event: e.ReportWritten) -> ShowState:
    """What was written for people changes nothing."""
    return state
