"""The latency book: who waits for whom, and for how long at most."""

from dataclasses import replace

from tests.unit.runtime.small_show import SHOW

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.latency import LONGEST, landed
from collavoce.units import Seconds


def booked(**delays: float) -> Show:
    book = {name: Seconds(delay) for name, delay in delays.items()}
    return replace(SHOW, patch=replace(SHOW.patch, delay=book))


def fired(*cues: str) -> tuple[e.AnyEvent, ...]:
    return tuple(e.CueFired(1.0, cue, e.Cause.HAND, "caller") for cue in cues)


def lands(events: tuple[e.AnyEvent, ...]) -> list[float]:
    return [event.lands for event in events if isinstance(event, e.CueFired)]


def test_all_that_one_decision_fires_lands_with_its_slowest() -> None:
    assert lands(landed(booked(video=0.2), fired("1", "2"))) == [0.2, 0.2]


def test_a_slow_destination_that_is_not_spoken_to_holds_nobody_up() -> None:
    assert lands(landed(booked(video=0.2), fired("1"))) == [0.0]


def test_nobody_waits_longer_than_the_bound() -> None:
    assert lands(landed(booked(video=30.0), fired("1", "2"))) == [LONGEST, LONGEST]


def test_without_a_book_the_events_are_the_very_same() -> None:
    events = fired("1", "2")
    assert landed(SHOW, events) is events


def test_a_cue_the_folder_no_longer_knows_lands_at_once() -> None:
    assert lands(landed(booked(video=0.2), fired("gone"))) == [0.0]
