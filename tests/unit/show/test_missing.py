"""Somebody who plays is not available: the ways there are for that number, and no reason."""

from tests.unit.show.conftest import Stage
from tests.unit.show.test_setlist import SONGS, at, choose, evening_of

from collavoce.desk.views.setlist import missing_view, options_view
from collavoce.show.commands import SetAvailable, StartNumber
from collavoce.show.events import AvailabilitySaid
from collavoce.show.person import AvailabilityIs
from collavoce.show.setlist.conflicts import conflicts
from collavoce.show.setlist.missing import Missing, missing, ways_for
from collavoce.show.setlist.options import Option, options
from collavoce.show.setlist.schedule import schedule
from collavoce.show.setlist.tonight import next_number
from collavoce.show.setlist.ways import Way


def made() -> Stage:
    stage = Stage(evening_of(*SONGS))
    stage.when(StartNumber("a"))
    return stage


def ways(stage: Stage, number: str) -> tuple[Option, ...]:
    return ways_for(stage.show, stage.state, number, options(at(stage)))


def gone(stage: Stage, person: str) -> None:
    stage.when(SetAvailable(person, available=False, until="none"))


def test_each_number_to_come_that_they_play_is_named_and_no_other() -> None:
    stage = made()
    assert missing(stage.show, stage.state) == ()
    gone(stage, "jun")
    # The first is being played: whether it goes on is said by a hold, not by the set list.
    assert missing(stage.show, stage.state) == (Missing("b", "B", ("jun",)),)
    gone(stage, "lee")
    assert [one.number for one in missing(stage.show, stage.state)] == ["b", "c"]


def test_whoever_plays_nothing_more_tonight_is_missed_in_nothing() -> None:
    stage = made()
    gone(stage, "mina")
    assert missing(stage.show, stage.state) == ()


def test_the_next_number_may_be_held_put_off_changed_shortened_or_cut() -> None:
    stage = made()
    gone(stage, "jun")
    assert next_number(stage.show, stage.state) == "b"
    found = {option.way for option in ways(stage, "b")}
    assert found == {Way.HOLD, Way.INTERVAL, Way.SWAP, Way.SKIP, Way.CUT, Way.SHORTEN}


def test_a_later_number_may_be_covered_and_each_way_has_its_cost() -> None:
    stage = made()
    gone(stage, "lee")
    found = ways(stage, "c")
    assert {o.way for o in found} == {Way.HOLD, Way.INTERVAL, Way.SWAP, Way.CUT, Way.COVER}
    covers = [option for option in found if option.way is Way.COVER]
    assert [option.words for option in covers] == ["Ada plays C", "Jun plays C"]
    assert [c.kind for c in covers[1].cost.solved] == ["not available"]
    (cut,) = (option for option in found if option.way is Way.CUT)
    assert cut.cost.later == -8 * 60.0
    assert cut.cost.out == ("5",)
    assert cut.cost.freed == ("lee",)


def test_nothing_is_done_by_itself_and_when_they_are_back_it_is_gone() -> None:
    stage = made()
    before = stage.state.edited.plan
    gone(stage, "lee")
    assert stage.state.edited.plan == before
    stage.when(SetAvailable("lee", available=True))
    assert missing(stage.show, stage.state) == ()
    assert stage.state.availability == {}


def test_a_cover_or_a_cut_settles_it() -> None:
    for way in (Way.COVER, Way.CUT):
        stage = made()
        gone(stage, "lee")
        choose(stage, [option for option in ways(stage, "c") if option.way is way][-1])
        assert missing(stage.show, stage.state) == (), way


def test_a_cover_who_is_not_available_settles_nothing() -> None:
    stage = made()
    gone(stage, "lee")
    gone(stage, "jun")
    (jun,) = (o for o in ways(stage, "c") if o.way is Way.COVER and o.words.startswith("Jun"))
    assert [c.person for c in jun.cost.conflicts] == ["jun"]
    choose(stage, jun)
    assert Missing("c", "C", ("jun",)) in missing(stage.show, stage.state)
    kinds = [(c.kind, c.person) for c in conflicts(at(stage), schedule(at(stage)))]
    assert ("not available", "jun") in kinds


def test_whoever_rehearses_and_does_not_perform_is_missed() -> None:
    stage = made()
    stage.when(SetAvailable("lee", available=False, rehearses=True))
    assert [one.number for one in missing(stage.show, stage.state)] == ["c"]
    assert stage.state.availability == {"lee": AvailabilityIs(rehearses=True)}
    stage.when(SetAvailable("lee", available=True, rehearses=False))
    assert missing(stage.show, stage.state) == ()


def test_what_is_shown_changes_with_what_they_say_and_not_otherwise() -> None:
    stage = made()
    stage.told.clear()
    for until in ("none", "none", "2026-12-12", "2026-12-12", "", ""):
        stage.when(SetAvailable("lee", available=False, until=until))
    told = [e.until for e in stage.told if isinstance(e, AvailabilitySaid)]
    assert told == ["none", "2026-12-12", ""]


def test_the_desk_has_the_sentence_and_the_places_of_its_options_and_no_reason() -> None:
    stage = made()
    gone(stage, "lee")
    (one,) = missing_view(stage.show, stage.state)
    assert one == {"number": "c", "title": "C", "words": "C: Lee not available."}
    told = options_view(at(stage))
    assert told["missing"] == [
        {
            "number": "c",
            "options": [options(at(stage)).index(option) for option in ways(stage, "c")],
        }
    ]
