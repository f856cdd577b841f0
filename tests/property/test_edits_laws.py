"""Edits: whatever is done can be undone; the lock holds; what is replayed is what was lived."""

from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.show.asked.edits import Arm, Lock, Redo, Undo
from collavoce.show.asked.setlist import ChangeSetList
from collavoce.show.asked.timers import PauseTimer, ResetTimer, SetTimer, StartTimer
from collavoce.show.commands import AnyCommand, StartNumber
from collavoce.show.cues import Countdown, Cue, Department, Number, Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, Refused
from collavoce.show.evolve import evolve
from collavoce.show.patch import Patch
from collavoce.show.plan import Item, Plan
from collavoce.show.setlist.tonight import next_number, plan_of
from collavoce.show.state import ShowState
from collavoce.show.timers import Phase, shows
from collavoce.show.triggers import ByHand
from collavoce.units import Instant, Seconds

NAMES = ("a", "b", "c", "d")


def number(name: str) -> Number:
    cue = Cue(f"{name}1", name, Department.LX, ByHand(), ())
    return Number(name, name.upper(), None, "jun", (cue,), covers=("mina",))


SHOW = Show(
    title="An evening",
    timezone="Europe/Vienna",
    numbers=tuple(map(number, NAMES)),
    people={},
    exits={},
    seats={},
    patch=Patch(),
    timers={"t": Countdown("t", "Timer", "down", Seconds(60.0))},
)

items = st.permutations(NAMES).flatmap(
    lambda names: st.tuples(
        *(
            st.builds(
                Item,
                st.just(name),
                cut=st.booleans(),
                cover=st.sampled_from(["", "mina", "zoe"]),
            )
            for name in names
        )
    )
)


def by_hand(these: tuple[Item, ...]) -> AnyCommand:
    return ChangeSetList(Plan(these), "by hand")


edits: st.SearchStrategy[AnyCommand] = st.one_of(
    st.builds(Arm, st.sampled_from([("a1",), ("b1", "c1"), ("x",)]), st.booleans()),
    st.builds(SetTimer, st.just("t"), st.sampled_from([5.0, 50.0, -1.0])),
    st.builds(by_hand, items),
)
others: st.SearchStrategy[AnyCommand] = st.one_of(
    st.builds(StartNumber, st.sampled_from(["", *NAMES])),
    st.sampled_from([StartTimer("t"), PauseTimer("t"), ResetTimer("t")]),
    st.builds(Lock, st.booleans()),
    st.sampled_from([Undo(), Redo()]),
)


def asked(
    state: ShowState, command: AnyCommand, now: float
) -> tuple[ShowState, tuple[AnyEvent, ...]]:
    told = decide(SHOW, state, command, Instant(now), "caller")
    if isinstance(told, Refused):
        return state, ()
    for event in told:
        state = evolve(SHOW, state, event)
    return state, told


def after(commands: list[AnyCommand]) -> ShowState:
    state = ShowState(opened=True)
    for now, command in enumerate(commands):
        state, _ = asked(state, command, now)
    return state


@given(st.lists(st.one_of(edits, others), max_size=20), edits)
def test_what_was_just_done_can_be_undone_and_made_again(
    before: list[AnyCommand], edit: AnyCommand
) -> None:
    state = after(before)
    done, told = asked(state, edit, 100.0)
    if not told or done.edited == state.edited:
        return
    undone, _ = asked(done, Undo(), 101.0)
    assert undone.edited == state.edited
    again, _ = asked(undone, Redo(), 102.0)
    assert again.edited == done.edited


@given(st.lists(st.one_of(edits, others), max_size=20), st.one_of(edits, st.just(Undo())))
def test_under_the_lock_nothing_is_edited(before: list[AnyCommand], edit: AnyCommand) -> None:
    state, _ = asked(after(before), Lock(on=True), 100.0)
    after_it, told = asked(state, edit, 101.0)
    assert told == ()
    assert after_it is state


@given(st.lists(st.one_of(edits, others), max_size=30))
def test_every_number_stands_in_every_plan_once_and_a_cut_one_never_comes_by_itself(
    commands: list[AnyCommand],
) -> None:
    state = after(commands)
    plan = plan_of(SHOW, state)
    assert sorted(item.number for item in plan.items) == sorted(NAMES)
    following = next_number(SHOW, state)
    cut = {item.number for item in plan.items if item.cut}
    assert following not in cut
    assert all(item.cover in ("", "mina") for item in plan.items)


@given(st.lists(st.one_of(edits, others), max_size=30))
def test_what_was_played_is_never_moved(commands: list[AnyCommand]) -> None:
    state = ShowState(opened=True)
    for now, command in enumerate(commands):
        before = plan_of(SHOW, state)
        here, played = state.number, {one.number for one in state.played}
        state, _ = asked(state, command, now)
        if here is None or isinstance(command, StartNumber):
            continue
        now_plan = plan_of(SHOW, state)
        was = [i for i in before.items[: before.index(here)] if i.number in played]
        kept = [i for i in now_plan.items[: now_plan.index(here)] if i.number in played]
        assert kept == was


@settings(max_examples=60)
@given(st.lists(st.one_of(edits, others), max_size=40))
def test_replayed_is_lived(commands: list[AnyCommand]) -> None:
    live = ShowState(opened=True)
    told: list[AnyEvent] = []
    for now, command in enumerate(commands):
        live, events = asked(live, command, now)
        told += events
    replayed = ShowState(opened=True)
    for event in told:
        replayed = evolve(SHOW, replayed, event)
    assert replayed == live


@given(st.lists(st.tuples(st.sampled_from("sprl"), st.integers(0, 20)), max_size=15))
def test_a_timer_shows_its_length_less_what_it_ran(turns: list[tuple[str, int]]) -> None:
    state, now, ran, runs, length = ShowState(opened=True), 0.0, 0.0, False, 60.0
    kinds: dict[str, AnyCommand] = {
        "s": StartTimer("t"),
        "p": PauseTimer("t"),
        "r": ResetTimer("t"),
    }
    for turn, wait in turns:
        now += wait
        ran += wait if runs else 0
        if turn == "l":
            length = 60.0 + wait
            state, _ = asked(state, SetTimer("t", length), now)
        else:
            state, _ = asked(state, kinds[turn], now)
            runs = turn == "s" or (runs and turn == "l")
            ran = 0.0 if turn == "r" else ran
    face, phase = shows(state, SHOW.timers["t"], Instant(now), Seconds(0.0))
    assert abs(face - (length - ran)) < 1e-9
    assert (phase is Phase.READY) <= (ran == 0.0)
