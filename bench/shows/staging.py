"""A show for a pair: a cue on the first beat of every second bar, a person, an end."""

import json
from dataclasses import dataclass
from pathlib import Path

from pairs import Pair

from collavoce.score import PlaceError, Score
from collavoce.score.places import parse_place, resolve

EVERY = 2
"""Bars from cue to cue."""

LEAD_S = 20.0
"""Before the last onset, when the person at the exit is to be asked into position."""

END_WAITS_S = {"off": 1.0, "dark": 2.0}
"""From the end to the player's coming off (a person, no packet) and to lights out."""

CHANNELS = ("front", "back", "side", "cyc")


@dataclass(frozen=True, slots=True)
class Ports:
    """UDP ports of this machine on which the bench listens."""

    osc: int
    sacn: int


def stage(pair: Pair, folder: Path, ports: Ports, every: int = EVERY) -> Path:
    """Write the show into `folder` and return it."""
    (folder / "scores").mkdir(parents=True)
    (folder / "scores" / "score.musicxml").write_bytes(pair.score)
    cues = [_cue(index, words) for index, words in enumerate(places(pair.read, every))]
    text = "\n".join([_head(pair, ports), *cues, _end()])
    (folder / "show.toml").write_text(text, encoding="utf-8")
    return folder


def places(score: Score, every: int) -> list[str]:
    """The first beat of every `every`th bar, in the words of a show file.

    A bar whose words lead somewhere else (two bars with one number) is left out.
    """
    words: list[str] = []
    for bar in score.bars[::every]:
        text = f"bar {bar.number}" + (f" pass {bar.turn}" if bar.turn > 1 else "")
        try:
            found = resolve(score, parse_place(text))
        except PlaceError:
            continue
        if abs(found - bar.start) < 1e-6:
            words.append(text)
    return words


def _head(pair: Pair, ports: Ports) -> str:
    channels = "\n".join(f'{name} = "1/{i}"' for i, name in enumerate(CHANNELS, start=1))
    return f"""\
title = {json.dumps("Bench: " + pair.id)}
timezone = "UTC"
guard = 0.5

[[people]]
id = "player"
name = "Player"
roles = ["performer"]

[[people]]
id = "friend"
name = "Friend"
roles = ["assistant"]

[[exits]]
id = "SL"
name = "stage left"

[seats]
friend = "friend"

[patch.osc]
probe = "127.0.0.1:{ports.osc}"

[patch.sacn]
to = ["127.0.0.1:{ports.sacn}"]
priority = 100

[patch.channels]
{channels}

[[numbers]]
id = "piece"
title = {json.dumps(pair.id)}
score = "scores/score.musicxml"
performer = "player"
"""


def _cue(index: int, words: str) -> str:
    level = 20 + 7 * index % 80
    channel = CHANNELS[index % len(CHANNELS)]
    return f"""\
[[numbers.cues]]
number = "{index + 1}"
name = {json.dumps(words)}
department = "LX"
at = {json.dumps(words)}
levels = {{ {channel} = {level} }}
fade = 0.5
osc = {{ to = "probe", address = "/cue", args = ["{index + 1}"] }}
"""


def _end() -> str:
    dark = ", ".join(f"{name} = 0" for name in CHANNELS)
    return f"""\
[[numbers.cues]]
number = "off"
name = "The player comes off"
department = "PEO"
at = "end + {END_WAITS_S["off"]:g}"
person = {{ seat = "friend", exit = "SL", lead = {LEAD_S:g} }}

[[numbers.cues]]
number = "dark"
name = "Lights out"
department = "LX"
at = "end + {END_WAITS_S["dark"]:g}"
levels = {{ {dark} }}
fade = 1.0
osc = {{ to = "probe", address = "/cue", args = ["dark"] }}
"""
