"""A song that its author gave to the show: proposed with its cost, taken by the caller, or not."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from collavoce.show.asked.edits import Lock, Redo, Undo
from collavoce.show.asked.setlist import ChangeSetList, ProposeNumber, WithdrawProposal
from collavoce.show.commands import AnyCommand, StartNumber
from collavoce.show.decide import decide
from collavoce.show.events import NumberProposed
from collavoce.show.evolve import evolve
from collavoce.show.order import cues_of
from collavoce.show.plan import Item, Plan, Song
from collavoce.show.reading.folder import Reading, read_show
from collavoce.show.setlist.cost import cost, reckon
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.options import Option, options
from collavoce.show.setlist.tonight import next_number, number_tonight, plan_of, plays
from collavoce.show.setlist.ways import WAYS, Way
from collavoce.show.setlist.wording import lines
from collavoce.show.state import ShowState
from collavoce.units import Instant, Seconds

from .conftest import Stage
from .sounds import wav
from .test_setlist import SONGS, START, at, evening_of, number

BALLAD = ProposeNumber("song-1", "Not my music", "references/song-1.wav", 4.0, ("mina", "jun"))


@pytest.fixture
def stage() -> Stage:
    """The first of four numbers is on; a ballad is proposed."""
    made = Stage(evening_of(*SONGS))
    made.when(StartNumber("a"))
    made.when(BALLAD)
    return made


def songs(stage: Stage) -> list[Option]:
    return [option for option in options(at(stage)) if option.way is Way.SONG]


def ask(stage: Stage, command: AnyCommand) -> str | None:
    """Why it was refused; None if it was not."""
    stage.when(command)
    return stage.refused


def take(stage: Stage, option: Option) -> str | None:
    return ask(stage, ChangeSetList(option.plan, "song", words=option.words))


def order(stage: Stage) -> list[str]:
    return [item.number for item in plan_of(stage.show, stage.state).items]


def test_a_proposal_changes_nothing_of_the_evening_but_what_can_be_done() -> None:
    without = Stage(evening_of(*SONGS))
    without.when(StartNumber("a"))
    given = Stage(evening_of(*SONGS))
    given.when(StartNumber("a"))
    given.when(BALLAD)
    assert plan_of(given.show, given.state) == plan_of(without.show, without.state)
    assert reckon(at(given)) == reckon(at(without))
    assert replace_proposals(given.state) == without.state
    assert [o for o in options(at(given)) if o.way is not Way.SONG] == options_of(without)


def options_of(stage: Stage) -> list[Option]:
    return list(options(at(stage)))


def replace_proposals(state: ShowState) -> ShowState:
    return changed(state, proposals={})


def test_the_places_that_cost_least_come_first_each_with_its_cost(stage: Stage) -> None:
    offered = songs(stage)
    assert len(offered) == 3
    assert [o.words for o in offered] == [
        # Nothing moves behind the last; Jun would have to change at once if it came after B.
        "Not my music after D",
        "Not my music after C",
        "Not my music after PAUSE",
    ]
    told = lines(at(stage), offered[0])
    assert told[0] == "4 min later"
    assert "it takes 4 min" in told
    assert "must be there: Mina, Jun" in told
    assert any("references/song-1.wav" in line for line in told)


def test_the_change_over_of_the_number_before_is_paid_twice(stage: Stage) -> None:
    after_a = next(plan for plan in every_place(stage) if plan.index("song-1") == 1)
    item = after_a.items[1]
    assert item.song is not None
    assert item.song.change == 2.0
    # 4 minutes of music, and two minutes once more: the gap before it was there already.
    assert cost(at(stage), after_a).later == pytest.approx(6 * 60)


def every_place(stage: Stage) -> list[Plan]:
    plan = plan_of(stage.show, stage.state)
    return [Plan(tuple(one.items)) for one in WAYS[Way.SONG](at(stage), plan)]


def test_taken_it_is_a_number_of_tonight_and_undo_takes_it_out_again(stage: Stage) -> None:
    option = next(o for o in songs(stage) if o.words == "Not my music after C")
    assert take(stage, option) is None
    assert order(stage) == ["a", "b", "pause", "c", "song-1", "d"]
    assert plays(stage.show, stage.state, "song-1") == "mina"
    known = number_tonight(stage.show, stage.state, "song-1")
    assert known is not None
    assert known.reference == "references/song-1.wav"
    assert ask(stage, Undo()) is None
    assert order(stage) == ["a", "b", "pause", "c", "d"]
    assert songs(stage), "it stays proposed"
    assert ask(stage, Redo()) is None
    assert "song-1" in order(stage)


def test_it_runs_by_hand_and_the_evening_goes_on_behind_it(stage: Stage) -> None:
    take(stage, next(o for o in songs(stage) if o.words == "Not my music after C"))
    assert ask(stage, StartNumber("c")) is None
    assert next_number(stage.show, stage.state) == "song-1"
    assert ask(stage, StartNumber("")) is None
    assert stage.state.number == "song-1"
    assert cues_of(stage.show, "song-1") == ()
    assert stage.state.pointer is None
    assert next_number(stage.show, stage.state) == "d"
    assert ask(stage, StartNumber("")) is None
    assert stage.state.number == "d"


def test_it_can_be_withdrawn_until_it_is_taken_and_not_after(stage: Stage) -> None:
    take(stage, songs(stage)[0])
    refused = ask(stage, WithdrawProposal("song-1"))
    assert refused is not None
    assert "Not my music" in refused
    stage.when(Undo())
    assert ask(stage, WithdrawProposal("song-1")) is None
    assert songs(stage) == []
    assert ask(stage, Redo()) is not None, "what was withdrawn does not come back by redo"
    assert "song-1" not in order(stage)
    assert ask(stage, WithdrawProposal("song-1")) is None, "twice is once"


def test_nobody_takes_what_its_author_did_not_give_or_not_like_this(stage: Stage) -> None:
    plan = songs(stage)[0].plan
    index = plan.index("song-1")
    item = plan.items[index]
    assert item.song is not None
    for wrong in (
        changed(item, song=changed(item.song, title="Another")),
        changed(item, song=changed(item.song, performers=("ada",))),
        changed(item, song=changed(item.song, change=-1.0)),
        changed(item, song=changed(item.song, change=float("nan"))),
        changed(item, number="song-2"),
        changed(item, cover="ada"),
    ):
        items = (*plan.items[:index], wrong, *plan.items[index + 1 :])
        assert ask(stage, ChangeSetList(Plan(items), "song")), wrong
    twice = Plan((*plan.items, item))
    assert ask(stage, ChangeSetList(twice, "song"))


def test_with_the_lock_on_a_song_may_be_given_and_not_taken(stage: Stage) -> None:
    option = songs(stage)[0]
    stage.when(Lock(on=True))
    assert ask(stage, changed(BALLAD, number="song-2")) is None
    assert take(stage, option)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "a"},
        {"number": "no id"},
        {"title": ""},
        {"title": "two\nlines"},
        {"title": "x" * 81},
        {"reference": "../show.toml"},
        {"reference": "references/../x.wav"},
        {"reference": "references/x.exe"},
        {"minutes": 0.0},
        {"minutes": float("inf")},
        {"performers": ()},
        {"performers": ("nobody",)},
        {"performers": ("mina", "mina")},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    stage = Stage(evening_of(*SONGS))
    assert ask(stage, changed(BALLAD, **wrong))
    assert stage.state.proposals == {}


def test_said_again_it_stands_once_and_a_new_word_replaces_the_old(stage: Stage) -> None:
    before = len(stage.told)
    assert ask(stage, BALLAD) is None
    assert len(stage.told) == before
    assert ask(stage, changed(BALLAD, title="Still not")) is None
    assert [song.title for song in stage.state.proposals.values()] == ["Still not"]


def test_not_more_than_fifty_are_proposed_at_a_time() -> None:
    stage = Stage(evening_of(*SONGS))
    for index in range(50):
        assert ask(stage, changed(BALLAD, number=f"s{index}")) is None
    assert ask(stage, changed(BALLAD, number="s50"))
    assert ask(stage, changed(BALLAD, number="s49", title="Renamed")) is None


def test_it_can_be_taken_out_again_by_choice(stage: Stage) -> None:
    take(stage, songs(stage)[0])
    out = next(o for o in songs(stage) if o.words == "Take Not my music out again")
    assert take(stage, out) is None
    assert "song-1" not in order(stage)


lengths = st.floats(0.5, 30).map(lambda minutes: round(minutes, 1))
NAMES = ("jun", "mina", "ada", "lee")


@st.composite
def evenings(draw: st.DrawFn) -> tuple[Stage, float]:
    count = draw(st.integers(1, 6))
    numbers = tuple(
        number(
            f"n{index}",
            draw(lengths),
            performer=draw(st.sampled_from(NAMES)),
            change=draw(st.sampled_from((0.0, 1.0, 4.0))),
            interval=False,
        )
        for index in range(count)
    )
    if draw(st.booleans()):
        at_ = draw(st.integers(0, count))
        numbers = (*numbers[:at_], number("pause", 20, interval=True), *numbers[at_:])
    stage = Stage(evening_of(*numbers))
    players = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)))
    stage.when(changed(BALLAD, minutes=draw(lengths), performers=players))
    if draw(st.booleans()):
        stage.when(StartNumber(numbers[draw(st.integers(0, len(numbers) - 1))].id))
    return stage, draw(st.floats(0, 3600))


@settings(max_examples=150, deadline=None)
@given(evenings())
def test_what_a_place_is_said_to_cost_is_what_it_costs_once_the_song_stands_there(
    given_: tuple[Stage, float],
) -> None:
    stage, later = given_
    stage.now += later

    def evening(state: ShowState) -> Evening:
        return Evening(stage.show, state, Instant(stage.now), Seconds(START + stage.now))

    before = reckon(evening(stage.state))
    for option in songs(stage):
        told = decide(
            stage.show, stage.state, ChangeSetList(option.plan, "song"), Instant(stage.now), "c"
        )
        assert isinstance(told, tuple), told
        state = stage.state
        for event in told:
            state = evolve(stage.show, state, event)
        after = reckon(evening(state))
        said = option.cost
        assert said.later == pytest.approx(after.times.ends - before.times.ends)
        assert said.spare == pytest.approx(after.times.spare)
        assert said.over == after.times.over
        gained = {b.person for b in after.busy} - {b.person for b in before.busy}
        assert set(said.needed) == gained
        new = {(c.kind, c.person, c.number) for c in after.conflicts}
        old = {(c.kind, c.person, c.number) for c in before.conflicts}
        assert {(c.kind, c.person, c.number) for c in said.conflicts} == new - old
        assert said.out == said.back == ()
        assert said.later > 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_whatever_is_asked_in_whatever_order_the_set_holds_only_what_is_proposed(
    steps: list[int],
) -> None:
    stage = Stage(evening_of(*SONGS))
    for step in steps:
        offered = songs(stage)
        match step:
            case 0:
                stage.when(BALLAD)
            case 1:
                stage.when(WithdrawProposal("song-1"))
            case 2 if offered:
                take(stage, offered[0])
            case 3:
                stage.when(Undo())
            case 4:
                stage.when(Redo())
            case _:
                stage.when(StartNumber(""))
        taken = [i for i in plan_of(stage.show, stage.state).items if i.song is not None]
        assert {item.number for item in taken} <= stage.state.proposals.keys()
        assert len(taken) <= 1


def test_an_older_set_list_without_songs_is_read_as_it_was() -> None:
    old = msgspec.msgpack.encode([[["a", None, "", "", False, False]]])
    assert msgspec.msgpack.decode(old, type=Plan) == Plan((Item("a"),))
    kept = Plan((Item("s", song=Song("T", "references/s.wav", 4.0, ("mina",))),))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=Plan) == kept


def test_the_event_carries_what_was_released_and_nothing_else() -> None:
    stage = Stage(replace(evening_of(*SONGS)))
    stage.when(BALLAD)
    event = stage.told[-1]
    assert isinstance(event, NumberProposed)
    assert {f.name for f in msgspec.structs.fields(event)} == {"at", "number", "song", "by"}


FOLDER = """
title = "An evening"
timezone = "Europe/Vienna"

[[people]]
id = "jun"
name = "Jun"
roles = ["caller"]

[[numbers]]
id = "corner"
title = "For the corner"
performer = "jun"
reference = "references/x.wav"
"""


def read(files: dict[str, bytes], text: str = FOLDER) -> Reading:
    return read_show(text, files, resolves=lambda _: True, knows_timezone=lambda _: True)


def test_a_number_with_its_recording_is_read_and_is_as_long_as_that() -> None:
    reading = read({"references/x.wav": wav(90.0)})
    assert reading.findings == ()
    assert reading.show is not None
    [corner] = reading.show.numbers
    assert corner.reference == "references/x.wav"
    assert corner.minutes == pytest.approx(1.5)
    planned = read({"references/x.wav": wav(90.0)}, FOLDER + "minutes = 4\n")
    assert planned.show is not None
    assert planned.show.numbers[0].minutes == 4


@pytest.mark.parametrize(
    ("files", "text", "what"),
    [
        ({}, FOLDER, "“references/x.wav” is not there"),
        ({}, FOLDER.replace("x.wav", "x.txt"), "is no sound"),
        ({}, FOLDER.replace("references/x", "../x"), "x.wav"),
    ],
)
def test_a_recording_that_is_not_there_is_found_with_its_place_and_a_remedy(
    files: dict[str, bytes], text: str, what: str
) -> None:
    [finding] = read(files, text).findings
    assert finding.file == "show.toml"
    assert text.splitlines()[finding.line - 1].startswith("reference")
    assert what in finding.what
    assert finding.remedy


def test_while_it_is_played_nothing_takes_it_out(stage: Stage) -> None:
    take(stage, songs(stage)[0])
    stage.when(StartNumber("song-1"))
    assert ask(stage, Undo()) is not None
    plan = Plan(tuple(Item(number.id) for number in stage.show.numbers))
    assert ask(stage, ChangeSetList(plan, "song")) is not None
    assert "song-1" in order(stage)
