"""Away and done: what reaches the show, who is called, what every other page sees (C-g, A-d)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.scenario.line_stage import PEOPLE, Backstage, press

from collavoce.care.channels import Channel, Contact, Wording
from collavoce.care.commands import (
    AnyCommand,
    ConfirmShown,
    LetKnow,
    RaiseAlert,
    SayAlone,
    SayAway,
    SayBack,
    SayComing,
    SayDone,
    SayReturn,
    SetContacts,
    StartWith,
)
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.reached.outbox import first_to_look, of_press, wanted
from collavoce.care.reached.standing import Feedback, calls, standing
from collavoce.care.states.leave import LET_KNOW_AFTER_S, OFFICES
from collavoce.show.events import AvailabilitySaid

TODAY = date(2026, 11, 21).toordinal()
DAY_S = 86_400.0
SMS = Contact(Channel.SMS, "+491701234567")
GONE = "not available, no date"

Make = Callable[[], Backstage]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Backstage] = []

    def one() -> Backstage:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Backstage(folder))
        return made[-1]

    yield one
    for stage in made:
        stage.close()


@pytest.fixture
def stage(make: Make) -> Backstage:
    return make()


def said(stage: Backstage) -> list[tuple[str, bool, bool | None, str]]:
    """What the show was told of people."""
    told = (x for x in stage.show_told if isinstance(x, AvailabilitySaid))
    return [(x.person, x.available, x.rehearses, x.until) for x in told]


def away(stage: Backstage) -> dict[str, str]:
    found: dict[str, str] = stage.view("manager")["away"]
    return found


# What passes, by whose act.


def test_done_says_no_date_and_back_says_available(stage: Backstage) -> None:
    stage.care(SayDone("idol"))
    assert away(stage) == {"idol": GONE}
    stage.care(SayBack("idol"))
    assert said(stage) == [("idol", False, None, "none"), ("idol", True, None, "")]
    assert away(stage) == {}
    assert stage.show.unavailable == frozenset()
    assert stage.show.availability == {}


def test_alone_says_no_length_and_done_outlasts_it(stage: Backstage) -> None:
    stage.care(SayAlone("idol", 1.0))
    assert away(stage) == {"idol": "not available"}
    stage.care(SayDone("idol"))
    stage.passes(3600.0)
    assert away(stage) == {"idol": GONE}


def test_a_day_and_what_they_do_again_are_shown_by_their_own_act(stage: Backstage) -> None:
    stage.care(SayAway("idol", TODAY, TODAY + 21, shown=True))
    assert away(stage) == {"idol": "not available until 12 December 2026"}
    stage.care(SayReturn("idol", rehearses=True, performs=False))
    assert away(stage) == {"idol": "rehearses, does not perform"}
    assert stage.show.unavailable == {"idol"}
    stage.care(StartWith("friend", "idol"))
    stage.care(SayReturn("idol", rehearses=False, performs=True))
    assert away(stage) == {"idol": "performs, does not rehearse"}
    assert stage.show.unavailable == frozenset()


def test_nothing_of_it_reaches_a_role_that_the_table_does_not_name(stage: Backstage) -> None:
    before = {person: stage.view(person) for person in PEOPLE}
    stage.care(SayDone("idol"))
    differ = {person for person in PEOPLE if stage.view(person) != before[person]}
    assert differ == {"caller", "manager"}


def test_it_is_said_again_after_a_restart_and_so_is_that_somebody_is_back(
    stage: Backstage,
) -> None:
    stage.care(SayDone("idol"))
    stage.killed()
    stage.show = type(stage.show)()
    stage.open()
    stage.pump()
    assert stage.show.availability["idol"].until == "none"
    not_told = stage.show
    stage.care(SayBack("idol"))
    stage.killed()
    stage.show = not_told  # an engine that never heard of it
    stage.open()
    stage.pump()
    assert stage.show.unavailable == frozenset(), "said while nobody heard, and said again"


def test_whoever_performs_again_and_is_alone_is_not_available_while_it_lasts(
    stage: Backstage,
) -> None:
    stage.care(SayReturn("idol", rehearses=False, performs=True))
    stage.care(SayAlone("idol", 1.0))
    assert away(stage) == {"idol": "not available"}
    assert stage.show.unavailable == {"idol"}
    stage.passes(61.0)
    assert away(stage) == {"idol": "performs, does not rehearse"}
    assert stage.show.unavailable == frozenset()


# C-g: nobody outside the chosen can tell away from done.


@pytest.mark.parametrize(
    "word",
    [
        SayAway("idol", TODAY),
        SayAway("idol", TODAY, TODAY + 21),
        SayAway("idol", TODAY, called=True),
        SayAway("idol", TODAY, TODAY + 1, called=True),
    ],
)
def test_away_and_done_are_the_same_to_everybody_byte_by_byte(make: Make, word: AnyCommand) -> None:
    one, other = make(), make()
    for it, command in ((one, SayDone("idol")), (other, word)):
        it.circle("pianist", "idol", "second")
        it.care(command)
        it.passes(600.0)
    for person in PEOPLE:
        assert repr(one.view(person)) == repr(other.view(person)), person
    assert one.desk_view == other.desk_view
    assert one.show == other.show
    assert one.show_told == other.show_told


# Who is called.


def test_whoever_is_away_is_not_called_and_the_ladder_passes_on(stage: Backstage) -> None:
    stage.circle("pianist", "friend", "second")
    stage.care(SetContacts("friend", (SMS,)))
    stage.care(SayAway("friend", TODAY))
    stage.care(RaiseAlert("pianist", press(1)))
    stage.passes(25.0)
    assert calls(stage.house.state, "friend", stage.moment()) == ()
    assert [c.press for c in calls(stage.house.state, "second", stage.moment())] == [press(1)]
    assert [m for m in of_press(stage.house.state, press(1)) if m.to == "friend"] == []
    assert "medic" not in stage.view("friend")["may"], "not even by what they may do"
    assert "medic" in stage.view("second")["may"]


def test_by_their_own_word_they_are_called_all_the_same(stage: Backstage) -> None:
    stage.circle("pianist", "idol", "second")
    stage.care(SetContacts("idol", (SMS,)))
    stage.care(SayAway("idol", TODAY, called=True))
    stage.care(RaiseAlert("pianist", press(1)))
    stage.passes(6.0)
    assert [c.press for c in calls(stage.house.state, "idol", stage.moment())] == [press(1)]
    assert [m.to for m in wanted(stage.house.state, stage.moment())] == ["idol"]


def test_whoever_is_only_done_is_called(stage: Backstage) -> None:
    stage.circle("pianist", "idol")
    stage.care(SayDone("idol"))
    stage.care(RaiseAlert("pianist", press(1)))
    assert [c.press for c in calls(stage.house.state, "idol", stage.moment())] == [press(1)]


def test_whoever_comes_back_while_it_climbs_is_called(stage: Backstage) -> None:
    stage.circle("pianist", "idol", "second")
    stage.care(SayAway("idol", TODAY))
    stage.care(RaiseAlert("pianist", press(1)))
    stage.passes(30.0)
    stage.care(SayBack("idol"))
    assert [c.press for c in calls(stage.house.state, "idol", stage.moment())] == [press(1)]


def test_a_call_that_was_on_their_page_stays_theirs(stage: Backstage) -> None:
    stage.circle("pianist", "idol", "second")
    stage.care(RaiseAlert("pianist", press(1)))
    stage.care(ConfirmShown("idol", press(1)))
    stage.care(SayAway("idol", TODAY))
    assert [c.press for c in calls(stage.house.state, "idol", stage.moment())] == [press(1)]
    assert stage.care(SayComing("idol", press(1))) == Kept()


def test_with_everybody_away_the_last_resort_is_called(stage: Backstage) -> None:
    stage.circle("pianist", "idol", "second")
    stage.care(SayAway("idol", TODAY))
    stage.care(SayAway("second", TODAY))
    stage.care(RaiseAlert("pianist", press(1)))
    stage.passes(121.0)
    assert [c.press for c in calls(stage.house.state, "welfare", stage.moment())] == [press(1)]
    mine = standing(stage.house.state, "pianist", frozenset(PEOPLE), stage.moment())
    assert mine.feedback is Feedback.NOT_REACHED


def test_the_next_is_asked_to_look_when_the_first_is_away(stage: Backstage) -> None:
    stage.circle("pianist", "idol", "second")
    stage.care(SayAlone("pianist", 30.0, look_after=10.0))
    alone = stage.house.state.beside.alones["pianist"]
    assert first_to_look(stage.house.state, "pianist", alone) == "idol"
    stage.care(SayAway("idol", TODAY))
    assert first_to_look(stage.house.state, "pianist", alone) == "second"


@pytest.mark.parametrize("second_comes", [False, True])
def test_to_whoever_presses_they_are_like_somebody_who_does_not_answer(
    make: Make, *, second_comes: bool
) -> None:
    """The one is away with their page open; the other's phone is off. Nobody can tell which."""
    one, other = make(), make()
    seen: list[list[str]] = []
    for it in (one, other):
        it.circle("pianist", "idol", "second", "friend")
    one.care(SayAway("idol", TODAY))
    for it, off in ((one, frozenset[str]()), (other, frozenset({"idol"}))):
        here = frozenset(PEOPLE) - off
        it.care(RaiseAlert("pianist", press(1)))
        mine: list[str] = []
        for step in range(150):
            it.passes(1.0)
            state, now = it.house.state, it.moment()
            if step == 22 and second_comes:
                it.care(SayComing("second", press(1)))
            mine.append(repr(standing(state, "pianist", here, now)))
            mine += [repr(calls(state, person, now)) for person in ("second", "friend", "welfare")]
        seen.append(mine)
    assert seen[0] == seen[1]


# A-d: 365 days after "I'm done".


def test_in_a_year_after_done_nobody_is_sent_anything_and_nothing_ends(stage: Backstage) -> None:
    stage.circle("idol", "friend")
    for person in PEOPLE:
        stage.care(SetContacts(person, (SMS,)))
    stage.care(SayDone("idol"))
    events, told = len(stage.care_disk.events), len(stage.show_told)
    lines = {person: stage.view(person) for person in PEOPLE}
    looks = 0
    for _ in range(365 * 24):
        stage.now += 3600.0
        stage.house.turn()
        stage.passing.turn()
        looks += 1
        assert wanted(stage.house.state, Moment(stage.now)) == ()
    stage.pump()
    assert looks == 8760
    assert len(stage.care_disk.events) == events, "nothing happened by itself"
    assert len(stage.show_told) == told
    assert {person: stage.view(person) for person in PEOPLE} == lines
    assert stage.house.state.leaves.by_person["idol"].offices == {}
    assert stage.house.state.leaves.by_person["idol"].until == 0


def test_what_an_office_is_let_know_is_no_message_to_anybody(stage: Backstage) -> None:
    for person in PEOPLE:
        stage.care(SetContacts(person, (SMS,)))
    stage.care(SayDone("idol"))
    stage.now += LET_KNOW_AFTER_S
    told, lines = len(stage.show_told), {person: stage.view(person) for person in PEOPLE}
    for office in OFFICES:
        assert stage.care(LetKnow("idol", office)) == Kept()
        stage.passes(60.0)
    assert wanted(stage.house.state, stage.moment()) == ()
    assert len(stage.show_told) == told
    assert {person: stage.view(person) for person in PEOPLE} == lines


def test_no_message_is_worded_for_it() -> None:
    words: Any = {wording.value for wording in Wording}
    assert not words & {"away", "leave", "back", *OFFICES}
