"""What fires a cue is read as it is meant, and what cannot be meant is said."""

import pytest

from collavoce.show.cues import AfterJump
from collavoce.show.inputs import Input, InputKind
from collavoce.show.person import PersonIs
from collavoce.show.triggers import AfterCue, AtClock, AtEnd, ByHand, InGroup, OnPerson, Trigger
from collavoce.units import Seconds

from .written_show import cue, first, found, number, shown, told


@pytest.mark.parametrize(
    ("line", "trigger"),
    [
        ('by = "hand"', ByHand()),
        ('at = "end + 2"', AtEnd(Seconds(2.0))),
        ('at = "clock 19:30"', AtClock(Seconds(70_200.0), "clock 19:30")),
        ('at = "clock 19:30:15"', AtClock(Seconds(70_215.0), "clock 19:30:15")),
        ('at = "clock 00:10 +1"', AtClock(Seconds(87_000.0), "clock 00:10 +1")),
        ('after = "2"', AfterCue("2", Seconds(0.0))),
        ('after = "2 + 1.5"', AfterCue("2", Seconds(1.5))),
        ('after = "2 done"', AfterCue("2", Seconds(0.0), done=True)),
        ('after = "Rain done + 1"', AfterCue("2", Seconds(1.0), done=True)),
        ('after = "Rain+1"', AfterCue("2", Seconds(1.0))),
        ('on = "friend in position"', OnPerson("friend", PersonIs.IN_POSITION)),
        ('on = "jun clear"', OnPerson("jun", PersonIs.CLEAR)),
        ('on = "jun not clear"', OnPerson("jun", PersonIs.NOT_CLEAR)),
        ('on = "kai on stage"', OnPerson("kai", PersonIs.ON_STAGE)),
    ],
)
def test_a_trigger_is_read_from_its_line(line: str, trigger: Trigger) -> None:
    assert first(line).trigger == trigger


def test_what_is_a_cue_s_name_stays_one() -> None:
    others = (cue("2", name="Fade out done"), cue("3", name="Two + 2"))
    show = shown(
        cue("1", 'after = "Fade out done"'),
        cue("1.5", 'after = "Fade out done done + 3"'),
        cue("1.7", 'after = "Two + 2"'),
        *others,
    )
    assert show.cue("1").trigger == AfterCue("2", Seconds(0.0))
    assert show.cue("1.5").trigger == AfterCue("2", Seconds(3.0), done=True)
    assert show.cue("1.7").trigger == AfterCue("3", Seconds(0.0))


@pytest.mark.parametrize(
    ("line", "what", "remedy"),
    [
        ('at = "clock 25:00"', "“25:00” is no time of day", "19:30"),
        ('at = "clock 19:30 +2"', "is no time of day", "+1"),
        ('at = "clock"', "is no time of day", "19:30"),
        ('on = "jun asleep"', "does not say where", "in position"),
        ('on = "june clear"', "no seat and no person “june”", "jun"),
        ('on = "empty clear"', "empty tonight", "[seats]"),
        ('by = "magic"', "magic", "group"),
        ('after = "2 done + 4000"', "not from 0 to 3600", "3600"),
        ('after = "done"', "after what", "done + 1"),
        ('after = "2 finished"', "after what", "done + 1"),
        ('by = "group"', "nothing fires cue 1", "name it in a group"),
        ("pre = -1", "not from 0", "3600"),
        ('inputs = ["osc go"]', "osc go", "correct"),
        ('inputs = ["midi note 200"]', "0 to 127", "midi note 60"),
        ("inputs = [3]", "words in quotes", "a word"),
        ('needs = ["jun"]', "does not say where", "clear"),
        ('needs = ["empty in position"]', "empty tonight", "[seats]"),
        ('crew = ["XYZ"]', "no department XYZ", "[departments]"),
        ('crew = "light"', "“light” is no department", "capitals"),
    ],
)
def test_what_cannot_fire_is_said_with_its_remedy(line: str, what: str, remedy: str) -> None:
    wrong = found(cue("1", line), cue("2"))
    assert wrong
    assert any(what in one.what and remedy in one.remedy for one in wrong), wrong


def test_a_cue_has_one_trigger() -> None:
    what, remedy, blocking = told('at = "bar 1"', 'on = "jun clear"')
    assert (what, blocking) == ("a cue fires at one thing", True)
    assert "on =" in remedy


def test_inputs_pre_needs_and_crew_stand_beside_any_trigger() -> None:
    read = first(
        'at = "bar 2"',
        "pre = 1.5",
        'inputs = ["osc /go/12", "midi note 60 channel 2", "osc /go/12"]',
        'needs = ["jun on stage"]',
        'crew = ["SND", "VID"]',
    )
    assert read.pre == 1.5
    assert read.inputs == (
        Input(InputKind.OSC, "/go/12", None, "osc /go/12"),
        Input(InputKind.NOTE, "60", 2, "midi note 60 channel 2"),
    )
    assert read.needs == (OnPerson("jun", PersonIs.ON_STAGE),)
    assert read.crew == ("SND", "VID")


def test_one_input_that_fires_two_cues_of_a_number_is_a_warning() -> None:
    twice = [cue(n, 'inputs = "osc /go"') for n in ("1", "2")]
    (warning,) = found(*twice)
    assert warning.what == "“osc /go” fires cue 1 already"
    assert not found(number("a", twice[0]), number("b", twice[1]))


def test_a_cue_with_both_a_lead_and_a_wait_is_a_warning() -> None:
    assert "holds it back" in told('at = "bar 2"', "lead = 1", "pre = 1")[0]


class TestGroups:
    def test_a_member_by_group_is_fired_by_nothing_else(self) -> None:
        show = shown(cue("1", 'group = ["2"]'), cue("2", 'by = "group"'))
        assert show.cue("2").trigger == InGroup()

    def test_a_member_that_fires_by_itself_as_well_is_a_warning_at_the_member(self) -> None:
        (warning,) = found(cue("1", 'group = ["2"]'), cue("2", 'at = "bar 2"'))
        assert warning.what == "cue 2 belongs to the group 1, and fires by itself as well"
        assert not warning.blocking

    def test_a_cue_in_two_groups_is_an_error(self) -> None:
        (error,) = found(
            cue("1", 'group = ["3"]'), cue("2", 'group = ["3"]'), cue("3", 'by = "group"')
        )
        assert error.what == "cue 3 is in the group 1 already"
        assert error.blocking

    def test_a_group_of_groups_is_none_but_a_circle_of_them_is(self) -> None:
        inner = cue("2", 'by = "group"', 'group = ["3"]')
        assert not found(cue("1", 'group = ["2"]'), inner, cue("3", 'by = "group"'))
        wrong = found(
            cue("1", 'by = "group"', 'group = ["2"]'), cue("2", 'by = "group"', 'group = ["1"]')
        )
        assert [one.what for one in wrong] == [
            "the group 1 fires itself in the end",
            "the group 2 fires itself in the end",
        ]

    def test_a_group_and_what_follows_its_member_are_no_circle_either(self) -> None:
        wrong = found(cue("1", 'after = "2"', 'group = ["2"]'), cue("2", 'by = "group"'))
        assert [one.what for one in wrong] == ["cue 1 comes after itself in the end"]

    def test_a_group_member_with_an_input_of_its_own_is_fired_by_that(self) -> None:
        assert not found(cue("1", 'by = "group"', 'inputs = "mmc play"'))


class TestLoops:
    LOOP = cue("1", 'sound = { file = "rain.wav", loop = true }', name="Rain")

    def test_what_comes_when_a_loop_is_over_comes_never(self) -> None:
        (warning,) = found(self.LOOP, cue("2", 'after = "1 done"'))
        assert "comes never" in warning.what
        assert not warning.blocking
        assert not found(self.LOOP, cue("2", 'after = "1"'))

    @pytest.mark.parametrize("line", ['{ do = "stop" }', '{ do = "fade", cues = ["Rain"] }'])
    def test_a_loop_that_some_cue_of_the_show_ends_is_none(self, line: str) -> None:
        ends = number("later", cue("3", f"others = {line}"))
        looped = number("song", self.LOOP, cue("2", 'after = "1 done"'))
        assert not found(looped, ends)

    def test_a_loop_that_is_only_paused_goes_on_for_ever(self) -> None:
        pause = cue("3", 'others = { do = "pause", cues = ["1"] }')
        assert found(self.LOOP, cue("2", 'after = "1 done"'), pause)


class TestPolicies:
    STATE = (
        "levels = { front = 80 }",
        'sound = { file = "rain.wav", loop = true }',
        'arm = ["2"]',
        'others = { do = "stop" }',
    )

    @pytest.mark.parametrize("line", STATE)
    def test_what_only_says_what_shall_be_is_tracked_if_nothing_is_written(self, line: str) -> None:
        read = first('at = "bar 2"', line, 'memo = "a word besides"')
        assert (read.skipped, read.again) == (AfterJump.TRACK, AfterJump.TRACK)

    @pytest.mark.parametrize(
        "line",
        [
            'osc = { to = "video", address = "/a" }',
            'sound = "rain.wav"',
            'memo = "a word alone"',
            'others = { do = "pause" }',
            'go_to = "2"',
        ],
    )
    def test_what_starts_something_is_dropped_if_nothing_is_written(self, line: str) -> None:
        read = first('at = "bar 2"', line)
        assert (read.skipped, read.again) == (AfterJump.DROP, AfterJump.DROP)

    def test_what_is_written_stands(self) -> None:
        read = first(
            'at = "bar 2"', "levels = { front = 1 }", 'skipped = "offer"', 'again = "drop"'
        )
        assert (read.skipped, read.again) == (AfterJump.OFFER, AfterJump.DROP)

    def test_a_state_that_starts_something_after_it_is_tracked_all_the_same(self) -> None:
        show = shown(
            cue("1", 'at = "bar 2"', "levels = { front = 80 }"),
            cue("2", 'after = "1"', 'osc = { to = "video", address = "/clip" }'),
        )
        assert show.cue("1").skipped is AfterJump.TRACK
        assert show.cue("1").again is AfterJump.TRACK
        assert show.cue("2").again is AfterJump.DROP

    def test_a_group_is_what_its_members_are(self) -> None:
        for line, policy in (
            ("levels = { front = 80 }", AfterJump.TRACK),
            ('sound = "rain.wav"', AfterJump.DROP),
        ):
            show = shown(cue("1", 'at = "bar 2"', 'group = ["2"]'), cue("2", 'by = "group"', line))
            assert show.cue("1").skipped is policy

    def test_what_a_hazardous_cue_arms_belongs_to_its_operator_s_hand(self) -> None:
        fired_by_ada = '[departments]\nLX = "ada"'
        cues = (cue("1", 'hazard = "pyro"', 'arm = "2"'), cue("2"))
        assert shown(*cues, top=fired_by_ada).cue("1").skipped is AfterJump.DROP

    def test_a_policy_that_never_matters_is_a_warning(self) -> None:
        for trigger, key in (('after = "2"', "skipped"), ('by = "hand"', "again")):
            assert f"“{key}” changes nothing" in told(trigger, f'{key} = "fire"')[0]
        assert not found(cue("1", 'skipped = "drop"', "levels = { front = 1 }"))
