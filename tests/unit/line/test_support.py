"""Support ready: every seat held and confirmed lately, the drill done both ways."""

import pytest
from tests.unit.line.house import NOW, PLACE, Line, key

from collavoce.company.people import Seat
from collavoce.line import Place
from collavoce.line import commands as c
from collavoce.line.support import (
    ASK_AGAIN_S,
    ASK_AHEAD_S,
    CONFIRMED_LASTS_S,
    DRILL_LASTS_S,
    asks_by_itself,
    readiness,
    waits_for,
)


def ready(line: Line) -> bool:
    return readiness(line.place, line.state, line.now).ready


def made_ready() -> Line:
    line = Line()
    line.when(c.TickDrill(by_hand=False), "assistant")
    line.when(c.TickDrill(by_hand=True), "caller")
    line.when(c.AskSupport(key(1)), "caller")
    line.now += 12.0
    line.when(c.ConfirmSupport(key(1), trip_ms=38.0), "seated")
    return line


def test_it_is_ready_when_the_seat_was_tapped_and_the_drill_is_ticked_both_ways() -> None:
    line = made_ready()
    assert ready(line)
    (seat,) = readiness(line.place, line.state, line.now).seats
    assert (seat.age_s, seat.took_s, seat.trip_ms) == (0.0, 12.0, 38.0)


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_drill_that_was_done_one_way_only_is_not_done(*, by_hand: bool) -> None:
    line = Line()
    line.when(c.TickDrill(by_hand=by_hand), "caller")
    line.when(c.AskSupport(key(1)), "caller")
    line.when(c.ConfirmSupport(key(1)), "seated")
    assert not ready(line)


def test_a_confirmation_is_worth_half_an_hour() -> None:
    line = made_ready()
    line.now += CONFIRMED_LASTS_S
    assert ready(line)
    line.now += 0.1
    assert not ready(line)


def test_a_clock_that_was_set_back_makes_nothing_ready() -> None:
    line = made_ready()
    line.now -= 3600.0
    assert not ready(line)


def test_a_drill_is_for_one_evening() -> None:
    line = made_ready()
    line.now += DRILL_LASTS_S + 1.0
    line.when(c.AskSupport(key(2)), "caller")
    line.when(c.ConfirmSupport(key(2)), "seated")
    assert not ready(line)


def test_an_empty_seat_is_never_ready_and_is_said() -> None:
    line = made_ready()
    line.place = Place(PLACE.people, PLACE.zones, (*PLACE.seats, Seat("second", None)))
    found = readiness(line.place, line.state, line.now)
    assert not found.ready
    assert [(s.seat, s.person) for s in found.seats] == [("friend", "seated"), ("second", None)]


def test_a_house_without_seats_needs_the_drill_alone() -> None:
    line = made_ready()
    line.place = Place(PLACE.people, PLACE.zones, ())
    assert ready(line)


def test_the_device_is_asked_until_it_answers_and_not_after() -> None:
    line = Line()
    assert waits_for(line.place, line.state, "seated", line.now) == ""
    line.when(c.AskSupport(key(1)), "caller")
    assert waits_for(line.place, line.state, "seated", line.now) == key(1)
    assert waits_for(line.place, line.state, "guest", line.now) == ""
    line.when(c.ConfirmSupport(key(1)), "seated")
    assert waits_for(line.place, line.state, "seated", line.now) == ""
    assert line.when(c.ConfirmSupport(key(1)), "seated") == ()


def test_from_an_hour_before_the_show_it_is_asked_by_itself() -> None:
    line = Line()
    start = NOW + 2 * ASK_AHEAD_S

    def asks() -> bool:
        return asks_by_itself(line.place, line.state, line.now, start)

    assert not asks()
    line.now = start - ASK_AHEAD_S
    assert asks()
    line.when(c.AskSupport(key(1)), line.place.desk())
    assert not asks(), "asked already"
    line.now += ASK_AGAIN_S
    assert asks(), "nobody answered"
    line.when(c.AskSupport(key(2)), line.place.desk())
    line.when(c.ConfirmSupport(key(2)), "seated")
    line.now += ASK_AGAIN_S
    assert not asks(), "still fresh"
    line.now += ASK_AGAIN_S + 1.0
    assert asks(), "about to lapse"
    line.now = start
    assert not asks(), "the show is on"
    assert not asks_by_itself(line.place, line.state, line.now, None)
