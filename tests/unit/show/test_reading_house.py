"""Destinations, departments, stages, timers and times of the evening, as the folder writes them."""

import pytest

from collavoce.show.cues import Countdown, Crew, QuickChange, Stage
from collavoce.show.reading.clock import clock_words, whole_clock
from collavoce.show.reading.folder import read_show
from collavoce.units import Seconds

from .written_show import cue, found, number, shown

ONE = cue("1")
HEAD = """\
title = "An evening"
timezone = "UTC"
[[people]]
id = "ada"
name = "Ada"
roles = ["caller"]
[patch.sound]
video = ""
"""


def test_every_kind_of_destination_is_read() -> None:
    patch = shown(ONE, top="").patch
    assert patch.osc == {"video": ("127.0.0.1", 7000)}
    assert patch.osc_tcp == {"mixer": ("127.0.0.1", 10_023)}
    assert patch.midi == {"lamps": "Lamp desk"}
    assert patch.http == {"media": "http://127.0.0.1:8080"}
    assert patch.sound == {"house": ""}


def test_the_latency_book_is_kept_in_seconds() -> None:
    patch = shown(ONE, top="[patch.delay]\nvideo = 80\nsacn = 500\nsound = 12.5").patch
    assert patch.delay == {"video": 0.08, "sacn": 0.5, "sound": 0.0125}


@pytest.mark.parametrize(
    ("top", "what", "remedy"),
    [
        ("[patch.delay]\nvideo = 501", "not from 0 to 500", "500"),
        ("[patch.delay]\nvidoe = 5", "no destination “vidoe”", "video"),
        ('[patch.http]\nx = "10.0.0.1:80"', "no server", "http://host:port"),
        ('[patch.http]\nx = "http://10.0.0.1/api"', "no server", "without a path"),
        ('[patch.http]\nx = "http://nowhere.local"', "cannot be found", "cable"),
        ('[patch.osc]\nx = "10.0.0.1:99999/tcp"', "no port", "65535"),
        ('[patch.osc]\nx = "10.0.0.1/tcp"', "no address", "/tcp"),
        (
            '[patch.osc]\nx = "10.0.0.1:1"\n[patch.midi]\nx = "y"',
            "under [patch.osc] already",
            "name",
        ),
        ('[patch.midi]\nsacn = "y"', "under [patch.sacn] already", "name"),
        ('[patch.midi]\nx = ""', "empty", "write"),
        ('[departments]\nlight = "ada"', "no department", "capitals"),
        ('[departments]\nLX = "nobody"', "nobody called", "ada"),
        ('[departments]\nLX = { operator = "nobody" }', "nobody called", "ada"),
        ('[departments]\nLX = { people = ["ada", 3] }', "words in quotes", ""),
        ('[[stages]]\nid = "a"\nname = "A"\n[[stages]]\nid = "a"\nname = "B"', "twice", "rename"),
        ('[[timers]]\nid = "t"\nname = "T"', "needs a length", "minutes = 20"),
        ('[[timers]]\nid = "t"\nname = "T"\ncounts = "to"', "needs that time", "19:30"),
        ('[[timers]]\nid = "t"\nname = "T"\nto = "7:30"', "no time of day", "19:30"),
        (
            '[[timers]]\nid = "t"\nname = "T"\ncounts = "up"\nto = "19:30"',
            "counts up",
            "take it out",
        ),
        ('curfew = "late"', "no time of day", "+1"),
        ('starts = "24:00"', "no time of day", "19:30"),
    ],
)
def test_a_fault_is_said_with_its_remedy(top: str, what: str, remedy: str) -> None:
    # In TOML what belongs to no table stands above the first one.
    lines = (top, HEAD) if top.startswith(("curfew", "starts")) else (HEAD, top)
    text = "\n".join((*lines, number("song", ONE)))
    wrong = read_show(text, {}, resolves=lambda _: False, knows_timezone=lambda _: True).findings
    assert any(what in one.what and remedy in one.remedy for one in wrong), wrong


def test_departments_name_who_answers() -> None:
    top = '[departments]\nLX = "ada"\nBAND = { name = "Band", people = ["jun", "kai", "jun"] }'
    show = shown(cue("1", department="BAND"), cue("2", 'crew = ["LX", "BAND"]'), top=top)
    assert show.crews["LX"] == Crew("LX", "", ("ada",))
    assert show.crews["BAND"] == Crew("BAND", "Band", ("jun", "kai"))
    assert show.cue("1").department == "BAND"


def test_an_operator_is_one_of_the_department_and_somebody_of_the_show() -> None:
    top = '[departments]\nLX = { people = "jun", operator = "ada" }\nSND = { operator = "kai" }'
    show = shown(cue("1"), top=top)
    assert show.crews["LX"] == Crew("LX", "", ("jun", "ada"), "ada")
    assert show.crews["SND"] == Crew("SND", "", ("kai",), "kai")


def test_letters_of_the_show_s_own_are_named_first() -> None:
    (error,) = found(cue("1", department="BAND"))
    assert "BAND" in error.what
    assert error.blocking


def test_a_department_that_is_called_and_has_nobody_is_a_warning_where_any_has_somebody() -> None:
    sound = cue("1", department="SND")
    (warning,) = found(sound, top='[departments]\nLX = "ada"')
    assert warning.what == "the department SND is called to cues, and nobody answers for it"
    assert not found(sound)
    assert found(cue("1"), top='[departments]\nLX = { name = "Light" }')
    off = ('at = "end"', 'person = { seat = "friend", exit = "SL" }')
    assert not found(cue("1", *off, department="PEO"), top='[departments]\nLX = "ada"')


def test_stages_and_timers_are_read() -> None:
    top = """
[[stages]]
id = "main"
name = "Main"
midi = "Piano"
[[stages]]
id = "park"
name = "Park"
[[timers]]
id = "show"
name = "Show"
counts = "up"
[[timers]]
id = "doors"
name = "Doors"
to = "19:00"
[[timers]]
id = "pause"
name = "Pause"
minutes = 2
seconds = 30
warn = 10
"""
    show = shown(number("a", ONE), number("b", 'stage = "park"'), top=top)
    assert show.stages == {"main": Stage("main", "Main", "Piano"), "park": Stage("park", "Park")}
    assert [n.stage for n in show.numbers] == ["main", "park"]
    assert show.timers["show"] == Countdown("show", "Show", "up")
    assert show.timers["doors"] == Countdown("doors", "Doors", "to", until=Seconds(68_400.0))
    pause = Countdown("pause", "Pause", seconds=Seconds(150.0), warn=Seconds(10.0))
    assert show.timers["pause"] == pause


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (('stage = "park"',), "no stage “park”"),
        (('score = "song.musicxml"', "interval = true"), "an interval follows no music"),
        (('ends = "mark B"',), "needs music"),
        (('score = "song.musicxml"', 'ends = ["mark Z"]'), "mark Z"),
        (('score = "song.musicxml"', 'ends = ["bar 1 beat 1"]'), "nothing is played before"),
        (('covers = ["nobody"]',), "nobody called “nobody”"),
        (('performer = "jun"', 'covers = ["jun"]'), "cover for themself"),
        (("minutes = 2000",), "not from 0 to 1440"),
    ],
)
def test_a_fault_of_a_number_is_said(lines: tuple[str, ...], what: str) -> None:
    (wrong,) = found(number("a", *lines))
    assert what in wrong.what


def test_a_number_is_planned_with_its_ends_and_covers() -> None:
    show = shown(
        number(
            "a",
            'score = "song.musicxml"',
            "minutes = 4.5",
            "change = 2",
            'ends = ["mark B"]',
            'covers = ["kai"]',
        ),
        number("b", "interval = true"),
    )
    song, interval = show.numbers
    assert (song.minutes, song.change, song.covers) == (4.5, 2.0, ("kai",))
    assert song.ends == ("mark B",)
    assert [finish.quarter for finish in song.finishes] == [32.0]
    assert interval.interval


class TestTheEvening:
    """Numbers of ten minutes from half past seven on."""

    STARTS = 'starts = "19:30"\n'
    TWO = '[[stages]]\nid = "x"\nname = "X"\n[[stages]]\nid = "y"\nname = "Y"\n'
    CHANGE = '[[changes]]\nperson = "jun"\nfrom = "a"\nto = "c"\nminutes = {minutes}\n'

    def numbers(self, **more: str) -> tuple[str, ...]:
        return tuple(number(n, "minutes = 10", more.get(n, ""), cue(n)) for n in "abc")

    def test_a_quick_change_with_less_time_than_its_minimum_is_found_with_both(self) -> None:
        (warning,) = found(*self.numbers(), top=self.CHANGE.format(minutes=10.5))
        assert warning.what == "jun has 10.0 min from “a” to “c” as planned, and needs 10.5"
        assert not found(*self.numbers(), top=self.CHANGE.format(minutes=10))
        assert not found(*self.numbers(b="change = 1"), top=self.CHANGE.format(minutes=10.5))

    def test_a_quick_change_is_kept(self) -> None:
        show = shown(*self.numbers(), top=self.CHANGE.format(minutes=3))
        assert show.changes == (QuickChange("jun", "a", "c", Seconds(180.0)),)

    def test_of_what_nobody_knows_the_length_nothing_is_said(self) -> None:
        numbers = (number("a"), number("b"), number("c"))
        assert not found(*numbers, top=self.CHANGE.format(minutes=200))

    def test_a_change_that_runs_backwards_is_an_error(self) -> None:
        top = self.CHANGE.format(minutes=1).replace('to = "c"', 'to = "a"')
        (error,) = [one for one in found(*self.numbers(), top=top) if one.blocking]
        assert "not after" in error.what

    def test_somebody_on_two_stages_at_once_is_found(self) -> None:
        plays = 'performer = "jun"\n'
        stages = {"a": plays + 'stage = "x"', "b": plays + 'stage = "y"'}
        (warning,) = found(*self.numbers(**stages), top=self.TWO)
        assert warning.what.startswith("jun plays “a” and “b” at once as planned, 0 min in")
        other = {"a": plays + 'stage = "x"', "b": 'performer = "kai"\nstage = "y"'}
        assert not found(*self.numbers(**other), top=self.TWO)
        assert not found(*self.numbers(a=plays, b=plays))

    def test_somebody_who_is_to_see_themself_off_is_found(self) -> None:
        off = cue("1", 'at = "end"', 'person = { seat = "friend", exit = "SL" }')
        song = number("song", 'score = "song.musicxml"', 'performer = "kai"', off)
        (warning,) = found(song)
        assert warning.what == "Kai plays this number, and is to see themself off"

    def test_somebody_at_two_exits_of_one_number_is_found(self) -> None:
        left = cue("1", 'at = "end"', 'person = { seat = "friend", exit = "SL" }')
        right = cue("2", 'at = "end"', 'person = { seat = "friend", exit = "SR" }')
        (warning,) = found(left, right)
        assert warning.what == "Kai is called to another exit already by cue 1"
        assert not found(left, right.replace('"SR"', '"SL"'))

    def test_somebody_who_is_called_to_an_exit_while_they_play_elsewhere_is_found(self) -> None:
        off = cue("1", 'at = "end"', 'person = { seat = "friend", exit = "SL" }')
        song = number("song", 'score = "song.musicxml"', 'stage = "x"', "minutes = 3", off)
        plays = number("talk", 'performer = "kai"', 'stage = "y"', "minutes = 5")
        (warning,) = found(song, plays, top=self.TWO)
        assert "Kai is called to this exit as planned while they play “talk”" in warning.what
        early = plays.replace("minutes = 5", "minutes = 2")
        assert not found(song, early, top=self.TWO)

    def test_an_evening_after_its_curfew_is_found(self) -> None:
        (warning,) = found(*self.numbers(), top=self.STARTS + 'curfew = "19:55"')
        assert warning.what == "the evening as planned ends at 20:00, 5 min after the curfew"
        assert not found(*self.numbers(), top=self.STARTS + 'curfew = "20:00"')

    @pytest.mark.parametrize(
        ("time", "curfew", "what"),
        [
            ("19:00", "", ""),
            ("16:29", "", "outside the evening"),
            ("22:30", 'curfew = "22:00"', "outside the evening"),
            ("00:10", 'curfew = "00:30 +1"', "hours before the performance"),
            ("00:10 +1", 'curfew = "00:30 +1"', ""),
        ],
    )
    def test_a_clock_cue_outside_the_evening_is_found(
        self, time: str, curfew: str, what: str
    ) -> None:
        wrong = found(cue("1", f'at = "clock {time}"'), top=self.STARTS + curfew)
        assert [what in one.what for one in wrong] == ([True] if what else [])
        assert not found(cue("1", f'at = "clock {time}"'))


@pytest.mark.parametrize("words", ["19:30", "00:00", "00:10 +1", "23:59 +1"])
def test_a_time_of_day_is_said_as_it_is_written(words: str) -> None:
    seconds = whole_clock(words)
    assert seconds is not None
    assert clock_words(seconds) == words
