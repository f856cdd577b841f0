"""The laws of the cue engine; hypothesis looks for the exception."""

from collections import Counter
from dataclasses import dataclass, field

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.company.people import Exit, Person, Seat
from collavoce.following.estimate import Ahead, Estimate, Jump, Music
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.person import CallPerson
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
from collavoce.show.cues import AfterJump, Cue, Department, Number, Show
from collavoce.show.decide import decide
from collavoce.show.events import (
    AnyEvent,
    CueDropped,
    CueFired,
    CueOffered,
    CuesArmed,
    ExitCorrected,
    ExitStandby,
    MusicEnded,
    MusicJumped,
    MusicPlaced,
    NumberStarted,
    Refused,
    StageTracked,
    StandbyOverridden,
)
from collavoce.show.evolve import evolve
from collavoce.show.patch import Patch
from collavoce.show.rules.ahead import GIVE_S, time_to
from collavoce.show.rules.sure import FIRE_CONFIDENCE
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand, Trigger
from collavoce.units import Bpm, Instant, Quarters, Seconds

BARS = 8
BY_ITSELF = frozenset(Cause) - {Cause.HAND}


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
        lead = draw(st.sampled_from([Seconds(0.0), Seconds(0.0), Seconds(1.0), Seconds(4.0)]))
        number = f"{prefix}{index}"
        cues.append(Cue(number, number, Department.LX, trigger, actions, again, skipped, lead))
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

FORESEEN = st.lists(
    st.builds(Ahead, QUARTERS, st.floats(0.0, 6.0).map(Seconds), st.floats(0.0, 1.0).map(Seconds)),
    max_size=4,
).map(lambda ahead: tuple(sorted(ahead, key=lambda one: (one.quarter, one.after))))
"""In order of place; of time only as far as chance has it: nothing of ours may rest on that."""

ESTIMATES = st.builds(
    Estimate,
    at=st.just(Instant(0.0)),
    heard_at=st.floats(0.0, 100.0).map(Instant),
    quarter=QUARTERS,
    tempo=st.sampled_from([Bpm(0.0), Bpm(60.0), Bpm(200.0)]),
    confidence=st.sampled_from([0.0, 0.3, 0.8, 1.0]),
    state=st.sampled_from(Music),
    remaining=st.one_of(st.none(), st.floats(0.0, 30.0).map(Seconds)),
    jump=st.one_of(st.none(), st.builds(Jump, QUARTERS, QUARTERS, st.sampled_from(["", "ada"]))),
    foreseen=FORESEEN,
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
            case MusicJumped() | MusicPlaced() if event.target < event.origin:
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
    answer = run.ask(Go(standby, override=True))
    if standby is None:
        assert isinstance(answer, Refused)
        return
    assert not isinstance(answer, Refused)
    first = next(event for event in answer if not isinstance(event, StandbyOverridden))
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
    offered = {event.cue for event in run.told if isinstance(event, CueOffered)} & between
    tracked = {
        cue for event in run.told if isinstance(event, StageTracked) for cue in event.cues
    } & between
    policy = {name: show.cue(name).skipped for name in between}
    assert leapt == {name for name in between if policy[name] is AfterJump.FIRE}
    assert offered == {name for name in between if policy[name] is AfterJump.OFFER}
    assert dropped == {name for name in between if policy[name] is AfterJump.DROP}
    assert tracked == {name for name in between if policy[name] is AfterJump.TRACK}
    run.ask(Hear(sure(run.now, Quarters(4.0 * BARS + 4))))
    later = {event.cue for event in run.told if isinstance(event, CueFired)}
    assert not later & (dropped | offered | tracked)


@given(shows(), HALVES, HALVES)
def test_a_place_that_a_person_says_fires_nothing_it_passes(
    show: Show, origin: Quarters, target: Quarters
) -> None:
    origin, target = sorted((origin, target))
    run = begun(show)
    before = run.state.armed
    run.ask(Hear(sure(run.now, target, Jump(origin, target, "ada"))))
    told = {e.cue for e in run.told if isinstance(e, CueDropped | CueOffered)}
    told |= {cue for e in run.told if isinstance(e, StageTracked) for cue in e.cues}
    for event in run.told:
        if isinstance(event, CueFired):
            place = show.cue(event.cue).trigger
            at_once = isinstance(place, AtPlace) and not origin < place.quarter < target
            assert at_once or event.cause is Cause.AFTER
    passed = {
        cue.number
        for cue in show.number("1").cues
        if isinstance(cue.trigger, AtPlace)
        and cue.number in before
        and origin < cue.trigger.quarter < target
    }
    assert passed <= told


@given(shows(), STEPS)
@settings(max_examples=300)
def test_ahead_of_its_place_a_cue_fires_only_when_it_is_foreseen_by_a_sure_follower(
    show: Show, steps: list[tuple[float, AnyCommand]]
) -> None:
    run = begun(show)
    for seconds, command in steps:
        run.now += seconds
        answer = run.ask(command)
        for event in () if isinstance(answer, Refused) else answer:
            if not isinstance(event, CueFired) or event.cause is not Cause.AHEAD:
                continue
            assert isinstance(command, Hear)
            estimate, cue = command.estimate, show.cue(event.cue)
            assert estimate.state is Music.FOLLOWING
            assert estimate.confidence >= FIRE_CONFIDENCE
            assert isinstance(cue.trigger, AtPlace)
            foreseen = time_to(estimate, cue.trigger.quarter)
            assert foreseen is not None
            assert foreseen[1] <= GIVE_S
            assert estimate.at + foreseen[0] - cue.lead <= run.now


@given(shows(), st.lists(st.floats(0.05, 0.7), min_size=1, max_size=80))
def test_played_through_with_leads_every_place_cue_fires_once_and_never_behind_its_place(
    show: Show, strides: list[float]
) -> None:
    run = begun(show)
    quarter = 0.0
    for stride in [*strides, *[0.5] * (8 * BARS)]:
        run.now += stride / 2
        quarter += stride
        ahead = tuple(
            Ahead(Quarters(quarter + n), Seconds(n / 2), Seconds(0.02 * n)) for n in range(1, 9)
        )
        heard = sure(run.now, Quarters(quarter))
        run.ask(Hear(msgspec.structs.replace(heard, foreseen=ahead)))
    fired = [e for e in run.told if isinstance(e, CueFired) and e.cause is not Cause.AFTER]
    places = {cue.number: cue for cue in show.number("1").cues if isinstance(cue.trigger, AtPlace)}
    assert sorted(e.cue for e in fired) == sorted(places)
    for event in fired:
        cue = places[event.cue]
        assert isinstance(cue.trigger, AtPlace)
        if event.cause is Cause.AHEAD:
            assert event.quarter is not None
            gone = max(cue.trigger.quarter - event.quarter, 0.0) / 2
            assert gone <= cue.lead + 1e-6
            assert cue.lead > 0


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
            case MusicJumped() | MusicPlaced():
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
