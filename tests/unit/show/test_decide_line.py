"""What reaches the show from beside the stage: risk, availability, an asked stop, the report."""

from collavoce.company.people import Person
from collavoce.show.commands import (
    AnyCommand,
    AskStop,
    ClearRisk,
    Hold,
    HoldRisk,
    Resume,
    SetAvailable,
    TakeRisk,
    WriteReport,
)
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.events import (
    AnyEvent,
    AvailabilitySaid,
    Refused,
    ReportWritten,
    RiskCleared,
    RiskRaised,
    RiskTaken,
    ShowHeld,
    StopAsked,
)
from collavoce.show.evolve import evolve
from collavoce.show.patch import Patch
from collavoce.show.rules.line import REPORT_LENGTH, RISKS_MOST
from collavoce.show.state import ShowState
from collavoce.units import Instant
from collavoce.words import say

PEOPLE = (
    Person("jun", "Jun", ("performer",)),
    Person("ada", "Ada", ("caller",)),
    Person("otto", "Otto", ("company manager",)),
)


class Desk:
    """A show asked one thing after the other."""

    def __init__(self, *people: Person) -> None:
        self.show = Show("t", "UTC", (), {p.id: p for p in people or PEOPLE}, {}, {}, Patch())
        self.state = ShowState()
        self.now = 10.0

    def when(self, command: AnyCommand, by: str = "wings") -> tuple[AnyEvent, ...] | Refused:
        decision = decide(self.show, self.state, command, Instant(self.now), by)
        if not isinstance(decision, Refused):
            for event in decision:
                self.state = evolve(self.show, self.state, event)
        return decision


def test_a_risk_holds_nothing_and_says_who_decides() -> None:
    desk = Desk()
    assert desk.when(HoldRisk("r1", "SR", line=True)) == (
        RiskRaised(at=10.0, risk="r1", place="SR", line=True, holder="ada"),
    )
    assert desk.state.held is False


def test_a_show_without_a_caller_says_that_nobody_was_named() -> None:
    desk = Desk(PEOPLE[0])
    assert desk.when(HoldRisk("r1")) == (
        RiskRaised(at=10.0, risk="r1", place="", line=False, holder=""),
    )


def test_the_same_risk_is_raised_once_and_not_again_when_it_is_over() -> None:
    desk = Desk()
    desk.when(HoldRisk("r1"))
    assert desk.when(HoldRisk("r1")) == ()
    assert desk.when(ClearRisk("r1"), "caller") == (RiskCleared(10.0, "r1", "caller"),)
    assert desk.when(ClearRisk("r1"), "caller") == ()
    assert desk.when(HoldRisk("r1")) == (), "an old press that arrives once more"


def test_the_decision_goes_to_a_caller_or_a_company_manager_and_to_no_other() -> None:
    desk = Desk()
    desk.when(HoldRisk("r1"))
    assert desk.when(TakeRisk("r1", "otto"), "caller") == (RiskTaken(10.0, "r1", "otto", "caller"),)
    assert desk.when(TakeRisk("r1", "otto"), "caller") == ()
    assert desk.when(TakeRisk("r1", "jun"), "caller") == Refused(say("show.refused.no_decider"))
    assert desk.when(TakeRisk("r2", "ada"), "caller") == Refused(say("show.refused.no_risk"))
    assert desk.when(ClearRisk("r2"), "caller") == Refused(say("show.refused.no_risk"))


def test_a_flood_of_risks_is_bounded() -> None:
    desk = Desk()
    for number in range(RISKS_MOST):
        desk.when(HoldRisk(f"r{number}"))
    assert desk.when(HoldRisk("more")) == Refused(say("show.refused.risks", limit=RISKS_MOST))


def test_availability_is_kept_when_it_changes_and_carries_nobodys_name_but_theirs() -> None:
    desk = Desk()
    assert desk.when(SetAvailable("jun", available=True)) == ()
    assert desk.when(SetAvailable("jun", available=False), "friend") == (
        AvailabilitySaid(10.0, "jun", available=False),
    )
    assert desk.when(SetAvailable("jun", available=False)) == ()
    assert desk.state.unavailable == {"jun"}
    assert desk.when(SetAvailable("ghost", available=False)) == Refused(say("show.refused.nobody"))


def test_a_stop_holds_at_once_until_somebody_resumes_and_the_same_one_does_not_hold_again() -> None:
    desk = Desk()
    assert desk.when(AskStop("s1")) == (
        StopAsked(10.0, "s1", "ada"),
        ShowHeld(10.0, "wings"),
    )
    assert desk.state.stop_asked == "ada"
    desk.when(Resume(), "caller")
    assert desk.state.stop_asked is None
    assert desk.when(AskStop("s1")) == ()
    assert desk.state.held is False


def test_a_stop_in_a_hold_is_told_and_holds_no_second_time() -> None:
    desk = Desk()
    desk.when(Hold(), "caller")
    assert desk.when(AskStop("s1")) == (StopAsked(10.0, "s1", "ada"),)


def test_a_line_of_the_report_is_kept_and_has_a_limit() -> None:
    desk = Desk()
    assert desk.when(WriteReport(" 22:14-22:21 hold "), "caller") == (
        ReportWritten(10.0, "22:14-22:21 hold", "caller"),
    )
    long = Refused(say("show.refused.report", limit=REPORT_LENGTH))
    assert desk.when(WriteReport("x" * (REPORT_LENGTH + 1))) == long
    assert desk.when(WriteReport("  ")) == long
