"""What is wrong in a show folder is said with its line and its remedy; never with a traceback."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from collavoce.company.people import Exit, Person, Seat
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import AfterJump, Department
from collavoce.show.errors import ShowFileError
from collavoce.show.patch import Channel
from collavoce.show.reading.folder import Reading, read_show, read_show_file
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand
from collavoce.show.written.finding import Finding, Severity
from collavoce.units import Quarters, Seconds

SCORE = (Path(__file__).parents[3] / "src/collavoce/cli/new_show/scores/song.musicxml").read_bytes()

SHOW = """\
title = "An evening"
timezone = "Europe/Vienna"
guard = 0.4

[[people]]
id = "jun"
name = "Jun"
roles = ["performer", "welfare lead"]

[[people]]
id = "ada"
name = "Ada"
roles = ["caller", "operator"]

[[exits]]
id = "SL"
name = "stage left"

[seats]
friend = "ada"
other = "jun"

[patch.osc]
video = "127.0.0.1:7000"
desk = "lights.local:8000"

[patch.sacn]
to = ["127.0.0.1:5568", "multicast"]
priority = 120

[patch.channels]
front = "1/1"
back = "2/512"

[[numbers]]
id = "song"
title = "For {{friend}}"
score = "scores/song.musicxml"
performer = "jun"

[[numbers.cues]]
number = "1"
name = "Front"
department = "LX"
at = "bar 1 beat 3"
levels = { front = 80, back = 2.5 }
fade = 3.0
again = "fire"
skipped = "fire"

[[numbers.cues]]
number = "24-ON"
name = "Clip"
department = "VID"
after = "1 + 1.5"
osc = { to = "video", address = "/clip/go", args = [1, "x", 0.5, true] }

[[numbers.cues]]
number = "LFX34-5"
name = "Two"
department = "SND"
at = "mark B"
osc = [
    { to = "video", address = "/a" },
    { to = "desk", address = "/b" },
]

[[numbers.cues]]
number = "3"
name = "See him off"
department = "PEO"
at = "end + 2"
person = { seat = "friend", exit = "SL", lead = 30 }

[[numbers]]
id = "goodnight"
title = "Goodnight"

[[numbers.cues]]
number = "4"
name = "Bell"
department = "SND"
by = "hand"
"""

FILES: Mapping[str, bytes] = {"scores/song.musicxml": SCORE}


def known_host(host: str) -> bool:
    return host == "lights.local"


def known_zone(name: str) -> bool:
    return name == "Europe/Vienna"


def read(text: str, files: Mapping[str, bytes] = FILES) -> Reading:
    return read_show(text, files, resolves=known_host, knows_timezone=known_zone)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_folder_without_fault_is_the_show_it_describes() -> None:
    reading = read(SHOW)
    assert reading.findings == ()
    show = reading.show
    assert show is not None
    assert (show.title, show.timezone, show.guard) == ("An evening", "Europe/Vienna", 0.4)
    assert show.people["ada"] == Person("ada", "Ada", ("caller", "operator"))
    assert show.exits == {"SL": Exit("SL", "stage left")}
    assert show.seats == {"friend": Seat("friend", "ada"), "other": Seat("other", "jun")}
    assert show.patch.osc == {"video": ("127.0.0.1", 7000), "desk": ("lights.local", 8000)}
    assert show.patch.sacn == (("127.0.0.1", 5568), ("multicast", 5568))
    assert show.patch.sacn_priority == 120
    assert show.patch.channels["back"] == Channel("back", 2, 512)
    song, goodnight = show.numbers
    assert (song.id, song.score, song.performer) == ("song", "scores/song.musicxml", "jun")
    assert song.last_hold == 4.0
    front, clip, two, off = song.cues
    assert front.trigger == AtPlace(Quarters(2.0), "bar 1 beat 3")
    assert front.actions == (SetLevels({"front": 0.8, "back": 0.025}, Seconds(3.0)),)
    assert (front.again, front.skipped) == (AfterJump.FIRE, AfterJump.FIRE)
    assert clip.trigger == AfterCue("1", Seconds(1.5))
    assert clip.actions == (SendOsc("video", "/clip/go", (1, "x", 0.5, True)),)
    assert two.trigger == AtPlace(Quarters(32.0), "mark B")
    assert [action.to for action in two.actions if isinstance(action, SendOsc)] == ["video", "desk"]
    assert off.trigger == AtEnd(Seconds(2.0))
    assert off.actions == (CallPerson("friend", "SL", Seconds(30.0)),)
    assert off.department == Department.PEO
    assert goodnight.cues[0].trigger == ByHand()
    assert reading.scores["scores/song.musicxml"].title == "Song without an audience"


BROKEN = [
    # (what stands there, what is written instead, words of the finding, words of the remedy)
    ('title = "An evening"', "titel = 1", "“titel” means nothing", "did you mean “title”"),
    ('timezone = "Europe/Vienna"', 'timezone = "Wien"', "no time zone “Wien”", "Europe/Vienna"),
    (
        'timezone = "Europe/Vienna"',
        'emergency = "help"\ntimezone = "Europe/Vienna"',
        "“help” is no telephone number",
        "112",
    ),
    ("guard = 0.4", "guard = 9", "“guard” is 9", "from 0 to 5"),
    ("guard = 0.4", "guard = inf", "a number without end", "3.5"),
    ("guard = 0.4", "guard = true", "is true or false", "3.5"),
    ("guard = 0.4", "guard = 2020-01-01", "is a date", "3.5"),
    ('id = "ada"', 'id = "jun"', "“jun” is there twice", "rename"),
    ('name = "Ada"', 'name = ""', "“name” is empty", "write"),
    ('name = "Ada"', 'name = "A\\u0007"', "cannot be shown", "plain text"),
    ('id = "ada"', 'id = "a da"', "“a da” will not do as id", "without spaces"),
    ('"operator"]', '"operater"]', "no role “operater”", "did you mean “operator”"),
    ('"operator"]', "7]", "should be words in quotes, and is a number", "“a word”"),
    (
        'roles = ["performer", "welfare lead"]',
        'circle = ["ada"]',
        "“circle” does not belong",
        "paired device",
    ),
    (
        'roles = ["performer", "welfare lead"]',
        'Card = "scent"',
        "“Card” does not belong",
        "paired device",
    ),
    ('friend = "ada"', 'friend = "adda"', "nobody called “adda”", "did you mean “ada”"),
    ('video = "127.0.0.1:7000"', 'video = "127.0.0.1"', "is no address", "host:port"),
    ('video = "127.0.0.1:7000"', 'video = "127.0.0.1:0"', "no port 0", "1 to 65535"),
    ('video = "127.0.0.1:7000"', 'video = "127.0.0.777:1"', "cannot be found", "cable"),
    ('video = "127.0.0.1:7000"', 'video = "vdieo:7000"', "“vdieo” cannot be found", "cable"),
    ('"127.0.0.1:5568"', '"nowhere:5568"', "“nowhere” cannot be found", "cable"),
    ("priority = 120", "priority = 201", "“priority” is 201", "0 to 200"),
    ('front = "1/1"', 'front = "1-1"', "“1-1” is no place", "universe/address"),
    ('front = "1/1"', 'front = "0/1"', "no universe 0", "63999"),
    ('front = "1/1"', 'front = "1/513"', "no address 513", "512"),
    ('back = "2/512"', 'back = "1/1"', "“back” and “front” are both at 1/1", "another"),
    ('id = "goodnight"', 'id = "song"', "“song” is there twice", "rename"),
    ('performer = "jun"', 'performer = "june"', "nobody called “june”", "“jun”"),
    ("scores/song.musicxml", "scores/sang.musicxml", "“scores/sang.musicxml” is not there", "put"),
    ("scores/song.musicxml", "../song.musicxml", "does not lie in the show folder", "copy"),
    ("scores/song.musicxml", "/etc/song.musicxml", "does not lie in the show folder", "copy"),
    ("scores/song.musicxml", "scores/song.pdf", "no score that can be followed", "MusicXML"),
    ('number = "4"', 'number = "24-ON"', "cue number 24-ON is there twice", "renumber"),
    ('department = "VID"', 'department = "VDI"', "“VDI” is no department", "“VID”"),
    ("bar 1 beat 3", "bar 99", "bar 99 is not in the score", "it ends with bar 12"),
    ("bar 1 beat 3", "bar 1 beat 5", "there is no beat 5", "correct"),
    ("bar 1 beat 3", "bar 1 pass 2", "there is no pass 2", "correct"),
    ("bar 1 beat 3", "somewhere", "“somewhere” is not a place", "write “bar 12”"),
    ("mark B", "mark Q", "mark Q is not in the score", "it has the marks A, B"),
    ("end + 2", "end + 9999", "“at” is 9999", "0 to 3600"),
    ('at = "end + 2"', 'by = "foot"', "cannot fire by “foot”", 'by = "hand"'),
    ('after = "1 + 1.5"', 'after = "1 plus 2"', "does not say after what", 'after = "2"'),
    ('after = "1 + 1.5"', 'after = "7"', "no cue 7 in this number", "there is: 1"),
    ('after = "1 + 1.5"', 'after = "4"', "no cue 4 in this number", "there is: "),
    ('after = "1 + 1.5"', 'after = "24-ON + 1"', "24-ON comes after itself", "circle"),
    ('by = "hand"', 'at = "bar 1"', "needs music to follow", "score"),
    ('by = "hand"', 'by = "hand"\nafter = "1"', "fires at one thing", "either"),
    ('by = "hand"', "", "fires at one thing", "either"),
    ("front = 80", "fornt = 80", "no channel “fornt”", "“front”"),
    ("front = 80", "front = 101", "“front” is 101", "0 to 100"),
    ("front = 80", 'front = "80"', "should be a number", "3.5"),
    ("fade = 3.0", "fade = -1", "“fade” is -1", "0 to 3600"),
    ('to = "video", address = "/clip/go"', 'to = "vid", address = "/c"', "“vid”", "“video”"),
    ('address = "/clip/go"', 'address = "clip/go"', "no OSC address", "correct it"),
    ('args = [1, "x"', 'args = [99999999999, "x"', "does not fit", "smaller number"),
    ('args = [1, "x"', 'args = [[1], "x"', "carries numbers, words", "args ="),
    ('seat = "friend"', 'seat = "freind"', "no seat “freind”", "“friend”"),
    ('exit = "SL"', 'exit = "SR"', "no exit “SR”", "SL"),
    ('exit = "SL"', 'way = "SL"', "“way” means nothing", "there is: exit, lead, seat"),
    ('again = "fire"', 'again = "maybe"', "“maybe” is no again", "drop, fire"),
]


def test_a_seat_in_a_name_is_read_as_whoever_holds_it() -> None:
    text = SHOW.replace('title = "An evening"', 'title = "{{friend}} sees him off"')
    show = read(text).show
    assert show is not None
    assert show.title == f"{show.people['ada'].name} sees him off"


@pytest.mark.parametrize(("good", "bad", "what", "remedy"), BROKEN)
def test_a_fault_is_found_on_its_line_with_its_remedy(
    good: str, bad: str, what: str, remedy: str
) -> None:
    text = SHOW.replace(good, bad, 1)
    assert text != SHOW
    reading = read(text)
    assert reading.show is None
    said = [found for found in reading.findings if what in found.what]
    assert said, reading.findings
    assert remedy in said[0].remedy
    assert said[0].severity is Severity.ERROR
    assert said[0].file == "show.toml"
    near = line_of(SHOW, good)
    assert near - 5 <= said[0].line <= near + 1


def warnings(text: str) -> list[Finding]:
    reading = read(text)
    assert reading.show is not None, reading.findings
    return list(reading.findings)


@pytest.mark.parametrize(
    ("good", "bad", "what"),
    [
        ('roles = ["caller", "operator"]', "", "nobody has the role “caller”"),
        ('to = ["127.0.0.1:5568", "multicast"]', "", "light data goes nowhere"),
        ("mark B", "bar 12 beat 3", "lies behind the last note"),
        ("bar 1 beat 3", "bar 11", "the music meets LFX34-5 before 1"),
        ('after = "1 + 1.5"', 'after = "1"\nagain = "fire"', "“again” changes nothing"),
        ('by = "hand"', 'by = "hand"\nfade = 2', "a fade without levels"),
        (
            'by = "hand"',
            'by = "hand"\nperson = { seat = "friend", exit = "SL" }',
            "nobody can tell ahead when",
        ),
    ],
)
def test_what_is_odd_but_can_be_run_is_a_warning(good: str, bad: str, what: str) -> None:
    found = warnings(SHOW.replace(good, bad, 1))
    assert [what in one.what for one in found] == [True]
    assert found[0].severity is Severity.WARNING
    assert not found[0].blocking


@pytest.mark.parametrize(
    ("good", "bad", "what"),
    [
        ('friend = "ada"', 'friend = ""', "the seat “friend” is empty tonight"),
        ("For {{friend}}", "For {{fiend}}", "there is no seat “fiend”"),
    ],
)
def test_an_empty_or_misspelt_seat_is_an_error_that_stops_no_show(
    good: str, bad: str, what: str
) -> None:
    found = warnings(SHOW.replace(good, bad, 1))
    assert [what in one.what for one in found] == [True]
    assert (found[0].severity, found[0].blocking) == (Severity.ERROR, False)


def test_every_cue_of_a_circle_says_so() -> None:
    text = SHOW.replace('at = "bar 1 beat 3"', 'after = "24-ON"')
    found = [one.what for one in read(text).findings if "after itself" in one.what]
    assert found == [
        "cue 1 comes after itself in the end",
        "cue 24-ON comes after itself in the end",
    ]


def test_several_faults_are_all_told_in_the_order_of_the_lines() -> None:
    text = SHOW.replace("bar 1 beat 3", "bar 99").replace("guard = 0.4", "guard = 9")
    lines = [found.line for found in read(text).findings]
    assert lines == [3, line_of(text, 'at = "bar 99"')]


def test_what_is_missing_points_to_its_table() -> None:
    text = SHOW.replace('number = "24-ON"\n', "")
    (found,) = read(text).findings
    assert found.what == "“number” is missing"
    assert "[[numbers.cues]]" in text.splitlines()[found.line - 1]
    assert found.line == line_of(text, 'name = "Clip"') - 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('title = "x"\ntimezone = \n', 2),
        ('title = "x"\n[[numbers]\n', 2),
        ('title = "', 1),
        ("a = 1\na = 2\n", 2),
        ("x = " + "[" * 100_000, 0),
        ("x = " + "1" * 10_000, 1),
    ],
)
def test_what_is_not_toml_is_one_finding_with_its_line(text: str, line: int) -> None:
    reading = read(text)
    assert reading.show is None
    (found,) = reading.findings
    assert found.line == line


def test_what_is_not_utf8_is_one_finding_with_its_line() -> None:
    reading = read_show_file(
        b'title = "x"\nname = "\xff"\n', {}, resolves=known_host, knows_timezone=known_zone
    )
    (found,) = reading.findings
    assert (found.line, found.what) == (2, "this is not text in UTF-8")


def test_a_byte_order_mark_is_no_fault() -> None:
    reading = read_show_file(
        b"\xef\xbb\xbf" + SHOW.encode(), FILES, resolves=known_host, knows_timezone=known_zone
    )
    assert reading.findings == ()


def test_an_empty_file_says_what_a_show_needs() -> None:
    found = [one.what for one in read("").findings]
    assert found == [
        "“timezone” is missing",
        "“title” is missing",
        "the show has no number",
        "nobody has the role “caller”",
    ]


def test_a_file_too_large_is_not_read() -> None:
    (found,) = read("#" * (4 * 1024 * 1024 + 1)).findings
    assert found.what == "the file is larger than 4 MB"


def test_a_broken_score_is_said_where_it_is_named() -> None:
    (found,) = read(SHOW, {"scores/song.musicxml": b"<score-partwise>"}).findings
    assert found.line == line_of(SHOW, "scores/song.musicxml")
    assert found.what.startswith("scores/song.musicxml, line 1")
    assert found.remedy == "export the score again as MusicXML"


def test_a_score_that_cannot_be_had_says_why() -> None:
    def locked(_path: str) -> bytes:
        raise ShowFileError("Permission denied")

    (found,) = read_show(SHOW, locked, resolves=known_host, knows_timezone=known_zone).findings
    assert found.what == "“scores/song.musicxml” cannot be read: Permission denied"


def test_a_score_two_numbers_share_is_read_once() -> None:
    asked: list[str] = []

    def counted(path: str) -> bytes:
        asked.append(path)
        return SCORE

    text = SHOW.replace('title = "Goodnight"', 'title = "x"\nscore = "scores/song.musicxml"')
    reading = read_show(text, counted, resolves=known_host, knows_timezone=known_zone)
    assert reading.show is not None
    assert asked == ["scores/song.musicxml"]


def test_a_host_is_looked_up_once() -> None:
    asked: list[str] = []

    def counted(host: str) -> bool:
        asked.append(host)
        return True

    text = SHOW.replace("127.0.0.1:7000", "lights.local:7000")
    read_show(text, FILES, resolves=counted, knows_timezone=known_zone)
    assert asked == ["lights.local"]


def test_ten_thousand_faults_are_cut_to_what_somebody_can_read() -> None:
    text = SHOW + "".join(f"\n[wrong{index}]\n" for index in range(10_000))
    reading = read(text)
    assert reading.show is None
    assert len(reading.findings) == 200


def test_two_without_an_id_are_two_faults_and_no_third() -> None:
    text = SHOW.replace('id = "jun"\n', "").replace('id = "ada"\n', "")
    said = [found.what for found in read(text).findings if found.line < 15]
    assert said == ["“id” is missing", "“id” is missing"]


class TestLead:
    """How long before its place a cue fires."""

    @pytest.mark.parametrize(
        ("written", "lead"),
        [("lead = 1.5", 1.5), ('lead = "fade"', 3.0), ("lead = 4", 4.0), ("", 0)],
    )
    def test_it_is_in_seconds_or_the_fade_s_own_time(self, written: str, lead: float) -> None:
        reading = read(SHOW.replace("fade = 3.0\n", f"fade = 3.0\n{written}\n", 1))
        assert reading.findings == ()
        assert reading.show is not None
        assert reading.show.cue("1").lead == lead

    def test_longer_than_can_be_foreseen_it_is_held_to_that_with_a_remedy(self) -> None:
        reading = read(SHOW.replace("fade = 3.0\n", 'fade = 6.0\nlead = "fade"\n', 1))
        (found,) = reading.findings
        assert found.severity is Severity.WARNING
        assert found.what == "a lead of 6 s is longer than what can be foreseen: 4 s"
        assert "at an earlier place" in found.remedy
        assert reading.show is not None
        assert reading.show.cue("1").lead == 4.0

    @pytest.mark.parametrize("written", ['lead = "soon"', "lead = true", "lead = -1"])
    def test_anything_else_is_an_error(self, written: str) -> None:
        (found,) = read(SHOW.replace("fade = 3.0\n", f"fade = 3.0\n{written}\n", 1)).errors
        assert found.remedy

    def test_without_a_fade_there_is_no_fade_to_lead_by(self) -> None:
        (found,) = read(SHOW.replace("fade = 3.0\n", 'lead = "fade"\n', 1)).errors
        assert found.what == "a lead of “fade” needs a fade that takes time"

    def test_only_a_place_is_foreseen(self) -> None:
        text = SHOW.replace('at = "bar 1 beat 3"', 'at = "end + 2"', 1)
        text = text.replace('skipped = "fire"\n', "lead = 2\n", 1)
        (found,) = read(text).findings
        assert found.what == "a lead changes nothing here: only a place in the music is foreseen"


def test_a_policy_can_leave_a_cue_to_the_hand() -> None:
    reading = read(
        SHOW.replace('again = "fire"\nskipped = "fire"', 'again = "offer"\nskipped = "offer"')
    )
    assert reading.show is not None
    cue = reading.show.cue("1")
    assert (cue.again, cue.skipped) == (AfterJump.OFFER, AfterJump.OFFER)
