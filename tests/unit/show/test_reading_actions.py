"""Everything a cue can do is read as it is meant, and what cannot be meant is said."""

import pytest

from collavoce.show.actions.action import Action
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.go_to import MoveTo
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.load import LoadCue
from collavoce.show.actions.memo import Remind
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.naming import Names
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.others import ActOn, What
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.sound import PlaySound
from collavoce.show.actions.table import ACTIONS, NAMING, WORDS, what, words
from collavoce.show.actions.timer import DOES, RunTimer
from collavoce.show.actions.wait import Wait
from collavoce.show.reading.cues import HAZARDS
from collavoce.units import Seconds

from .written_show import cue, first, found, shown, told

FIRED_BY_ADA = '[departments]\nLX = "ada"'


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("levels = { front = 80 }", SetLevels({"front": 0.8}, Seconds(0.0))),
        ('osc = { to = "mixer", address = "/a" }', SendOsc("mixer", "/a")),
        (
            'osc = { to = "mixer", address = "/a", args = [1], sets = true }',
            SendOsc("mixer", "/a", (1,), sets=True),
        ),
        (
            'osc = { to = "mixer", address = "/ch/1/fader", args = [0.5], sets = true }',
            SendOsc("mixer", "/ch/1/fader", (0.5,), sets=True),
        ),
        ('http = { to = "media", path = "/go" }', SendHttp("media", "GET", "/go")),
        (
            'http = { to = "media", path = "/go", body = { clip = 3 } }',
            SendHttp("media", "POST", "/go", '{"clip":3}'),
        ),
        (
            'http = { to = "media", method = "PUT", path = "/", body = "on", kind = "text/plain" }',
            SendHttp("media", "PUT", "/", "on", "text/plain"),
        ),
        ('sound = "rain.wav"', PlaySound("rain.wav", length=Seconds(3.0))),
        (
            'sound = { file = "rain.wav", to = "house", level = 50, loop = true, fade = 2 }',
            PlaySound("rain.wav", "house", 0.5, True, Seconds(3.0), Seconds(2.0)),
        ),
        ('others = { do = "stop" }', ActOn(What.STOP)),
        (
            'others = { do = "fade", cues = ["Rain", "3"], within = 4 }',
            ActOn(What.FADE, ("2", "3"), Seconds(4.0)),
        ),
        ("wait = 5", Wait(Seconds(5.0))),
        ('go_to = "Rain"', MoveTo("2")),
        ('arm = ["2", "Thunder"]', SwitchCues(("2", "3"), on=True)),
        ('disarm = "Rain"', SwitchCues(("2",), on=False)),
        ('load = "Thunder"', LoadCue("3")),
        ('load = { cue = "3", start = 1.5 }', LoadCue("3", Seconds(1.5))),
        ('memo = "Look up"', Remind("Look up")),
        ('timer = "change"', RunTimer("change")),
        ('timer = { timer = "change", do = "reset" }', RunTimer("change", "reset")),
        (
            'person = { seat = "friend", exit = "SL" }',
            CallPerson("friend", "SL", Seconds(40.0)),
        ),
    ],
)
def test_an_action_is_read_from_its_line_and_can_be_said(line: str, action: Action) -> None:
    assert first(line).actions == (action,)
    assert words(action).strip()


@pytest.mark.parametrize(
    ("line", "message", "said"),
    [
        ("note = 60", "90 3c 64", "note 60 on 1"),
        ("note = 60, velocity = 1, channel = 16", "9f 3c 01", "note 60 on 16"),
        ("note = 60, off = true", "80 3c 40", "note 60 off on 1"),
        ("control = 7, value = 90, channel = 2", "b1 07 5a", "control 7 to 90 on 2"),
        ("program = 5", "c0 05", "program 5 on 1"),
        ('msc = "go 12.5"', "f0 7f 7f 02 01 01 31 32 2e 35 f7", "MSC go 12.5"),
        (
            'msc = "go 1", format = "sound", device = 3, list = "2", path = "4"',
            "f0 7f 03 02 10 01 31 00 32 00 34 f7",
            "MSC go 1",
        ),
        ('msc = "all off"', "f0 7f 7f 02 01 08 f7", "MSC all off"),
        ('mmc = "play"', "f0 7f 7f 06 02 f7", "MMC play"),
        (
            'mmc = "locate 00:01:30"',
            "f0 7f 7f 06 44 06 01 60 01 1e 00 00 f7",
            "MMC locate 00:01:30",
        ),
        ('sysex = "F0 7D 01 F7"', "f0 7d 01 f7", "system exclusive, 4 bytes"),
        ('sysex = "7d01"', "f0 7d 01 f7", "system exclusive, 4 bytes"),
    ],
)
def test_a_midi_message_is_the_bytes_of_the_standard(line: str, message: str, said: str) -> None:
    (action,) = first(f'midi = {{ to = "lamps", {line} }}').actions
    assert isinstance(action, SendMidi)
    assert action == SendMidi("lamps", (bytes.fromhex(message),), said)
    assert words(action) == f"lamps: {said}"


@pytest.mark.parametrize(
    "line",
    [
        'msc = "go 1", format = "pyro"',
        'msc = "go 1", format = "machinery"',
        'sysex = "F0 7F 7F 02 60 01 31 F7"',
        'sysex = "7F 00 02 21 01 F7"',
        'sysex = "F0 7F 7F 02 00 21 01 F7"',
    ],
)
def test_machinery_and_fire_have_no_wire_whichever_way_they_are_written(line: str) -> None:
    what, remedy, blocking = told(f'midi = {{ to = "lamps", {line} }}')
    assert blocking
    assert "hazard" in remedy
    assert "machinery" in what or "driven" in what


@pytest.mark.parametrize("hazard", HAZARDS)
@pytest.mark.parametrize(
    "line",
    [
        "levels = { front = 80 }",
        'osc = { to = "video", address = "/a" }',
        'midi = { to = "lamps", note = 1 }',
        'http = { to = "media", path = "/go" }',
        'sound = "rain.wav"',
    ],
)
def test_a_hazardous_cue_that_would_send_something_is_refused(hazard: str, line: str) -> None:
    (wrong,) = found(cue("1", f'hazard = "{hazard}"', line), top=FIRED_BY_ADA)
    assert wrong.blocking
    assert wrong.what == f"a hazardous cue ({hazard}) has no wire action"
    assert "certified" in wrong.remedy


def test_a_hazardous_cue_may_remind_and_arm() -> None:
    lines = ('hazard = "pyro"', 'memo = "Look up"', 'arm = "1"')
    assert shown(cue("1", *lines), top=FIRED_BY_ADA).cue("1").hazard == "pyro"


def test_a_hazardous_cue_that_nobody_fires_is_a_warning() -> None:
    (warning,) = found(cue("1", 'hazard = "pyro"'))
    assert "nobody is named who fires it" in warning.what
    assert not warning.blocking


@pytest.mark.parametrize(
    ("line", "what", "remedy"),
    [
        ('midi = { to = "lamps" }', "one thing", "note, control"),
        ('midi = { to = "lamps", note = 1, program = 2 }', "one thing", "a list"),
        ('midi = { to = "lamps", note = 128 }', "not from 0 to 127", "0 to 127"),
        ('midi = { to = "lamps", note = 1.5 }', "between two", "whole"),
        ('midi = { to = "lamps", note = 1, channel = 0 }', "not from 1 to 16", "1 to 16"),
        ('midi = { to = "lamps", note = 1, value = 3 }', "beside note", "take it out"),
        ('midi = { to = "lamp", note = 1 }', "[patch.midi]", "lamps"),
        ('midi = { to = "lamps", msc = "jump 3" }', "no command", "msc ="),
        ('midi = { to = "lamps", msc = "all off 3" }', "", ""),
        ('midi = { to = "lamps", mmc = "dance" }', "", "play"),
        ('midi = { to = "lamps", sysex = "hello" }', "hexadecimal", "F0 43"),
        ('midi = { to = "lamps", sysex = "F0 FF F7" }', "", ""),
        ('http = { to = "media", path = "go" }', "no path", "begin with /"),
        ('http = { to = "media", path = "/a b" }', "no path", "%20"),
        ('http = { to = "media", method = "BREW", path = "/a" }', "BREW", "GET"),
        ('http = { to = "media", method = "GET", path = "/a", body = "x" }', "no body", "POST"),
        ('http = { to = "video", path = "/a" }', "[patch.http]", "media"),
        ('http = { to = "media", path = "/a", kind = "json" }', "media type", "application/json"),
        ('http = { to = "media", method = "POST", path = "/a", body = 3 }', "a body", "body ="),
        ('sound = "rain.mid"', "no sound", ".wav"),
        ('sound = "../rain.wav"', "folder", "copy"),
        ('sound = { file = "rain.wav", to = "hall" }', "[patch.sound]", "house"),
        ('sound = { file = "rain.wav", start = 3 }', "over after 3.0 s", "earlier"),
        ('sound = { file = "rain.wav", level = 120 }', "not from 0 to 100", "100"),
        ('others = { do = "melt" }', "melt", "fade"),
        ('others = { do = "stop", cues = [] }', "no cue", "take cues out"),
        ('others = { do = "stop", cues = ["9"] }', "no cue 9 in the show", "1"),
        ('others = { cues = ["2"] }', "“do” is missing", "do"),
        ("group = []", "no cue", "group ="),
        ('group = ["2", "2"]', "twice", "once"),
        ('group = { cues = ["2"], times = [1] }', "order “all”", "timeline"),
        ('group = { cues = ["2"], order = "timeline" }', "0 times for 1", "one time"),
        ('group = { cues = ["2"], order = "timeline", times = [-1] }', "", "times ="),
        ('go_to = "9"', "no cue 9 in this number", "1"),
        ('arm = "9"', "no cue 9 in the show", "1"),
        ('load = "2"', "plays no sound", "sound ="),
        ('timer = "chnage"', "no timer", "change"),
        ('timer = { timer = "change", do = "melt" }', "melt", "start"),
        ('memo = ""', "empty", "write something"),
        ("wait = -1", "not from 0", "0 to 3600"),
        ('hazard = "fire"', "fire", "pyro"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_remedy(line: str, what: str, remedy: str) -> None:
    others = (cue("2", name="Rain"), cue("3", 'sound = "rain.wav"', name="Thunder"))
    wrong = found(cue("1", line), *others)
    assert any(what in one.what and remedy in one.remedy for one in wrong), wrong


def test_a_cue_that_is_armed_and_disarmed_at_once_is_an_error() -> None:
    assert "at once" in told('arm = ["2"]', 'disarm = ["Rain"]')[0]


def test_a_sound_that_is_missing_or_broken_is_an_error_that_stops_no_show() -> None:
    assert told('sound = "thunder.mp3"')[::2] == ("“thunder.mp3” is not there", False)
    what, _, blocking = told('sound = "broken.wav"')
    assert "broken" in what
    assert not blocking
    assert not told('sound = "text.ogg"')[2]


def test_several_messages_leave_in_the_order_in_which_they_stand() -> None:
    sends = first(
        'osc = [{ to = "video", address = "/b" }, { to = "mixer", address = "/a" }]',
        'midi = [{ to = "lamps", note = 2 }, { to = "lamps", note = 1 }]',
        'sound = ["rain.wav", { file = "rain.wav", level = 10 }]',
        "levels = { front = 1 }",
    ).actions
    kinds = (SetLevels, SendOsc, SendOsc, SendMidi, SendMidi, PlaySound, PlaySound)
    assert tuple(type(action) for action in sends) == kinds
    assert [a.address for a in sends if isinstance(a, SendOsc)] == ["/b", "/a"]


def test_a_group_fires_what_it_names() -> None:
    members = (cue("2", 'by = "group"', name="Rain"), cue("3", 'by = "group"'))
    for written, action in (
        ('["2", "3"]', FireGroup(Order.ALL, ("2", "3"))),
        ('{ cues = ["3", "Rain"], order = "sequence" }', FireGroup(Order.SEQUENCE, ("3", "2"))),
        ('{ cues = ["2", "3"], order = "random" }', FireGroup(Order.RANDOM, ("2", "3"))),
        (
            '{ cues = ["2", "3"], order = "timeline", times = [0, 1.5] }',
            FireGroup(Order.TIMELINE, ("2", "3"), (Seconds(0), Seconds(1.5))),
        ),
    ):
        show = shown(cue("1", f"group = {written}"), *members)
        assert show.cue("1").actions == (action,)
        assert words(action)


def test_a_name_that_several_cues_have_names_none_of_them() -> None:
    twice = (cue("2", name="Rain"), cue("3", name="Rain"))
    (one,) = found(cue("1", 'go_to = "Rain"'), *twice)
    assert one.what == "several cues are called “Rain”: 2, 3"
    assert "“2”" in one.remedy


def test_a_number_comes_before_a_name_that_reads_like_it() -> None:
    show = shown(cue("1", 'go_to = "3"'), cue("2", name="3"), cue("3", name="Third"))
    assert show.cue("1").actions == (MoveTo("3"),)


def test_every_action_can_be_read_and_said() -> None:
    said = {action.__module__ for action in (*WORDS, *NAMING)}
    assert said == {read.__module__ for read in ACTIONS.values()}


@pytest.mark.parametrize("deed", What)
def test_whatever_is_done_to_other_cues_has_its_words(deed: What) -> None:
    assert "all that is under way" in words(ActOn(deed))
    assert "Rain" in words(ActOn(deed, ("Rain",)))


@pytest.mark.parametrize("does", DOES)
def test_people_doors_and_timers_are_called_by_their_names_in_every_page(does: str) -> None:
    timed, called = RunTimer("change", does), CallPerson("friend", "SL", Seconds(40.0))
    names = Names({"friend": "서미나"}, {"SL": "stage left"}, {"change": "Change-over"})
    assert words(timed, names) == f"{does}s Change-over"
    assert words(called, names) == "calls 서미나 to stage left, 40 s ahead"
    assert words(called) == "calls friend to SL, 40 s ahead"


def test_what_changes_only_the_show_leaves_by_no_wire() -> None:
    assert [what(action) for action in (ActOn(What.STOP), RunTimer("change"))] == ["", ""]
    assert what(PlaySound("rain.wav")) == "rain.wav"
