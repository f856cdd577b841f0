"""Whatever is said in whatever order, over restarts and absurd clocks: the last word counts.

A machine draws the steps and keeps its own book; what is shown is compared after each one.
"""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.scenario.aftercare_stage import Disk
from tests.scenario.line_stage import PEOPLE

from collavoce.care.commands import (
    AnyCommand,
    KeepBack,
    LetKnow,
    ReadKnown,
    SayAlone,
    SayAway,
    SayBack,
    SayDone,
    SayReturn,
    SayStill,
)
from collavoce.care.events import AnyEvent, Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Outcome
from collavoce.care.reached.outbox import wanted
from collavoce.care.state import CareState
from collavoce.care.states.leave import LET_KNOW_AFTER_S, NO_DATE, OFFICES, Shown
from collavoce.runtime.care.house import House
from collavoce.runtime.care.policies import Away, from_care
from collavoce.show.commands import SetAvailable

BEGAN = date(2026, 11, 21)
TODAY = BEGAN.toordinal()
PERSONS = ("idol", "pianist")
persons = st.sampled_from(PERSONS)
offices = st.sampled_from(OFFICES)
hours = st.floats(0.0, 100.0)


class Said:
    """What the book holds of one person. heard: true seconds since the word that is shown."""

    def __init__(self) -> None:
        self.leave: Shown | None = None
        self.part: Shown | None = None
        self.until = 0
        self.heard = 0.0
        self.offices: dict[str, bool] = {}

    @property
    def shown(self) -> Shown | None:
        return self.part or self.leave


class Leaves(RuleBasedStateMachine):
    """A company, a disk, a machine that is switched off now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.disk, self.now, self.boot = Disk(), 100.0, 0
        self.book = {person: Said() for person in PERSONS}
        self.show: dict[str, SetAvailable] = {}
        self.away = Away()
        self.begin()

    def begin(self) -> None:
        self.away = Away()
        self.house = House(PEOPLE, self.disk, lambda: Moment(self.now))
        self.house.told.append(self.heard)
        self.house.open(f"boot {self.boot}")

    def heard(self, event: AnyEvent, _: CareState) -> None:
        before, self.away = self.away, self.away.evolve(event, lambda _o, _t: True)
        for told in from_care(before, self.away, lambda: "key"):
            assert isinstance(told.command, SetAvailable)
            self.show[told.command.person] = told.command

    def ask(self, command: AnyCommand) -> Outcome:
        return self.house.ask(command)

    def says(self, person: str, shown: Shown | None, *, part: Shown | None = None) -> None:
        """The book after a word of theirs."""
        said = self.book[person]
        before = said.shown
        said.leave, said.part = shown, part
        if said.shown != before:
            said.heard, said.offices = 0.0, {}

    @rule(person=persons)
    def done(self, person: str) -> None:
        self.ask(SayDone(person))
        self.says(person, Shown(performs=False, until=NO_DATE))
        self.book[person].until = 0

    @rule(person=persons, days=st.integers(-3, 30), shown=st.booleans(), called=st.booleans())
    def steps_away(self, person: str, days: int, *, shown: bool, called: bool) -> None:
        outcome = self.ask(SayAway(person, TODAY, TODAY + days, shown, called))
        assert isinstance(outcome, Refused) is (days < 0)
        if days >= 0:
            until = (BEGAN + timedelta(days=days)).isoformat()
            self.says(person, Shown(performs=False, until=until if shown else NO_DATE))
            self.book[person].until = TODAY + days

    @rule(person=persons)
    def still(self, person: str) -> None:
        self.ask(SayStill(person))
        said = self.book[person]
        if said.leave is not None and said.until:
            self.says(person, Shown(performs=False, until=NO_DATE))
            said.until = 0

    @rule(person=persons, rehearses=st.booleans(), performs=st.booleans())
    def returns(self, person: str, *, rehearses: bool, performs: bool) -> None:
        self.ask(SayReturn(person, rehearses, performs))
        said = self.book[person]
        if rehearses and performs:
            self.says(person, None)
            said.until = 0
        elif rehearses or performs:
            self.says(person, said.leave, part=Shown(performs, rehearses))
        else:
            self.says(person, said.leave or Shown(performs=False, until=NO_DATE))

    @rule(person=persons)
    def back(self, person: str) -> None:
        self.ask(SayBack(person))
        self.says(person, None)
        self.book[person].until = 0

    @rule(person=persons)
    def alone(self, person: str) -> None:
        self.ask(SayAlone(person, 10.0))
        self.ask(SayBack("manager"))

    @rule(person=persons, office=offices)
    def lets_know(self, person: str, office: str) -> None:
        said = self.book[person]
        outcome = self.ask(LetKnow(person, office))
        if not isinstance(outcome, Refused):
            assert said.leave is not None
            assert said.heard >= LET_KNOW_AFTER_S - 1e-3 or office in said.offices, "never early"
            said.offices.setdefault(office, False)

    @rule(person=persons, office=offices)
    def keeps_back(self, person: str, office: str) -> None:
        said = self.book[person]
        outcome = self.ask(KeepBack(person, office))
        assert isinstance(outcome, Refused) is (said.offices.get(office) is True)
        if said.offices.get(office) is False:
            del said.offices[office]

    @rule(person=persons, office=offices, by=st.sampled_from(["manager", "caller", "friend"]))
    def reads(self, person: str, office: str, by: str) -> None:
        self.ask(ReadKnown(by, person, office))
        if by == "manager" and office in self.book[person].offices:
            self.book[person].offices[office] = True

    @rule(passed=hours)
    def time_passes(self, passed: float) -> None:
        self.now += passed * 3600.0
        for said in self.book.values():
            said.heard += passed * 3600.0

    @rule()
    def is_started_again(self) -> None:
        self.begin()

    @rule(off=hours, shown=st.floats(0.0, 1e7))
    def the_machine_was_off(self, off: float, shown: float) -> None:
        """Its count begins anew wherever it likes; true time went on."""
        self.boot += 1
        self.now = shown
        for said in self.book.values():
            said.heard += off * 3600.0 + shown
        self.begin()

    @invariant()
    def what_is_shown_is_their_last_word(self) -> None:
        leaves = self.house.state.leaves
        for person, said in self.book.items():
            assert leaves.shown(person) == said.shown, person
            told = self.show.get(person, SetAvailable(person, available=True))
            alone = person in self.away.alone
            if not alone:
                shown = said.shown or Shown(performs=True)
                assert (told.available, told.rehearses, told.until) == shown
            leave = leaves.by_person.get(person)
            assert said.offices == ({} if leave is None else dict(leave.offices))

    @invariant()
    def nobody_is_sent_anything(self) -> None:
        assert wanted(self.house.state, Moment(self.now)) == ()


Leaves.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLeaves = Leaves.TestCase
