"""Done, away, back in part: a person's own word, shown in the same few words, and ended by them."""

from datetime import date

import pytest
from tests.scenario.aftercare_stage import Disk
from tests.scenario.line_stage import PEOPLE

from collavoce.care.commands import (
    AnyCommand,
    KeepBack,
    LetKnow,
    RaiseAlert,
    ReadKnown,
    SayAlone,
    SayAway,
    SayBack,
    SayDone,
    SayReturn,
    SayStill,
)
from collavoce.care.events import (
    AnyEvent,
    AwaySaid,
    BackSaid,
    DoneSaid,
    OfficeTold,
    Refused,
    ReturnSaid,
    StillAway,
)
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.leave import LET_KNOW_AFTER_S, NO_DATE, OFFICES, Leaves, Shown
from collavoce.runtime.care.house import House

TODAY = date(2026, 11, 21).toordinal()
HOUR = 3600.0
NOT_AVAILABLE = Shown(performs=False, until=NO_DATE)


class Stage:
    """A house over a disk in memory; `reboots` is a machine that was off."""

    def __init__(self) -> None:
        self.disk = Disk()
        self.now = 1000.0
        self.boot = 0
        self.begin()

    def begin(self) -> None:
        self.house = House(PEOPLE, self.disk, lambda: Moment(self.now))
        self.house.open(f"boot {self.boot}")

    def reboots(self) -> None:
        self.boot += 1
        self.now = 5.0
        self.begin()

    def asks(self, command: AnyCommand) -> Outcome:
        return self.house.ask(command)

    def does(self, *commands: AnyCommand) -> None:
        for command in commands:
            assert self.asks(command) == Kept(), command

    def shown(self) -> Shown | None:
        return self.house.state.leaves.shown("idol")

    def told(self) -> list[AnyEvent]:
        return list(self.disk.events)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_done_and_away_without_a_day_to_show_are_shown_alike(stage: Stage) -> None:
    for word in (
        SayDone("idol"),
        SayAway("idol", TODAY),
        SayAway("idol", TODAY, TODAY + 21),
        SayAway("idol", TODAY, called=True),
        SayAway("idol", TODAY, shown=True),
    ):
        stage.does(SayBack("idol"), word)
        assert stage.shown() == NOT_AVAILABLE, word


def test_a_day_is_shown_only_if_they_say_so(stage: Stage) -> None:
    stage.does(SayAway("idol", TODAY, TODAY + 21, shown=True))
    assert stage.shown() == Shown(performs=False, until="2026-12-12")


def test_a_day_before_today_or_years_away_is_none(stage: Stage) -> None:
    for until in (TODAY - 1, TODAY + 3661, -1):
        assert isinstance(stage.asks(SayAway("idol", TODAY, until)), Refused), until
    assert stage.shown() is None
    stage.does(SayAway("idol", TODAY, TODAY))


def test_said_twice_it_is_kept_once(stage: Stage) -> None:
    for word in (
        SayDone("idol"),
        SayAway("idol", TODAY, TODAY + 3),
        SayReturn("idol", True, False),
    ):
        stage.does(word)
        before = len(stage.told())
        stage.does(word)
        assert len(stage.told()) == before, word


def test_whoever_is_not_of_the_show_says_nothing_and_nobody_is_back_who_was_not_away(
    stage: Stage,
) -> None:
    assert isinstance(stage.asks(SayDone("stranger")), Refused)
    before = len(stage.told())
    stage.does(SayBack("idol"))
    assert len(stage.told()) == before


def test_back_ends_it_whatever_it_was(stage: Stage) -> None:
    for word in (SayDone("idol"), SayAway("idol", TODAY), SayReturn("idol", True, False)):
        stage.does(word, SayBack("idol"))
        assert stage.shown() is None
        assert not stage.house.state.leaves.stands("idol")


def test_done_outlasts_being_alone(stage: Stage) -> None:
    stage.does(SayDone("idol"), SayAlone("idol", 1.0))
    stage.now += HOUR
    assert stage.house.state.beside.alone("idol", Moment(stage.now)) is None
    assert stage.shown() == NOT_AVAILABLE


def test_it_survives_the_process_the_machine_and_a_year(stage: Stage) -> None:
    stage.does(SayAway("idol", TODAY, TODAY + 3, shown=True))
    for _ in range(365):
        stage.now += 24 * HOUR
        stage.begin()
        stage.now += HOUR
        stage.reboots()
        assert stage.shown() == Shown(performs=False, until="2026-11-24")
    stage.does(SayBack("idol"))
    stage.begin()
    assert stage.shown() is None


def test_still_takes_the_day_away_and_puts_none_in_its_place(stage: Stage) -> None:
    stage.does(SayAway("idol", TODAY, TODAY + 3, shown=True), SayStill("idol"))
    assert stage.shown() == NOT_AVAILABLE
    assert stage.house.state.leaves.by_person["idol"].until == 0


@pytest.mark.parametrize("rehearses", [True, False])
@pytest.mark.parametrize("performs", [True, False])
def test_back_in_part_is_shown_as_it_was_said(
    stage: Stage, *, rehearses: bool, performs: bool
) -> None:
    stage.does(SayDone("idol"), SayReturn("idol", rehearses, performs))
    expected = {
        (True, True): None,
        (False, False): NOT_AVAILABLE,
        (True, False): Shown(performs=False, rehearses=True),
        (False, True): Shown(performs=True, rehearses=False),
    }
    assert stage.shown() == expected[rehearses, performs]
    # Either way, as often as they like.
    stage.does(SayReturn("idol", False, False))
    assert stage.shown() == NOT_AVAILABLE
    stage.does(SayReturn("idol", True, True))
    assert stage.shown() is None


def test_neither_of_somebody_who_was_there_is_done(stage: Stage) -> None:
    stage.does(SayReturn("idol", False, False))
    assert isinstance(stage.told()[-1], DoneSaid)
    stage.does(SayReturn("idol", True, True))
    assert isinstance(stage.told()[-1], BackSaid)


# letting an office know


def test_nobody_is_told_of_it_before_72_hours_by_the_machines_own_count(stage: Stage) -> None:
    stage.does(SayDone("idol"))
    for office in OFFICES:
        assert isinstance(stage.asks(LetKnow("idol", office)), Refused)
    stage.now += LET_KNOW_AFTER_S - 0.001
    assert isinstance(stage.asks(LetKnow("idol", "press")), Refused)
    stage.now += 0.001
    stage.does(LetKnow("idol", "press"))
    assert stage.house.state.leaves.by_person["idol"].offices == {"press": False}


def test_a_machine_that_is_off_counts_nothing(stage: Stage) -> None:
    stage.does(SayDone("idol"))
    stage.now += 71 * HOUR
    stage.does(SayAlone("manager", 30.0))  # what was last written is what is known of that clock
    stage.reboots()
    assert isinstance(stage.asks(LetKnow("idol", "press")), Refused)
    stage.now += HOUR - 10.0
    assert isinstance(stage.asks(LetKnow("idol", "press")), Refused)
    stage.now += 10.0
    stage.does(LetKnow("idol", "press"))


def test_there_is_nothing_to_let_anybody_know_of_somebody_who_is_there(stage: Stage) -> None:
    assert isinstance(stage.asks(LetKnow("idol", "press")), Refused)
    stage.does(SayReturn("idol", True, False))
    assert isinstance(stage.asks(LetKnow("idol", "press")), Refused)


def test_an_office_that_is_none_is_refused(stage: Stage) -> None:
    stage.does(SayDone("idol"))
    stage.now += LET_KNOW_AFTER_S
    assert isinstance(stage.asks(LetKnow("idol", "label")), Refused)


def test_it_can_be_taken_back_until_somebody_has_read_it(stage: Stage) -> None:
    stage.does(SayDone("idol"))
    stage.now += LET_KNOW_AFTER_S
    stage.does(LetKnow("idol", "press"), KeepBack("idol", "press"), KeepBack("idol", "press"))
    assert stage.house.state.leaves.by_person["idol"].offices == {}
    stage.does(LetKnow("idol", "press"), ReadKnown("manager", "idol", "press"))
    assert isinstance(stage.asks(KeepBack("idol", "press")), Refused)
    assert stage.house.state.leaves.by_person["idol"].offices == {"press": True}


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_only_the_company_manager_reads_it(stage: Stage, person: str) -> None:
    stage.does(SayDone("idol"))
    stage.now += LET_KNOW_AFTER_S
    stage.does(LetKnow("idol", "press"))
    outcome = stage.asks(ReadKnown(person, "idol", "press"))
    assert (outcome == Kept()) is (person == "manager")
    stranger = stage.asks(ReadKnown(person, "nobody", "press"))
    assert person == "manager" or outcome == stranger, "the same words as for what does not exist"


def test_words_that_change_are_said_anew_and_the_time_begins_anew(stage: Stage) -> None:
    stage.does(SayDone("idol"))
    stage.now += LET_KNOW_AFTER_S
    stage.does(LetKnow("idol", "press"))
    # The same words: nothing changes for the office.
    stage.does(SayAway("idol", TODAY))
    assert stage.house.state.leaves.by_person["idol"].offices == {"press": False}
    stage.does(SayAway("idol", TODAY, TODAY + 9, shown=True))
    assert stage.house.state.leaves.by_person["idol"].offices == {}
    assert isinstance(stage.asks(LetKnow("idol", "press")), Refused)
    stage.does(SayBack("idol"), SayDone("idol"))
    assert isinstance(stage.asks(LetKnow("idol", "press")), Refused)


def test_whoever_is_away_can_press_like_everybody(stage: Stage) -> None:
    stage.does(SayAway("idol", TODAY), RaiseAlert("idol", "p" * 22))
    assert stage.house.state.alerts.open_of("idol") is not None


def test_still_away_after_back_in_part_shows_other_words_and_no_office_knows_them() -> None:
    leaves = Leaves()
    for event in (
        AwaySaid(0.0, "idol", day=1, until=2, shown=False, called=False),
        ReturnSaid(1.0, "idol", rehearses=True, performs=False),
        OfficeTold(2.0, "idol", "contract"),
        StillAway(3.0, "idol"),
    ):
        leaves = leaves.evolve(event)
    assert leaves.by_person["idol"].offices == {}
    assert leaves.by_person["idol"].since == 3.0
