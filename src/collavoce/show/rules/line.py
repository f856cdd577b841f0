"""What reaches the show from beside the stage: a risk, who is available, a stop, the report.

A risk holds nothing by itself: a named human decides. A stop that was asked for holds at once,
because the one who asked stands where the danger is; going on is the named human's again.
"""

from collavoce.show import commands as c
from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.person import AvailabilityIs
from collavoce.show.rules.draft import Draft
from collavoce.words import say

RISKS_MOST = 50
"""Open at once. More than this is no list that anybody reads."""

REPORT_LENGTH = 500

DECIDERS = ("caller", "company manager")
"""The roles to whom a decision about a risk may be given."""


def decider(show: Show) -> str:
    """Who decides while nobody else was named: the show's first caller, "" without one."""
    return next((p.id for p in show.people.values() if "caller" in p.roles), "")


def hold_risk(draft: Draft, command: c.HoldRisk) -> e.Refused | None:
    """Raise a risk, once."""
    state = draft.state
    if command.risk in state.risks or command.risk in state.risks_over:
        return None
    if len(state.risks) >= RISKS_MOST:
        return e.Refused(say("show.refused.risks", limit=RISKS_MOST))
    draft.tell(
        e.RiskRaised(
            at=draft.now,
            risk=command.risk,
            place=command.place,
            line=command.line,
            holder=decider(draft.show),
        )
    )
    return None


def take_risk(draft: Draft, command: c.TakeRisk) -> e.Refused | None:
    """Give the decision to somebody who may have it."""
    risk = draft.state.risks.get(command.risk)
    if risk is None:
        return e.Refused(say("show.refused.no_risk"))
    person = draft.show.people.get(command.person)
    if person is None or not set(DECIDERS) & set(person.roles):
        return e.Refused(say("show.refused.no_decider"))
    if risk.holder != person.id:
        draft.tell(e.RiskTaken(at=draft.now, risk=command.risk, holder=person.id, by=draft.by))
    return None


def clear_risk(draft: Draft, command: c.ClearRisk) -> e.Refused | None:
    """The risk is over; asked for again it is over still."""
    if command.risk in draft.state.risks:
        draft.tell(e.RiskCleared(at=draft.now, risk=command.risk, by=draft.by))
        return None
    if command.risk in draft.state.risks_over:
        return None
    return e.Refused(say("show.refused.no_risk"))


def set_available(draft: Draft, command: c.SetAvailable) -> e.Refused | None:
    """Keep who is available, as often as it changes."""
    if command.person not in draft.show.people:
        return e.Refused(say("show.refused.nobody"))
    person, said = command.person, AvailabilityIs(command.rehearses, command.until)
    stands = draft.state.availability.get(person, AvailabilityIs())
    if command.available is (person in draft.state.unavailable) or said != stands:
        draft.tell(
            e.AvailabilitySaid(
                at=draft.now,
                person=person,
                available=command.available,
                rehearses=said.rehearses,
                until=said.until,
            )
        )
    return None


def ask_stop(draft: Draft, command: c.AskStop) -> None:
    """Hold at once, and say whose decision the rest is."""
    if command.ask in draft.state.stops:
        return
    draft.tell(e.StopAsked(at=draft.now, ask=command.ask, holder=decider(draft.show)))
    if not draft.state.held:
        draft.tell(e.ShowHeld(at=draft.now, by=draft.by))


def write_report(draft: Draft, command: c.WriteReport) -> e.Refused | None:
    """Keep a line of the show report."""
    text = command.text.strip()
    if not text or len(text) > REPORT_LENGTH:
        return e.Refused(say("show.refused.report", limit=REPORT_LENGTH))
    draft.tell(e.ReportWritten(at=draft.now, text=text, by=draft.by))
    return None
