"""The show of this bench: cues by hand that send OSC, cues by hand that set light, and music.

Every cue goes to a probe on this machine. The music is a line of sixteenths at 120 beats a minute
with a cue on each of its notes, and the performance plays it exactly as written.
"""

import random
from dataclasses import dataclass
from pathlib import Path

import mido

HAND, LIGHT, MUSIC = "hand", "light", "music"
CHAIN, FADES = "chain", "fades"
CUES = 50
"""By hand, in each of the two numbers."""

TICK_S = 0.005
"""Between two cues of the chain."""

NOTE_S = 0.125
NOTES_A_BAR = 16
LOWEST, HIGHEST = 60, 79
STEPS = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

HEAD = """\
title = "Trigger to wire"
timezone = "UTC"
guard = 0.0

[[people]]
id = "caller"
name = "Caller"
roles = ["caller"]

[[people]]
id = "player"
name = "Player"
roles = ["performer"]

[patch.osc]
probe = "127.0.0.1:{osc}"

[patch.sacn]
to = ["127.0.0.1:{sacn}"]

[patch.channels]
"""
FRONT = 'front = "1/1"\n'
GOLDEN = 0.6180339887
SHADES = 400
"""Channels that fade to as many levels: at each frame at least one of them moves."""

NUMBER = """
[[numbers]]
id = "{id}"
title = "{id}"
"""

CUE = """
[[numbers.cues]]
number = "{number}"
name = "{number}"
department = "LX"
{when}
{what}
"""


@dataclass(frozen=True, slots=True)
class House:
    """A show folder and the recording that plays its music."""

    folder: Path
    performance: Path


def build(
    folder: Path, osc: int, sacn: int, notes: int, *, chain: int = 0, fade_s: float = 0.0
) -> House:
    """Write the show into `folder`.

    osc, sacn : the probe's ports. notes : length of the music. chain : cues 5 ms apart. fade_s : of
    a cue that brings light up.
    """
    (folder / "scores").mkdir(parents=True)
    parts = [HEAD.format(osc=osc, sacn=sacn) + FRONT, NUMBER.format(id=HAND)]
    parts += [_cue(f"h{n}", 'by = "hand"', _message(f"h{n}")) for n in range(CUES)]
    parts.append(NUMBER.format(id=LIGHT))
    # Neighbours differ, and the first from the last: each firing changes the universe.
    parts += [_cue(f"l{n}", 'by = "hand"', f"levels = {{ front = {20 + n} }}") for n in range(CUES)]
    if chain:
        parts.append(NUMBER.format(id=CHAIN))
        parts += [_cue(f"t{n}", _follows(n), _message(f"t{n}")) for n in range(chain)]
    if fade_s:
        channels = [f'c{n} = "1/{n + 2}"\n' for n in range(SHADES)]
        parts[0] = parts[0].replace(FRONT, FRONT + "".join(channels))
        levels = ", ".join(f"c{n} = {_shade(n):.2f}" for n in range(SHADES))
        parts.append(NUMBER.format(id=FADES))
        parts.append(_cue("up", 'by = "hand"', f"levels = {{ {levels} }}\nfade = {fade_s:g}"))
    parts.append(NUMBER.format(id=MUSIC) + 'score = "scores/line.musicxml"\nperformer = "player"\n')
    parts += [_cue(f"m{n}", _place(n), _message(f"m{n}")) for n in range(notes)]
    (folder / "show.toml").write_text("".join(parts), encoding="utf-8")
    pitches = _line(notes)
    (folder / "scores" / "line.musicxml").write_text(_written(pitches), encoding="utf-8")
    performance = folder / "performance.mid"
    _play(pitches, performance)
    return House(folder, performance)


def build_lights(folder: Path, sacn: int, universes: int, fades: int, seconds: float) -> House:
    """A show that fades `fades` channels in `universes` universes, for `seconds`, at a GO."""
    folder.mkdir(parents=True)
    channels = {f"c{n}": f"{n % universes + 1}/{n // universes + 1}" for n in range(fades)}
    lines = [f'{name} = "{where}"\n' for name, where in channels.items()]
    head = HEAD.format(osc=sacn, sacn=sacn) + "".join(lines)
    levels = ", ".join(f"{name} = 100" for name in channels)
    cue = _cue("up", 'by = "hand"', f"levels = {{ {levels} }}\nfade = {seconds:g}")
    toml = head + NUMBER.format(id=FADES) + cue
    (folder / "show.toml").write_text(toml, encoding="utf-8")
    return House(folder, folder / "none.mid")


def _shade(channel: int) -> float:
    """Levels that stand in no simple ratio: else their steps would fall together, and rest."""
    return 40 + 60 * ((channel + 1) * GOLDEN % 1)


def _cue(number: str, when: str, what: str) -> str:
    return CUE.format(number=number, when=when, what=what)


def _message(number: str) -> str:
    return f'osc = {{ to = "probe", address = "/cue", args = ["{number}"] }}'


def _follows(tick: int) -> str:
    return f'after = "t{tick - 1} + {TICK_S:g}"' if tick else 'by = "hand"'


def _place(note: int) -> str:
    bar, within = divmod(note, NOTES_A_BAR)
    return f'at = "bar {bar + 1} beat {1 + within / 4:g}"'


def _line(notes: int) -> list[int]:
    """A walk that never stands still; always the same one."""
    dice = random.Random(5)
    pitches = [67]
    while len(pitches) < notes:
        step = dice.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5))
        if LOWEST <= pitches[-1] + step <= HIGHEST:
            pitches.append(pitches[-1] + step)
    return pitches


def _written(pitches: list[int]) -> str:
    bars = [pitches[i : i + NOTES_A_BAR] for i in range(0, len(pitches), NOTES_A_BAR)]
    measures = "".join(
        f'<measure number="{number}">'
        + (_SIGNATURE if number == 1 else "")
        + "".join(map(_note, bar))
        + "</measure>"
        for number, bar in enumerate(bars, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><score-partwise version="4.0"><part-list>'
        '<score-part id="P1"><part-name>Line</part-name></score-part></part-list>'
        f'<part id="P1">{measures}</part></score-partwise>'
    )


_SIGNATURE = (
    "<attributes><divisions>4</divisions><key><fifths>0</fifths></key>"
    "<time><beats>4</beats><beat-type>4</beat-type></time>"
    "<clef><sign>G</sign><line>2</line></clef></attributes>"
    '<direction><direction-type><words>.</words></direction-type><sound tempo="120"/></direction>'
)


def _note(pitch: int) -> str:
    step = STEPS[pitch % 12]
    alter = int(step.endswith("#"))
    return (
        f"<note><pitch><step>{step[0]}</step><alter>{alter}</alter>"
        f"<octave>{pitch // 12 - 1}</octave></pitch>"
        "<duration>1</duration><voice>1</voice><type>16th</type></note>"
    )


def _play(pitches: list[int], path: Path) -> None:
    ticks = round(NOTE_S / 0.5 * 480)
    track = mido.MidiTrack()
    for pitch in pitches:
        track.append(mido.Message("note_on", note=pitch, velocity=70, time=0))
        track.append(mido.Message("note_off", note=pitch, velocity=0, time=ticks))
    file = mido.MidiFile(ticks_per_beat=480)
    file.tracks.append(track)
    file.save(path)
