"""Badges, guesses, places: what the care process holds besides the house."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.scenario.press_stage import Evening

from collavoce.care.commands import RaiseAlert, SayWith
from collavoce.care.ladder import Moment
from collavoce.desk.care.access import BADGE_COOKIE
from collavoce.desk.stagehand import BADGE_COOKIE as DESK_BADGE_COOKIE
from collavoce.runtime.badges import BADGE_LIVES, read_badge, write_badge
from collavoce.runtime.care.guesses import TRIES, TRY_EVERY, Guesses
from collavoce.runtime.care.presence import Presence
from collavoce.runtime.care.whereabouts import Whereabouts

NOW = datetime(2024, 6, 7, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize("person", ["friend", "p", "친구", "a person with spaces"])
def test_a_badge_says_whose_it_is(person: str) -> None:
    badge = write_badge("key", person, NOW)
    assert badge.isascii()
    assert not set(badge) & set('"; ,\\='), "a cookie value may hold none of these"
    assert read_badge("key", badge, NOW) == person
    assert read_badge("key", badge, NOW + BADGE_LIVES - timedelta(seconds=1)) == person


def test_a_badge_that_is_over_or_of_another_key_or_changed_is_none() -> None:
    badge = write_badge("key", "friend", NOW)
    assert read_badge("key", badge, NOW + BADGE_LIVES) is None
    assert read_badge("other", badge, NOW) is None
    for index in range(len(badge)):
        changed = badge[:index] + ("A" if badge[index] != "A" else "B") + badge[index + 1 :]
        assert read_badge("key", changed, NOW) in (None, "friend")
        if index < badge.index("."):
            assert read_badge("key", changed, NOW) is None
    for nonsense in ("", ".", "a.b", "é.é", "a" * 9000):
        assert read_badge("key", nonsense, NOW) is None


def test_both_processes_call_the_badge_by_the_same_name() -> None:
    assert BADGE_COOKIE == DESK_BADGE_COOKIE


def test_wrong_guesses_run_out_and_come_back_with_time() -> None:
    guesses, now = Guesses(), Moment(0.0)
    for _ in range(int(TRIES)):
        assert guesses.allows("a", now)
        guesses.wrong("a", now)
    assert not guesses.allows("a", now)
    assert guesses.allows("b", now), "another address is another matter"
    assert guesses.allows("a", Moment(TRY_EVERY + 0.001))


def test_a_person_is_reachable_while_any_page_of_theirs_is_open() -> None:
    presence = Presence()
    presence.came("friend")
    presence.came("friend")
    presence.went("friend")
    assert presence.reachable() == {"friend"}
    presence.went("friend")
    assert presence.reachable() == frozenset()


def test_a_place_is_remembered_while_the_press_is_open_and_no_longer() -> None:
    evening = Evening()
    evening.circle("pianist", "friend")
    places = Whereabouts({"left": "stage left", "right": "stage right"}, {"pianist": "left"})
    places.say("p1", "right", evening.state)
    assert places.said("p1") == "", "there is no such press yet"
    evening.does(RaiseAlert("pianist", "p1"))
    places.say("p1", "the moon", evening.state)
    assert places.where("p1", "pianist") == "left"
    places.say("p1", "right", evening.state)
    assert (places.said("p1"), places.where("p1", "pianist")) == ("right", "right")
    assert places.where("p1", "singer") == "right"
    evening.does(SayWith("friend", "p1"))
    places.forget_ended(evening.state)
    assert places.said("p1") == ""
