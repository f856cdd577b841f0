"""Hazards on zones: one of a kind at a place, over by itself, whatever the clock does."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.line.house import NOW, PLACE, Line

from collavoce.ledger import LedgerError
from collavoce.line import commands as c
from collavoce.line.commands import AnyCommand
from collavoce.line.events import (
    AnyEvent,
    ClockStepped,
    HazardLifted,
    HazardRaised,
    Kept,
    NotRecorded,
    Refused,
)
from collavoce.line.hazards import KINDS, MINUTES_LEAST, MINUTES_MOST
from collavoce.line.place import Utc
from collavoce.line.state import LineState, evolve
from collavoce.line.view import HAZARDS_SHOWN, line_view
from collavoce.runtime.line.house import LineHouse, NoRecords
from collavoce.words import say

HOUR = 3600.0


def left(line: Line, person: str = "performer") -> dict[str, int]:
    """Kind -> whole minutes still."""
    shown = line.view(person)["hazards"]
    assert isinstance(shown, list)
    return {one["kind"]: one["left"] for one in shown}


def test_a_hazard_is_over_by_itself() -> None:
    line = Line()
    assert line.made(c.RaiseHazard("SR", "haze", 30), "operator") == (
        HazardRaised(NOW, "SR", "haze", 30),
    )
    assert left(line) == {"haze": 30}
    line.now += 29 * 60 + 1
    assert left(line) == {"haze": 1}
    line.now += 59
    assert left(line) == {}


def test_one_more_press_makes_it_last_from_then_on_and_never_shorter() -> None:
    line = Line()
    line.made(c.RaiseHazard("SR", "paint", 60), "steward")
    line.now += 50 * 60
    line.made(c.RaiseHazard("SR", "paint", 60), "assistant")
    assert left(line) == {"paint": 60}
    assert line.made(c.RaiseHazard("SR", "paint", 5), "steward") == (), "it ends no sooner for it"
    assert left(line) == {"paint": 60}


def test_the_same_press_sent_again_is_kept_once() -> None:
    line = Line()
    line.made(c.RaiseHazard("SR", "strobe", 60), "steward")
    line.now += 2.0
    assert line.made(c.RaiseHazard("SR", "strobe", 60), "steward") == ()


def test_it_is_lifted_before_its_time_and_lifting_again_is_nothing() -> None:
    line = Line()
    line.made(c.RaiseHazard("foyer", "wet floor", 240), "steward")
    assert line.made(c.LiftHazard("foyer", "wet floor"), "medic") == (
        HazardLifted(NOW, "foyer", "wet floor"),
    )
    assert left(line) == {}
    assert line.made(c.LiftHazard("foyer", "wet floor"), "medic") == ()


def test_another_kind_at_the_same_place_and_another_place_are_others() -> None:
    line = Line()
    line.made(c.RaiseHazard("SR", "haze", 30), "operator")
    line.made(c.RaiseHazard("SR", "scent", 30), "operator")
    line.made(c.RaiseHazard("SL", "haze", 30), "operator")
    line.made(c.LiftHazard("SR", "haze"), "operator")
    shown = line.view("guest")["hazards"]
    assert isinstance(shown, list)
    assert [(one["zone"], one["kind"]) for one in shown] == [("SL", "haze"), ("SR", "scent")]


def test_a_place_that_is_none_is_refused() -> None:
    answer = Line().when(c.RaiseHazard("moon", "haze", 30), "steward")
    assert answer == Refused(say("line.refused.no_zone"))


@pytest.mark.parametrize("minutes", [MINUTES_LEAST - 1, MINUTES_MOST + 1, 0, -5])
def test_a_length_that_is_none_is_not_understood(minutes: int) -> None:
    said = {"type": "RaiseHazard", "zone": "SR", "kind": "haze", "minutes": minutes}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(said), type=AnyCommand)


def test_a_kind_that_is_none_is_not_understood() -> None:
    said = {"type": "RaiseHazard", "zone": "SR", "kind": "a nervous singer", "minutes": 30}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(said), type=AnyCommand)


def test_nobodys_name_is_in_it() -> None:
    """Two who raise the same leave the same bytes and the same pages."""
    kept: list[bytes] = []
    for by in ("steward", "medic", "company_manager"):
        line = Line()
        line.made(c.RaiseHazard("SR", "other", 30), by)
        views = [line.view(person) for person in ("guest", "caller", "security_lead")]
        kept.append(msgspec.msgpack.encode([line.told, views]))
    assert len(set(kept)) == 1


def test_every_kind_has_its_words() -> None:
    assert [say(f"hazards.kind.{kind.replace(' ', '_')}") for kind in KINDS]


def test_a_page_shows_so_many_places_the_latest_first() -> None:
    hazards = LineState().hazards
    for n in range(HAZARDS_SHOWN + 3):
        hazards = hazards.raised(f"zone {n}", "haze", 60, NOW + n)
    state = LineState(hazards=hazards)
    shown = line_view(PLACE, state, PLACE.who("guest"), NOW + 60)["hazards"]
    assert isinstance(shown, list)
    assert len(shown) == HAZARDS_SHOWN
    assert shown[0]["zone"] == f"zone {HAZARDS_SHOWN + 2}"


class Records(NoRecords):
    """A file in memory that outlives its house, and that can be ill."""

    def __init__(self) -> None:
        self.kept: list[AnyEvent] = []
        self.ill = False

    def replay(self) -> list[AnyEvent]:
        return list(self.kept)

    def append(self, events: Sequence[AnyEvent]) -> None:
        if self.ill:
            raise LedgerError("the disk is ill")
        self.kept += events


class House:
    """A house of the line whose wall clock can be set, beside a steady one."""

    def __init__(self) -> None:
        self.wall, self.steady = NOW, 100.0
        self.records = Records()
        self.open()

    def open(self) -> None:
        """As after a restart."""
        self.house = LineHouse(PLACE, self.records, lambda: Utc(self.wall), 365, self._steady)
        self.house.open()

    def _steady(self) -> float:
        return self.steady

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds
        self.house.turn()

    def set_clock(self, by: float) -> None:
        self.wall += by
        self.house.turn()

    def raises(self, minutes: int, kind: str = "haze") -> object:
        command = msgspec.convert(
            {"type": "RaiseHazard", "zone": "SR", "kind": kind, "minutes": minutes},
            c.RaiseHazard,
        )
        return self.house.ask(command, PLACE.who("steward"))

    def left(self) -> list[int]:
        view = line_view(PLACE, self.house.state, PLACE.who("guest"), self.house.utc())
        shown = view["hazards"]
        assert isinstance(shown, list)
        return [one["left"] for one in shown]


@pytest.mark.parametrize("by", [HOUR, -HOUR, 90 * 86_400.0, -90 * 86_400.0, 3.0, -600.0])
def test_a_clock_that_is_set_changes_nothing_of_how_long_a_hazard_lasts(by: float) -> None:
    house = House()
    house.raises(60)
    house.passes(20 * 60)
    house.set_clock(by)
    assert house.left() == [40]
    house.passes(39 * 60)
    assert house.left() == [1]
    house.passes(61)
    assert house.left() == []


def test_a_restart_shows_what_stood_for_as_long_as_before() -> None:
    house = House()
    house.raises(720)
    house.passes(11 * HOUR)
    house.raises(120)
    house.passes(HOUR + 60)
    house.open()
    assert house.left() == [59]
    house.set_clock(-2 * HOUR)
    house.open()
    assert house.left() == [59], "the step is on disk too"


def test_a_clock_that_was_wrong_at_the_start_shows_no_more_than_was_said() -> None:
    house = House()
    house.raises(30)
    house.wall -= 30 * 86_400.0
    house.open()
    assert house.left() == [30]


def test_a_clock_that_is_set_in_a_house_without_hazards_leaves_nothing() -> None:
    house = House()
    house.set_clock(HOUR)
    assert house.records.kept == []


@pytest.mark.parametrize("by", [-4.0, -HOUR, -90 * 86_400.0])
def test_what_is_over_stays_over_however_far_the_clock_goes_back(by: float) -> None:
    house = House()
    house.raises(5)
    house.passes(6 * 60)
    house.set_clock(by)
    assert house.left() == []
    house.open()
    assert house.left() == []


def test_what_is_raised_right_after_a_step_lasts_as_long_as_was_said() -> None:
    house = House()
    house.raises(60)
    house.wall += HOUR
    house.raises(15, "paint")
    house.passes(14 * 60)
    assert sorted(house.left()) == [1, 46]


def test_a_disk_that_is_ill_keeps_no_hazard_from_being_told() -> None:
    house = House()
    house.records.ill = True
    assert house.raises(30) == NotRecorded(done=True)
    assert house.left() == [30]
    house.records.ill = False
    assert house.raises(60) == Kept()
    house.open()
    assert house.left() == [60]


SETS = st.integers(3, 500_000).map(lambda n: n if n % 2 else -n)
"""By how much a clock is set, forward or back; what is less than two seconds is drift."""


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("raise"), st.sampled_from(("SR", "SL")), st.integers(5, 720)),
            st.tuples(st.just("lift"), st.sampled_from(("SR", "SL")), st.just(0)),
            st.tuples(st.just("passes"), st.just(""), st.integers(1, 20_000)),
            st.tuples(st.just("set"), st.just(""), SETS),
            st.tuples(st.just("restart"), st.just(""), st.just(0)),
        ),
        max_size=20,
    )
)
def test_whatever_the_clock_does_a_hazard_lasts_as_long_as_was_said(
    steps: list[tuple[str, str, int]],
) -> None:
    house = House()
    ends: dict[str, float] = {}
    for what, zone, n in steps:
        match what:
            case "raise":
                house.house.ask(c.RaiseHazard(zone, "haze", n), PLACE.who("steward"))
                end = house.steady + n * 60.0
                # The same press once more within its own half minute is not news.
                if end - ends.get(zone, 0.0) >= 30.0:
                    ends[zone] = end
            case "lift":
                house.house.ask(c.LiftHazard(zone, "haze"), PLACE.who("steward"))
                ends.pop(zone, None)
            case "passes":
                # No end falls on the very moment of a look.
                house.passes(n + 0.0137)
            case "set":
                house.set_clock(n)
            case _:
                house.open()
        ends = {zone: end for zone, end in ends.items() if end > house.steady}
        standing = house.house.state.hazards.standing(house.house.utc())
        lasts = {one.zone: one.left_s(house.house.utc()) for one in standing}
        assert lasts.keys() == ends.keys()
        for one, seconds in lasts.items():
            assert abs(seconds - (ends[one] - house.steady)) < 0.001
    folded = LineState()
    for event in house.records.kept:
        folded = evolve(folded, event)
    assert folded.hazards == house.house.state.hazards, "replay equals live"


def test_a_step_moves_every_end_and_nothing_else() -> None:
    line = Line()
    line.made(c.RaiseHazard("SR", "haze", 30), "steward")
    state = evolve(line.state, ClockStepped(NOW + 120.0, 120.0))
    (one,) = state.hazards.standing(NOW + 120.0)
    assert one.left_s(NOW + 120.0) == 30 * 60.0
    assert state.breaches == line.state.breaches
