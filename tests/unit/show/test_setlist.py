"""The set list: what each way of bending it costs, and that one choice moves everything."""

from dataclasses import replace
from typing import Any

import pytest

from collavoce.company.people import Exit, Person, Seat
from collavoce.following.estimate import Music
from collavoce.show.asked.edits import Redo, Undo
from collavoce.show.asked.running import SayPerson
from collavoce.show.asked.setlist import ChangeSetList, ProposeNumber
from collavoce.show.commands import GoTo, SetAvailable, StartNumber
from collavoce.show.cues import Cue, Department, Finish, Number, QuickChange, Show
from collavoce.show.events import MusicEnded, NumberStarted
from collavoce.show.patch import Patch
from collavoce.show.person import PersonIs
from collavoce.show.plan import Item, Plan
from collavoce.show.setlist.cost import cost
from collavoce.show.setlist.evening import Busy, Evening, Lengths
from collavoce.show.setlist.options import Option, options
from collavoce.show.setlist.schedule import Standing, schedule
from collavoce.show.setlist.tonight import cues_tonight, next_number, plan_of, plays
from collavoce.show.setlist.ways import Way
from collavoce.show.setlist.wording import lines
from collavoce.show.triggers import AtClock, OnPerson
from collavoce.units import Instant, Quarters, Seconds

from .conftest import Stage
from .conftest import cue as cue_of

MINUTE = 60.0
START = 19.5 * 3600


def number(
    name: str, minutes: float, *lines_: str, performer: str | None = None, **more: Any
) -> Number:
    cues = tuple(cue_of(line) for line in lines_)
    written = Number(name, name.upper(), None, performer, cues, minutes=minutes)
    return replace(written, **more)


def evening_of(*numbers: Number, **more: Any) -> Show:
    names = {"jun": "Jun", "mina": "Mina", "ada": "Ada", "lee": "Lee"}
    show = Show(
        title="An evening",
        timezone="Europe/Vienna",
        numbers=numbers,
        people={id_: Person(id_, name) for id_, name in names.items()},
        exits={"SL": Exit("SL", "stage left")},
        seats={"friend": Seat("friend", "mina")},
        patch=Patch(),
        starts="19:30",
        curfew=Seconds(21 * 3600.0),
    )
    return replace(show, **more)


FINISH = Finish("mark C", Quarters(20.0), Quarters(18.0), Quarters(2.0))

SONGS = (
    number("a", 10, "1 hand", performer="jun", change=2.0),
    number(
        "b",
        12,
        "2 at 4",
        "3 at 24",
        "4 end + 2 friend 40",
        performer="jun",
        finishes=(FINISH,),
        ends=("mark C",),
        change=1.0,
    ),
    number("pause", 20, interval=True),
    number("c", 8, "5 hand", performer="lee", covers=("ada", "jun")),
    number("d", 9, "6 hand", performer="ada"),
)


@pytest.fixture
def stage() -> Stage:
    """The first number began at 19:30, the show clock at zero."""
    made = Stage(evening_of(*SONGS))
    made.when(StartNumber("a"))
    made.told.clear()
    return made


def at(stage: Stage, **more: Any) -> Evening:
    looked = Evening(stage.show, stage.state, Instant(stage.now), Seconds(START + stage.now))
    return replace(looked, **more)


def chosen(stage: Stage, way: Way, about: str = "", words: str = "") -> Option:
    found = [
        option
        for option in options(at(stage))
        if option.way is way and about in ("", option.number) and words in option.words
    ]
    assert found, (way, about)
    return found[0]


def choose(stage: Stage, option: Option) -> None:
    stage.when(
        ChangeSetList(
            option.plan,
            option.way,
            instead=plan_of(stage.show, stage.state),
            words=option.words,
        )
    )
    assert stage.refused is None


def order(stage: Stage) -> list[str]:
    return [item.number for item in plan_of(stage.show, stage.state).items if not item.cut]


def minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / MINUTE, 3)


def test_the_evening_runs_as_it_is_written(stage: Stage) -> None:
    times = schedule(at(stage))
    begins = {row.item.number: minutes(row.begins - START) for row in times.rows}
    assert begins == {"a": 0, "b": 12, "pause": 24, "c": 44, "d": 52}
    assert times.over == 0
    assert minutes(times.ends - START) == 61
    assert minutes(times.spare) == 29
    assert times.unknown == ()


def test_a_number_that_runs_over_moves_what_comes(stage: Stage) -> None:
    stage.now = 14 * MINUTE
    times = schedule(at(stage))
    assert minutes(times.over) == 4
    assert minutes(times.rows[1].begins - START) == 16


def test_a_late_start_is_known_from_what_was_played(stage: Stage) -> None:
    stage.now = 9 * MINUTE
    stage.when(StartNumber("b"))
    assert stage.state.played[-1].number == "b"
    times = schedule(at(stage))
    assert times.rows[0].standing is Standing.PLAYED
    assert minutes(times.rows[0].ends - times.rows[0].begins) == 9
    assert minutes(times.over) == -3


def test_what_a_number_usually_takes_counts_before_what_is_written(stage: Stage) -> None:
    times = schedule(at(stage, usual={"b": 15 * MINUTE}))
    assert minutes(times.over) == 3


def test_what_nobody_knows_is_said(stage: Stage) -> None:
    unknown = replace(SONGS[4], minutes=None)
    stage = Stage(evening_of(*SONGS[:4], unknown))
    times = schedule(at(stage))
    assert times.unknown == ("D",)


def test_before_the_beginning_the_evening_waits_for_its_time() -> None:
    early = Stage(evening_of(*SONGS))
    times = schedule(Evening(early.show, early.state, Instant(0.0), Seconds(START - 600)))
    assert times.rows[0].begins == START
    assert times.over == 0


def test_a_hold_costs_its_minutes_and_nothing_else(stage: Stage) -> None:
    option = chosen(stage, Way.HOLD)
    price = option.cost
    assert minutes(price.later) == 3  # five minutes, two of which the change-over takes anyway
    assert price.out == ()
    assert price.freed == ()
    choose(stage, option)
    assert next_number(stage.show, stage.state) == "b"


def test_the_interval_can_be_taken_now(stage: Stage) -> None:
    option = chosen(stage, Way.INTERVAL)
    choose(stage, option)
    assert order(stage) == ["a", "pause", "b", "c", "d"]


def test_cutting_says_what_falls_out_and_who_is_free(stage: Stage) -> None:
    price = chosen(stage, Way.CUT, "b").cost
    assert minutes(price.later) == -14
    assert price.out == ("2", "3", "4")
    assert price.freed == ("mina",)
    assert [(cue.cue, cue.person, cue.later) for cue in price.persons] == [("4", "mina", None)]
    assert {move.number for move in price.moves} == {"pause", "c", "d"}
    assert all(minutes(move.later) == -14 for move in price.moves)


def test_a_cut_number_is_passed_and_can_be_put_back(stage: Stage) -> None:
    choose(stage, chosen(stage, Way.CUT, "b"))
    assert next_number(stage.show, stage.state) == "pause"
    told = stage.when(StartNumber())
    assert [event.number for event in told if isinstance(event, NumberStarted)] == ["pause"]
    stage.when(Undo())
    assert stage.refused is None
    assert order(stage) == ["a", "b", "pause", "c", "d"]


def test_swapping_moves_calls_and_is_undone_as_easily(stage: Stage) -> None:
    option = chosen(stage, Way.SWAP, "c")
    assert option.words == "C next, B in its place"
    assert option.cost.needed == ()
    assert minutes(option.cost.earlier["lee"]) == 32
    choose(stage, option)
    assert next_number(stage.show, stage.state) == "c"
    stage.when(Undo())
    assert next_number(stage.show, stage.state) == "b"
    stage.when(Redo())
    assert next_number(stage.show, stage.state) == "c"


def test_skipping_puts_a_number_off_to_the_end_of_the_part(stage: Stage) -> None:
    stage.when(StartNumber("pause"))
    choose(stage, chosen(stage, Way.SKIP))
    assert order(stage) == ["a", "b", "pause", "d", "c"]


def test_a_number_alone_in_its_part_is_put_off_to_the_end_of_the_evening(stage: Stage) -> None:
    option = chosen(stage, Way.SKIP)
    assert option.words == "Skip B: it comes after D"
    choose(stage, option)
    assert order(stage) == ["a", "pause", "c", "d", "b"]


def test_a_cover_plays_and_a_quick_change_is_found(stage: Stage) -> None:
    by_ada = chosen(stage, Way.COVER, "c", "Ada")
    assert [c.kind for c in by_ada.cost.conflicts] == ["quick change"]
    assert by_ada.cost.freed == ("lee",)
    by_jun = chosen(stage, Way.COVER, "c", "Jun")
    assert by_jun.cost.conflicts == ()
    choose(stage, by_jun)
    assert plays(stage.show, stage.state, "c") == "jun"
    assert plays(stage.show, stage.state, "d") == "ada"


def test_a_cover_stands_for_the_performer_wherever_a_cue_waits() -> None:
    waits = Cue("7", "when clear", Department.LX, OnPerson("lee", PersonIs.CLEAR), ())
    numbers = (*SONGS[:3], replace(SONGS[3], cues=(waits,)), SONGS[4])
    covered = Stage(evening_of(*numbers))
    covered.when(StartNumber("a"))
    choose(covered, chosen(covered, Way.COVER, "c", "Jun"))
    covered.when(StartNumber("c"))
    covered.when(SayPerson("lee", PersonIs.CLEAR))
    assert covered.fired == []
    covered.when(SayPerson("jun", PersonIs.CLEAR))
    assert covered.fired == ["7"]


def test_a_performer_who_is_not_available_is_a_conflict_that_a_cover_settles(
    stage: Stage,
) -> None:
    stage.when(SetAvailable("lee", available=False))
    option = chosen(stage, Way.COVER, "c", "Jun")
    assert [c.kind for c in option.cost.solved] == ["not available"]
    assert "settled: Lee is not available and plays C." in lines(at(stage), option)


def test_nobody_is_on_two_stages_at_once(stage: Stage) -> None:
    elsewhere = Busy("lee", START + 10 * MINUTE, START + 30 * MINUTE, "x", "plays X")
    swapped = Plan(tuple(Item(n) for n in ("a", "c", "pause", "b", "d")))
    price = cost(at(stage, elsewhere=(elsewhere,)), swapped)
    assert [c.kind for c in price.conflicts] == ["two places"]
    assert price.conflicts[0].words == "Lee plays C and plays X at the same time."


def test_a_change_that_the_show_writes_down_takes_its_time() -> None:
    change = QuickChange("jun", "a", "b", Seconds(180.0))
    stage = Stage(evening_of(*SONGS, changes=(change,)))
    stage.when(StartNumber("a"))
    price = cost(at(stage), Plan(tuple(Item(n) for n in ("a", "c", "pause", "b", "d"))))
    assert [c.number for c in price.solved] == ["b"]


def test_a_clock_cue_whose_number_moves_away_is_said() -> None:
    trigger = AtClock(Seconds(START + 50 * MINUTE), "clock 20:20")
    clock = Cue("9", "at twenty past", Department.LX, trigger, ())
    stage = Stage(evening_of(*SONGS[:3], replace(SONGS[3], cues=(clock,)), SONGS[4]))
    stage.when(StartNumber("a"))
    price = cost(at(stage), Plan(tuple(Item(n) for n in ("a", "c", "pause", "b", "d"))))
    assert [c.kind for c in price.conflicts] == ["clock"]


def test_a_shortened_number_loses_the_cues_behind_its_end(stage: Stage) -> None:
    lengths = Lengths({"b": 10 * MINUTE}, {("b", "mark C"): 5 * MINUTE})
    price = cost(
        at(stage, lengths=lengths),
        Plan((Item("a"), Item("b", to="mark C"), Item("pause"), Item("c"), Item("d"))),
    )
    assert price.out == ("3",)
    assert minutes(price.later) == -6  # half of twelve, by its own minutes


def shortened(stage: Stage) -> None:
    stage.when(StartNumber("b"))
    choose(stage, chosen(stage, Way.SHORTEN, "b"))
    stage.hear(0.0)
    stage.told.clear()


def test_a_shortened_number_ends_at_its_place(stage: Stage) -> None:
    shortened(stage)
    stage.now += 4
    stage.hear(4.0, remaining=60.0)
    assert stage.fired == ["2"]
    stage.now += 14
    stage.hear(18.0, remaining=46.0)
    assert stage.state.music is Music.ENDED
    ended = next(event for event in stage.told if isinstance(event, MusicEnded))
    assert ended.held == 2.0
    stage.after(3.9)
    assert stage.fired == ["2"]
    stage.after(0.2)
    assert stage.fired == ["2", "4"]


def test_a_shortened_number_calls_its_person_by_its_own_end(stage: Stage) -> None:
    shortened(stage)
    stage.hear(0.5, remaining=400.0)
    assert stage.state.exits["4"].off_at == pytest.approx(stage.now + 17.5)


def test_nothing_behind_an_early_end_fires_when_the_player_plays_on(stage: Stage) -> None:
    shortened(stage)
    for quarter in range(1, 40):
        stage.now += 1
        stage.hear(float(quarter), remaining=40.0 - quarter)
    assert stage.fired == ["2", "4"]


def test_the_standby_leaves_a_cue_that_an_early_end_leaves_out(stage: Stage) -> None:
    stage.when(StartNumber("b"))
    stage.when(GoTo("3"))
    choose(stage, chosen(stage, Way.SHORTEN, "b"))
    assert stage.state.pointer == "4"
    assert [cue.number for cue in cues_tonight(stage.show, stage.state, "b")] == ["2", "4"]


def test_an_early_end_taken_back_lets_the_rest_come(stage: Stage) -> None:
    shortened(stage)
    stage.when(Undo())
    stage.now += 24
    stage.hear(24.0)
    assert "3" in stage.fired


def test_what_was_played_stays_where_it_is(stage: Stage) -> None:
    stage.when(StartNumber("b"))
    moved = Plan(tuple(Item(n) for n in ("b", "a", "pause", "c", "d")))
    stage.when(ChangeSetList(moved, "swap"))
    assert stage.refused == "A has been played, or is being played: it stays where it is."


def test_an_undo_that_would_turn_the_past_round_is_refused(stage: Stage) -> None:
    choose(stage, chosen(stage, Way.SWAP, "c"))
    stage.when(StartNumber("c"))
    stage.when(Undo())
    assert stage.refused is None  # c is being played, and nothing that was played moves
    stage.when(Redo())
    stage.when(StartNumber("pause"))
    stage.when(StartNumber("b"))
    stage.when(Undo())
    assert stage.refused is not None
    assert order(stage) == ["a", "c", "pause", "b", "d"]


@pytest.mark.parametrize(
    "plan",
    [
        Plan((Item("a"), Item("b"))),
        Plan(tuple(Item(n) for n in ("a", "b", "pause", "c", "d", "d"))),
        Plan((Item("a"), Item("b", to="mark X"), Item("pause"), Item("c"), Item("d"))),
        Plan((Item("a"), Item("b", cover="lee"), Item("pause"), Item("c"), Item("d"))),
        Plan((Item("a"), Item("b", minutes=-3), Item("pause"), Item("c"), Item("d"))),
        Plan((Item("a"), Item("b"), Item("pause"), Item("c"), Item("d"), Item(""))),
        Plan((Item("a"), Item("b", hold=True), Item("pause"), Item("c"), Item("d"))),
    ],
)
def test_a_set_list_that_makes_no_sense_is_refused(stage: Stage, plan: Plan) -> None:
    stage.when(ChangeSetList(plan, "by hand"))
    assert stage.refused is not None
    assert stage.state.edited.plan is None


def test_a_choice_on_a_list_that_has_moved_is_refused(stage: Stage) -> None:
    seen = plan_of(stage.show, stage.state)
    choose(stage, chosen(stage, Way.CUT, "b"))
    stage.when(ChangeSetList(seen, "swap", instead=seen))
    assert stage.refused == "The set list has moved since. Look again."


def test_every_option_is_a_set_list_that_can_be_had(stage: Stage) -> None:
    stage.when(ProposeNumber("song", "A song", "references/song.wav", 3.0, ("mina",)))
    found = options(at(stage))
    assert {option.way for option in found} == set(Way)
    for option in found:
        fresh = Stage(stage.show, stage.state)
        choose(fresh, option)
        assert lines(at(stage), option)
        fresh.when(Undo())
        assert fresh.state.edited == stage.state.edited


def test_after_the_last_number_there_is_no_next(stage: Stage) -> None:
    stage.when(StartNumber("d"))
    stage.when(StartNumber())
    assert stage.refused == "There is no number after this one tonight."
