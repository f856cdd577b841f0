"""The laws of the whole cue engine: every trigger, every action, every command, in any order."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.property.any_show import SIZE, Chance

from collavoce.show.actions.group import FireGroup
from collavoce.show.asked.running import PauseCue, ResumeCue
from collavoce.show.commands import AnyCommand, Go, Hold, Resume, StartNumber, Stop, Tick
from collavoce.show.cues import Show
from collavoce.show.decide import decided
from collavoce.show.events import (
    AnyEvent,
    CueBegun,
    CueEnded,
    CueFired,
    CueOffered,
    CuePassed,
    CuesArmed,
    MusicJumped,
    MusicPlaced,
    NumberStarted,
    Refused,
)
from collavoce.show.evolve import evolve
from collavoce.show.rules.kept_back import holder
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause
from collavoce.units import Instant

SEEDS = int(os.environ.get("COLLAVOCE_SEEDS", "400"))
EVENTS_MOST = 400
"""Of one decision over ten cues. Each fires at most twice in one, by a group and by a wait."""

NEAR = 1e-6

Step = tuple[AnyCommand, str, ShowState, tuple[AnyEvent, ...]]
"""What was asked, by whom, the state before it, what came of it."""


@dataclass
class Evening:
    """A show that is asked one thing after the other, from its first number on."""

    show: Show
    state: ShowState = field(default_factory=ShowState)
    now: float = 0.0
    told: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def ask(self, command: AnyCommand, by: str = "caller") -> tuple[AnyEvent, ...]:
        came = decided(self.show, self.state, command, Instant(self.now), by)
        if isinstance(came, Refused):
            assert came.why
            return ()
        self.told += came.events
        self.state = came.state
        return came.events

    def walk(self, chance: Chance) -> Iterator[Step]:
        for seconds, command, by in chance.steps():
            self.now += seconds
            before = self.state
            yield command, by, before, self.ask(command, by)


def begun(chance: Chance) -> Evening:
    evening = Evening(chance.show())
    evening.ask(StartNumber("1"))
    return evening


def played(seed: int) -> Evening:
    """A whole evening."""
    chance = Chance(seed)
    evening = begun(chance)
    for _ in evening.walk(chance):
        pass
    return evening


def test_the_evenings_hold_everything_that_can_fire_a_cue_and_happen_to_one() -> None:
    causes: Counter[Cause] = Counter()
    kinds: Counter[type[AnyEvent]] = Counter()
    for seed in range(200):
        for event in played(seed).told:
            kinds[type(event)] += 1
            if isinstance(event, CueFired):
                causes[event.cause] += 1
    assert set(Cause) - causes.keys() <= {Cause.AHEAD}
    names = {kind.__name__ for kind in kinds}
    assert {"CuePassed", "CuePaused", "CueResumed", "CueHalted", "HazardConfirmed"} <= names
    assert {"StandbyOverridden", "StandbyAnswered", "CueEnded", "CueBegun", "EditUndone"} <= names


def test_replaying_the_events_gives_the_live_state() -> None:
    for seed in range(SEEDS):
        evening = played(seed)
        state = ShowState()
        for event in evening.told:
            state = evolve(evening.show, state, event)
        assert state == evening.state, seed


def test_a_decision_ends_and_a_tick_leaves_nothing_due() -> None:
    for seed in range(SEEDS):
        chance = Chance(seed)
        evening = begun(chance)
        for _, _, _, told in evening.walk(chance):
            assert len(told) < EVENTS_MOST, seed
            for _ in range(2 * SIZE):
                due = next_due(evening.state)
                if due is None or due > evening.now:
                    break
                assert evening.ask(Tick()), f"{seed}: a tick that was due told nothing"
            else:
                raise AssertionError(f"{seed}: still due: {evening.state}")
            state = evening.state
            waits = state.waiting.keys()
            assert not state.offered & waits, seed
            assert state.begun.keys() <= waits | state.paused.keys(), seed
            assert not state.paused.keys() & waits, seed


def test_in_a_hold_nothing_fires_but_by_a_hand_and_what_comes_with_it() -> None:
    for seed in range(SEEDS):
        chance = Chance(seed)
        evening = begun(chance)
        for command, by, before, told in evening.walk(chance):
            if not before.held or isinstance(command, Resume):
                continue
            came: set[str] = set()
            for event in told:
                if not isinstance(event, CueFired):
                    continue
                hand = event.cause is Cause.HAND or (event.cause is Cause.INPUT and by == "caller")
                assert hand or (event.cause is Cause.GROUP and event.by in came), (seed, event)
                came.add(event.cue)


def test_by_itself_no_cue_fires_that_is_disarmed_a_hazard_or_kept_back() -> None:
    met = 0
    for seed in range(SEEDS):
        evening = played(seed)
        show, state = evening.show, ShowState()
        for event in evening.told:
            if isinstance(event, CueFired):
                cue = show.cue(event.cue)
                assert event.cue not in state.edited.disarmed, (seed, event)
                if event.cause is not Cause.HAND and event.cue not in state.overridden:
                    assert not cue.hazard, (seed, event)
                    for need in cue.needs:
                        met += 1
                        person = holder(show, state, need.who)
                        assert state.persons.get(person or "") is need.state, (seed, event)
                    called = state.standbys.get(event.cue)
                    answers = called.answers.values() if called is not None else ()
                    assert all(answer.clear for answer in answers), (seed, event)
            state = evolve(show, state, event)
    assert met > SEEDS / 10


def test_no_cue_comes_twice_without_a_hand_a_jump_a_go_to_or_what_it_hangs_on() -> None:
    """Each firing by itself uses up a reason, and a reason comes from somewhere."""
    for seed in range(SEEDS):
        evening = played(seed)
        reasons = Reasons(evening.show)
        for event in evening.told:
            if isinstance(event, CueFired | CuePassed | CueBegun):
                assert reasons.spend(event) or _was_begun(evening, event), (seed, event)
            else:
                reasons.give(event)


@dataclass
class Reasons:
    """What may yet fire each cue: itself once, and whatever it hangs on that came since."""

    show: Show
    spent: set[str] = field(default_factory=set[str])
    brought: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def give(self, event: AnyEvent) -> None:
        """What makes a cue come again."""
        match event:
            case NumberStarted():
                self.spent -= {cue.number for cue in self.show.number(event.number).cues}
            case CuesArmed():
                self.spent -= set(event.cues)
            case MusicJumped() | MusicPlaced() if event.target < event.origin:
                self.spent.clear()
            case CueEnded():
                self._bring(event.cue, {c.number for c in self.show.cues_after.get(event.cue, ())})
            case _:
                pass

    def spend(self, event: CueFired | CuePassed | CueBegun) -> bool:
        """Whether there was a reason for it; there is none any more."""
        cue = event.cue
        if event.cause in {Cause.AFTER, Cause.GROUP}:
            had = event.by in self.brought.get(cue, set())
        else:
            had = event.cause in {Cause.HAND, Cause.INPUT} or cue not in self.spent
        self.spent.add(cue)
        if not isinstance(event, CueBegun):
            self.brought.pop(cue, None)
            self._bring(cue, _brings(self.show, cue))
        return had

    def _bring(self, cue: str, others: set[str]) -> None:
        for other in others:
            self.brought.setdefault(other, set()).add(cue)


def _was_begun(evening: Evening, fired: AnyEvent) -> bool:
    """Whether the firing is the end of a pre-wait that began for the same reason."""
    return isinstance(fired, CueFired | CuePassed) and any(
        isinstance(event, CueBegun) and (event.cue, event.cause) == (fired.cue, fired.cause)
        for event in evening.told
    )


def _brings(show: Show, cue: str) -> set[str]:
    members = {m for a in show.cue(cue).actions if isinstance(a, FireGroup) for m in a.cues}
    return members | {after.number for after in show.cues_after.get(cue, ())}


def test_pause_and_resume_put_everything_of_a_cue_off_by_the_pause() -> None:
    paused = 0
    for seed in range(SEEDS):
        evening = played(seed)
        evening.ask(Resume())
        evening.ask(Tick())
        for cue in (*evening.state.waiting, *evening.state.running):
            one = Evening(evening.show, evening.state, evening.now)
            before = one.state
            if not one.ask(PauseCue(cue)):
                continue
            paused += 1
            assert cue not in one.state.waiting, seed
            pause = 1.0 + seed % 7
            one.now += pause
            assert one.ask(ResumeCue(cue)), seed
            for other, due in before.waiting.items():
                stood = one.state.waiting[other] - due
                moved = abs(stood - pause) < NEAR
                assert moved or (abs(stood) < NEAR and other != cue), (seed, cue, other)
            run, after = before.running.get(cue), one.state.running.get(cue)
            if run is not None and run.until is not None and run.paused_at is None:
                assert after is not None, seed
                if run.until > evening.now or run.members:
                    assert after.until is not None
                    assert abs(after.until - run.until - pause) < NEAR, (seed, cue)
    assert paused > SEEDS / 10


def test_in_a_hold_all_waits_stand_still_and_go_on_with_resume() -> None:
    kept = 0
    for seed in range(SEEDS):
        evening = played(seed)
        evening.ask(Resume())
        evening.ask(Tick())
        before = dict(evening.state.waiting)
        evening.ask(Hold())
        evening.now += 7.0
        told = evening.ask(Resume())
        if any(isinstance(event, CueEnded) for event in told):
            continue  # what was running was over in the hold, and what hangs on that may come
        assert len(told) <= 1, (seed, told)
        kept += len(before)
        for cue, due in before.items():
            assert abs(evening.state.waiting[cue] - due - 7.0) < NEAR, (seed, cue)
    assert kept > SEEDS / 20


def test_a_stop_leaves_nothing_under_way_and_nothing_comes_of_itself() -> None:
    for seed in range(SEEDS):
        evening = played(seed)
        evening.ask(Stop(2.0 * (seed % 2)))
        state = evening.state
        under_way = (state.waiting, state.begun, state.paused, state.running)
        assert under_way == ({}, {}, {}, {}), seed
        assert not any(state.levels.values()), seed
        evening.ask(Resume())
        for seconds in (1.0, 10.0, 100.0):
            evening.now += seconds
            assert not [e for e in evening.ask(Tick()) if isinstance(e, CueFired | CueOffered)]


def test_a_hand_that_means_it_always_wins() -> None:
    for seed in range(SEEDS):
        evening = played(seed)
        evening.now += 60.0
        standby = evening.state.pointer
        told = evening.ask(Go(override=True))
        if standby is None:
            assert told == (), seed
            continue
        first = next(e for e in told if isinstance(e, CueFired | CueBegun | CuePassed))
        assert (first.cue, first.cause) == (standby, Cause.HAND), seed
