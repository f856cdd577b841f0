"""A small show with somebody and something of every kind, to which tests add their cues."""

from pathlib import Path

from collavoce.show.cues import Cue, Show
from collavoce.show.reading.folder import Reading, read_show
from collavoce.show.written.finding import Finding

from .sounds import wav

SCORE = (Path(__file__).parents[3] / "src/collavoce/cli/new_show/scores/song.musicxml").read_bytes()
FILES = {"song.musicxml": SCORE, "rain.wav": wav(3.0), "broken.wav": b"RIFF", "text.ogg": b"Ogg"}

HOUSE = """\
title = "An evening"
timezone = "UTC"
{top}
[[people]]
id = "jun"
name = "Jun"
roles = ["performer", "welfare lead"]
[[people]]
id = "kai"
name = "Kai"
[[people]]
id = "ada"
name = "Ada"
roles = ["caller"]
[[exits]]
id = "SL"
name = "stage left"
[[exits]]
id = "SR"
name = "stage right"
[seats]
friend = "kai"
empty = ""
[[timers]]
id = "change"
name = "Change-over"
minutes = 10
[patch.osc]
video = "127.0.0.1:7000"
mixer = "127.0.0.1:10023/tcp"
[patch.midi]
lamps = "Lamp desk"
[patch.http]
media = "http://127.0.0.1:8080"
[patch.sound]
house = ""
[patch.sacn]
to = "multicast"
[patch.channels]
front = "1/1"
"""
"""The empty seat is a warning of its own: `found` leaves it out."""


def cue(number: str, *lines: str, name: str = "", department: str = "LX") -> str:
    """A cue; by hand unless a line says otherwise."""
    keys = ("at ", "after ", "on ", "by ")
    trigger = () if any(line.startswith(keys) for line in lines) else ('by = "hand"',)
    head = (f'number = "{number}"', f'name = "{name or number}"', f'department = "{department}"')
    return "\n".join(("[[numbers.cues]]", *head, *trigger, *lines, ""))


def number(id_: str, *parts: str) -> str:
    """A number: its own lines, then its cues."""
    return "\n".join(("[[numbers]]", f'id = "{id_}"', f'title = "{id_}"', *parts, ""))


def read(*parts: str, top: str = "") -> Reading:
    """The show with these numbers; cues alone stand in a number with a score."""
    if not any(part.startswith("[[numbers]]") for part in parts):
        parts = (number("song", 'score = "song.musicxml"', 'performer = "jun"', *parts),)
    text = HOUSE.replace("{top}", top) + "\n".join(parts)
    return read_show(text, FILES, resolves=lambda _: False, knows_timezone=lambda _: True)


def found(*parts: str, top: str = "") -> list[Finding]:
    """What is wrong with it."""
    return [one for one in read(*parts, top=top).findings if "no cue calls it" not in one.what]


def shown(*parts: str, top: str = "") -> Show:
    """The show, in which nothing is wrong."""
    assert found(*parts, top=top) == []
    show = read(*parts, top=top).show
    assert show is not None
    return show


def first(*lines: str) -> Cue:
    """A cue with these lines, as it was read without fault, cues 2 and 3 beside it."""
    others = (cue("2", name="Rain"), cue("3", 'sound = "rain.wav"', name="Thunder"))
    return shown(cue("1", *lines), *others).cue("1")


def told(*lines: str) -> tuple[str, str, bool]:
    """The one thing that is wrong with a cue: what, its remedy, whether the show cannot be run."""
    others = (cue("2", name="Rain"), cue("3", 'sound = "rain.wav"', name="Thunder"))
    (one,) = found(cue("1", *lines), *others)
    return one.what, one.remedy, one.blocking
