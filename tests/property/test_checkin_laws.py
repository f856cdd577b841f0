"""Laws of the check-in, whatever the order of ends, restarts, clocks, choices and answers."""

from dataclasses import replace

from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.scenario.press_stage import PEOPLE

from collavoce.care.commands import (
    AnswerCheckIn,
    AnyCommand,
    AskWhoIsDue,
    HearEvening,
    SetCheckIn,
)
from collavoce.care.decide import decide
from collavoce.care.events import (
    AnyEvent,
    CareOpened,
    CheckInAnswered,
    CheckInAsked,
    CheckInEvent,
    EveningOver,
    Refused,
)
from collavoce.care.ladder import Moment
from collavoce.care.state import CareState, evolve
from collavoce.care.states.checkin import (
    DELAY_MAX_MIN,
    DELAY_MIN,
    LATER_LEAST_MIN,
    MINUTE_S,
    OFF,
    STANDS_S,
)

WHO = sorted(PEOPLE)[:3]
EVENINGS = ("one", "two", "three")
ROUNDING_S = 1e-6
JUST_BEFORE = tuple(minutes * MINUTE_S - 1.0 for minutes in (1, DELAY_MIN, 119, DELAY_MAX_MIN))


class AfterShows(RuleBasedStateMachine):
    """True time runs on; care's own clock may begin again with the machine, and knows less.

    `ends` is what really happened: evening -> when it ended last, None while it goes on.
    """

    def __init__(self) -> None:
        super().__init__()
        self.true = 0.0
        self.zero = -1000.0
        self.state = CareState()
        self.log: list[AnyEvent] = []
        self.boots = 0
        self.ends: dict[str, float | None] = {}
        self.evening = ""
        self.heard_end: float | None = None
        self.delays = dict.fromkeys(PEOPLE, DELAY_MIN)
        self.asked: dict[tuple[str, str], int] = {}
        self.answered: set[tuple[str, str]] = set()
        self.put_off: dict[str, float] = {}
        self._keep(CareOpened(self._now(), "boot 0"))

    def _now(self) -> Moment:
        return Moment(self.true - self.zero)

    def _keep(self, event: AnyEvent) -> None:
        self.log.append(event)
        self.state = evolve(self.state, event)

    def _do(self, command: AnyCommand) -> list[AnyEvent]:
        decision = decide(PEOPLE, self.state, command, self._now())
        assert isinstance(decision, tuple | Refused)
        if isinstance(decision, Refused):
            return []
        for event in decision:
            self._keep(event)
        return list(decision)

    @rule(evening=st.sampled_from(EVENINGS), begun=st.booleans())
    def the_engine_says(self, evening: str, *, begun: bool) -> None:
        """Whichever evening, whenever: what is true of it now, said any number of times."""
        over = self.ends.get(evening)
        begun = begun or evening in self.ends
        before = self.evening
        new = begun and evening != before and not self._gone_by(evening)
        ago = None if over is None else self.true - over
        heard = self._do(HearEvening(evening, begun, ago))
        if any(isinstance(event, EveningOver) for event in heard):
            self.heard_end = over
        elif heard:
            self.heard_end = None
        if new:
            self.evening = evening
            self.ends.setdefault(evening, None)
            self.put_off = {}

    def _gone_by(self, evening: str) -> bool:
        return evening in self.state.checkins.past

    @precondition(lambda self: bool(self.evening))
    @rule(over=st.booleans())
    def the_show_ends_or_goes_on(self, *, over: bool) -> None:
        """An end, an encore; care hears of it when the engine says so."""
        self.ends[self.evening] = self.true if over else None

    @rule(seconds=st.floats(0.0, 3 * 3600.0))
    def time_goes_by(self, seconds: float) -> None:
        self.true += seconds

    @precondition(lambda self: bool(self.evening))
    @rule(seconds=st.sampled_from(JUST_BEFORE))
    def it_ends_and_nearly_somebodys_delay_goes_by(self, seconds: float) -> None:
        self.ends[self.evening] = self.true
        self.the_engine_says(self.evening, begun=True)
        self.true += seconds
        self.whoever_is_due_is_asked()

    @rule()
    def whoever_is_due_is_asked(self) -> None:
        for event in self._do(AskWhoIsDue()):
            assert isinstance(event, CheckInAsked)
            key = (self.evening, event.person)
            self.asked[key] = self.asked.get(key, 0) + 1
            assert self.asked[key] == 1, "once an evening"
            assert self.delays[event.person] != OFF, "never after off"
            assert self.heard_end is not None, "never before an end"
            gone_by = self.true - self.heard_end
            assert gone_by >= self.delays[event.person] * MINUTE_S - ROUNDING_S, "never early"

    @rule(person=st.sampled_from(WHO), minutes=st.sampled_from([OFF, 0, 1, 20, 119, DELAY_MAX_MIN]))
    def somebody_chooses(self, person: str, minutes: int) -> None:
        self._do(SetCheckIn(person, minutes))
        self.delays[person] = minutes

    @rule(person=st.sampled_from(WHO), later=st.booleans())
    def somebody_answers(self, person: str, *, later: bool) -> None:
        stood = self.state.checkins.stands(person, self._now())
        events = self._do(AnswerCheckIn(person, later))
        assert bool(events) is stood, "what does not stand is not answered, what does is"
        if not events:
            return
        assert not self.state.checkins.stands(person, self._now())
        if isinstance(events[0], CheckInAnswered):
            self.answered.add((self.evening, person))
        else:
            least = max(self.delays[person], LATER_LEAST_MIN) * MINUTE_S
            self.put_off[person] = self.true + least

    @rule()
    def the_process_starts_again(self) -> None:
        """The same machine: a fold of what was kept, and nothing else."""
        before = self.state
        folded = CareState()
        for event in self.log:
            folded = evolve(folded, event)
        assert folded == before
        self._keep(CareOpened(self._now(), before.boot))
        assert replace(self.state, last_at=0.0) == replace(before, last_at=0.0)

    @rule(off=st.floats(0.0, 86_400.0), up=st.floats(0.0, 120.0))
    def the_machine_starts_again(self, off: float, up: float) -> None:
        assume(self.boots < 5)
        self.boots += 1
        self.true += off + up
        self.zero = self.true - up
        self._keep(CareOpened(self._now(), f"boot {self.boots}"))

    @invariant()
    def what_was_answered_stands_no_more_this_evening(self) -> None:
        now = self._now()
        for evening, person in self.answered:
            if evening == self.evening:
                assert not self.state.checkins.stands(person, now)

    @invariant()
    def whoever_turned_it_off_sees_nothing(self) -> None:
        for person, minutes in self.delays.items():
            if minutes == OFF:
                assert not self.state.checkins.stands(person, self._now())

    @invariant()
    def what_was_put_off_stands_no_sooner(self) -> None:
        now = self._now()
        for person, at in self.put_off.items():
            if self.true < at - ROUNDING_S:
                assert not self.state.checkins.stands(person, now)

    @invariant()
    def nothing_stands_for_longer_than_two_weeks_or_without_having_been_asked(self) -> None:
        now = self._now()
        for person in PEOPLE:
            if self.state.checkins.stands(person, now):
                assert (self.evening, person) in self.asked
                assert now - self.state.checkins.questions[person].asked_at <= STANDS_S

    @invariant()
    def no_fact_holds_a_word_of_anybody(self) -> None:
        allowed = {"at", "person", "minutes", "evening", "ended", "until"}
        for event in self.log[-1:]:
            if isinstance(event, CheckInEvent):
                assert set(event.__struct_fields__) <= allowed


TestAfterShows = AfterShows.TestCase
TestAfterShows.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
