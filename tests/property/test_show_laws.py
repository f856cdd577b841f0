"""The laws of the cue engine; hypothesis looks for the exception."""

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.company.people import Exit, Person, Seat
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.show import Show, ShowState, decide, evolve, next_due
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    AskStop,
    Back,
    ClearRisk,
    Follow,
    Go,
    GoTo,
    Hear,
    Hold,
    HoldRisk,
    LightsSeen,
    MarkNote,
    NotClear,
    PointTo,
    Resume,
    SetAvailable,
    StartNumber,
    Stop,
    TakeRisk,
    Tick,
    WriteReport,
)
from collavoce.show.cues import (
    AfterCue,
    AfterJump,
    AtEnd,
    AtPlace,
    ByHand,
    CallPerson,
    Cue,
    Department,
    Number,
    Patch,
    SetLevels,
    Trigger,
)
from collavoce.show.events import (
    AnyEvent,
    Cause,
    CueDropped,
    CueFired,
    CuesArmed,
    ExitCorrected,
    ExitStandby,
    MusicEnded,
    MusicJumped,
    NumberStarted,
    Refused,
)
from collavoce.units import Bpm, Instant, Quarters, Seconds

BARS = 8
BY_ITSELF = frozenset({Cause.FOLLOWER, Cause.JUMP, Cause.AFTER, Cause.END})


def at_quarter(quarter: int) -> AtPlace:
    return AtPlace(Quarters(quarter), "there")


@st.composite
def cue_lists(draw: st.DrawFn, prefix: str) -> tuple[Cue, ...]:
    """Up to seven cues; an after-cue hangs on one written before it."""
    cues: list[Cue] = []
    for index in range(draw(st.integers(0, 7))):
        triggers: list[st.SearchStrategy[Trigger]] = [
            st.integers(0, 4 * BARS).map(at_quarter),
            st.sampled_from([AtEnd(Seconds(0.0)), AtEnd(Seconds(2.0))]),
            st.just(ByHand()),
        ]
        if cues:
            parents = st.sampled_from([cue.number for cue in cues])
            waits = st.sampled_from([Seconds(0.0), Seconds(1.0), Seconds(5.0)])
            triggers.append(st.builds(AfterCue, parents, waits))
        trigger = draw(st.one_of(triggers))
        actions = draw(
            st.sampled_from(
                [
                    (),
                    (SetLevels({"front": 0.0}, Seconds(1.0)),),
                    (CallPerson("friend", "SL", Seconds(10.0)),),
                ]
            )
        )
        again, skipped = draw(st.tuples(*[st.sampled_from(AfterJump)] * 2))
        number = f"{prefix}{index}"
        cues.append(Cue(number, number, Department.LX, trigger, actions, again, skipped))
    return tuple(cues)


@st.composite
def shows(draw: st.DrawFn) -> Show:
    return Show(
        title="laws",
        timezone="UTC",
        numbers=(
            Number("1", "", None, None, draw(cue_lists("A"))),
            Number("2", "", None, None, draw(cue_lists("B"))),
        ),
        people={"mina": Person("mina", "Mina")},
        exits={"SL": Exit("SL", "left")},
        seats={"friend": Seat("friend", draw(st.sampled_from([None, "mina"])))},
        patch=Patch(),
    )


NAMES = st.sampled_from([f"{prefix}{index}" for prefix in "AB" for index in range(8)])
HALVES = st.integers(-2, 8 * BARS + 8).map(lambda half: Quarters(half / 2))
QUARTERS = st.floats(-1.0, 4.0 * BARS + 4, allow_nan=False).map(Quarters)

ESTIMATES = st.builds(
    Estimate,
    at=st.just(Instant(0.0)),
    heard_at=st.floats(0.0, 100.0).map(Instant),
    quarter=QUARTERS,
    tempo=st.sampled_from([Bpm(0.0), Bpm(60.0), Bpm(200.0)]),
    confidence=st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    state=st.sampled_from(Music),
    remaining=st.one_of(st.none(), st.floats(0.0, 30.0).map(Seconds)),
    jump=st.one_of(st.none(), st.builds(Jump, QUARTERS, QUARTERS)),
)

RISKS = st.sampled_from(["r1", "r2"])
COMMANDS: st.SearchStrategy[AnyCommand] = st.one_of(
    st.builds(Hear, ESTIMATES),
    st.builds(Hear, ESTIMATES),
    st.just(Tick()),
    st.builds(Go, st.one_of(st.none(), NAMES)),
    st.builds(StartNumber, st.sampled_from(["1", "2", "3"])),
    st.builds(PointTo, NAMES),
    st.builds(GoTo, NAMES),
    st.sampled_from([Back(), Hold(), Resume(), Stop(), Follow(on=True), Follow(on=False)]),
    st.builds(LightsSeen, st.booleans()),
    st.builds(Acknowledge, NAMES, st.just("mina")),
    st.builds(NotClear, NAMES, st.just("mina"), st.sampled_from(["", "door"])),
    st.builds(MarkNote, st.text(max_size=5)),
    st.builds(HoldRisk, RISKS, st.just("SL"), st.booleans()),
    st.builds(TakeRisk, RISKS, st.sampled_from(["mina", "nobody"])),
    st.builds(ClearRisk, RISKS),
    st.builds(SetAvailable, st.just("mina"), st.booleans()),
    st.builds(AskStop, st.sampled_from(["s1", "s2"])),
    st.builds(WriteReport, st.text(max_size=5)),
)
STEPS = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.6, 3.0]), COMMANDS), max_size=40)


@dataclass
class Run:
    """A show that is asked one thing after the other."""

    show: Show
    state: ShowState = field(default_factory=ShowState)
    now: float = 0.0
    told: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def ask(self, command: AnyCommand) -> tuple[AnyEvent, ...] | Refused:
        answer = decide(self.show, self.state, command, Instant(self.now), "caller")
        if not isinstance(answer, Refused):
            for event in answer:
                self.told.append(event)
                self.state = evolve(self.show, self.state, event)
        return answer


def begun(show: Show) -> Run:
    run = Run(show)
    run.ask(StartNumber("1"))
    return run


@given(shows(), STEPS)
@settings(max_examples=300)
def test_replaying_the_events_gives_the_live_state(
    show: Show, steps: list[tuple[float, AnyCommand]]
) -> None:
    run = begun(show)
    for seconds, command in steps:
        run.now += seconds
        run.ask(command)
    state = ShowState()
    for event in run.told:
        state = evolve(show, state, event)
    assert state == run.state


@given(shows(), STEPS)
@settings(max_examples=300)
def test_a_cue_fires_by_itself_a_second_time_only_by_hand_or_declared_jump(
    show: Show, steps: list[tuple[float, AnyCommand]]
) -> None:
    run = begun(show)
    for seconds, command in steps:
        run.now += seconds
        run.ask(command)
    times: Counter[str] = Counter()
    freed: set[str] = set()
    for event in run.told:
        match event:
            case NumberStarted():
                own = {cue.number for cue in show.number(event.number).cues}
                for cue in own:
                    del times[cue]
            case CuesArmed():
                freed |= set(event.cues)
            case MusicJumped() if event.target < event.origin:
                freed |= {
                    cue.number
                    for number in show.numbers
                    for cue in number.cues
                    if cue.again is AfterJump.FIRE
                }
            case CueFired():
                cue = show.cue(event.cue)
                if isinstance(cue.trigger, AfterCue):
                    may = event.cause is Cause.HAND or times[cue.number] < times[cue.trigger.cue]
                else:
                    may = event.cause is Cause.HAND or times[cue.number] == 0 or cue.number in freed
                assert may, (event, run.told)
                freed.discard(cue.number)
                times[cue.number] += 1
            case _:
                pass


@given(shows(), STEPS)
@settings(max_examples=300)
def test_a_hand_always_wins(show: Show, steps: list[tuple[float, AnyCommand]]) -> None:
    run = begun(show)
    for seconds, command in steps:
        run.now += seconds
        run.ask(command)
    run.now += show.guard + 0.01
    standby = run.state.pointer
    answer = run.ask(Go(standby))
    if standby is None:
        assert isinstance(answer, Refused)
        return
    assert not isinstance(answer, Refused)
    first = answer[0]
    assert isinstance(first, CueFired)
    assert (first.cue, first.cause) == (standby, Cause.HAND)
    assert standby not in run.state.armed


@given(shows(), STEPS)
@settings(max_examples=300)
def test_in_a_hold_nothing_fires_by_itself(
    show: Show, steps: list[tuple[float, AnyCommand]]
) -> None:
    run = begun(show)
    run.ask(Hold())
    for seconds, command in steps:
        run.now += seconds
        if isinstance(command, Resume):
            continue
        answer = run.ask(command)
        assert not isinstance(answer, Refused) or answer.why
        fired = [] if isinstance(answer, Refused) else answer
        assert not [e for e in fired if isinstance(e, CueFired) and e.cause in BY_ITSELF]


@given(shows(), STEPS)
@settings(max_examples=300)
def test_a_tick_leaves_nothing_due_and_the_pointer_in_its_number(
    show: Show, steps: list[tuple[float, AnyCommand]]
) -> None:
    run = begun(show)
    for seconds, command in steps:
        run.now += seconds
        run.ask(command)
        run.ask(Tick())
        due = next_due(run.state)
        assert due is None or due > run.now
        assert not run.state.offered & run.state.waiting.keys()
        own = [cue.number for cue in show.number(run.state.number or "1").cues]
        assert run.state.pointer is None or run.state.pointer in own
        assert run.state.armed <= set(own)


@given(shows(), st.lists(st.floats(0.0, 4.0 * BARS), max_size=30))
def test_walking_through_in_steps_of_any_size_fires_every_place_cue_once(
    show: Show, stops: list[float]
) -> None:
    run = begun(show)
    for quarter in [*sorted(stops), 4.0 * BARS]:
        run.now += 0.1
        run.ask(Hear(sure(run.now, Quarters(quarter))))
    fired = [
        event.cue
        for event in run.told
        if isinstance(event, CueFired) and event.cause is Cause.FOLLOWER
    ]
    quarters = {
        cue.number: cue.trigger.quarter
        for cue in show.number("1").cues
        if isinstance(cue.trigger, AtPlace)
    }
    assert sorted(fired) == sorted(quarters)
    assert [quarters[cue] for cue in fired] == sorted(quarters.values())


@given(shows(), HALVES, HALVES)
def test_a_leap_forward_lets_go_or_makes_up_for_exactly_what_lies_between(
    show: Show, origin: Quarters, target: Quarters
) -> None:
    origin, target = sorted((origin, target))
    run = begun(show)
    before = run.state.armed
    run.ask(Hear(sure(run.now, target, Jump(origin, target))))
    dropped = {event.cue for event in run.told if isinstance(event, CueDropped)}
    leapt = {
        event.cue for event in run.told if isinstance(event, CueFired) and event.cause is Cause.JUMP
    }
    between = {
        cue.number
        for cue in show.number("1").cues
        if isinstance(cue.trigger, AtPlace)
        and cue.number in before
        and origin < cue.trigger.quarter < target
    }
    skipped = {name for name in between if show.cue(name).skipped is AfterJump.FIRE}
    assert leapt == skipped
    assert dropped == between - skipped
    run.ask(Hear(sure(run.now, Quarters(4.0 * BARS + 4))))
    later = {event.cue for event in run.told if isinstance(event, CueFired)}
    assert not later & dropped


@given(shows(), STEPS)
@settings(max_examples=300)
def test_a_person_is_called_once_a_pass_and_not_told_anew_twice_in_a_second(
    show: Show, steps: list[tuple[float, AnyCommand]]
) -> None:
    run = begun(show)
    for seconds, command in steps:
        run.now += seconds
        run.ask(command)
    told_at: dict[str, float] = {}
    for event in run.told:
        if isinstance(event, NumberStarted):
            for cue in show.number(event.number).cues:
                told_at.pop(cue.number, None)
        elif isinstance(event, ExitStandby):
            assert event.cue not in told_at
            told_at[event.cue] = event.at
        elif isinstance(event, ExitCorrected):
            assert event.cue in told_at
            assert event.at - told_at[event.cue] >= 1.0
            told_at[event.cue] = event.at


@given(shows(), STEPS)
@settings(max_examples=300)
def test_the_music_ends_once_unless_it_jumps_back(
    show: Show, steps: list[tuple[float, AnyCommand]]
) -> None:
    run = begun(show)
    for seconds, command in steps:
        run.now += seconds
        run.ask(command)
    ended = False
    for event in run.told:
        match event:
            case MusicEnded():
                assert not ended
                ended = True
            case NumberStarted():
                ended = False
            case MusicJumped():
                ended = ended and event.target >= event.origin
            case _:
                pass


def sure(now: float, quarter: Quarters, jump: Jump | None = None) -> Estimate:
    """An estimate nobody doubts."""
    return Estimate(
        at=Instant(now),
        heard_at=Instant(now),
        quarter=quarter,
        tempo=Bpm(120.0),
        confidence=0.9,
        state=Music.FOLLOWING,
        jump=jump,
    )
