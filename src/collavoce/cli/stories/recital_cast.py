"""Who is in the house besides him and his friend, and the two folders of their evening.

The bundled evening has six people. A company manager, an artist liaison and an administrator come
to them: whoever must learn nothing has to be there to learn it.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import mido

from collavoce.cli.new import write_show
from collavoce.cli.stories.recital_music import lay_out
from collavoce.score.model import Score

PERFORMER, FRIEND, SECOND = "ren", "mina", "layla"
CALLER, LIGHT, WELFARE = "ada", "darya", "noor"
MANAGER, LIAISON, ADMIN = "otto", "ines", "priya"

NOT_MEANT = (SECOND, CALLER, LIGHT, WELFARE, MANAGER, LIAISON, ADMIN)
"""Every role of the house but his own and his friend's, one of his circle among them."""

COMPANY = (PERFORMER, FRIEND, *NOT_MEANT)

CORRIDOR = "corridor"
RULE = "No fragrance backstage."
ENCORE, SONG, OFF = "encore", "song", "1"

_SIX = (
    (PERFORMER, "きりしま れん", "performer"),
    (FRIEND, "", "assistant"),
    (CALLER, "Adaeze Lindqvist", "caller"),
    (LIGHT, "Дарья Воронина", "operator"),
    (SECOND, "ليلى منصور", "operator"),
    (WELFARE, "Noor van den Berg", "welfare lead"),
)
_THREE = (
    (MANAGER, "Otto Graf", "company manager"),
    (LIAISON, "Inês Carvalho", "artist liaison"),
    (ADMIN, "Priya Nair", "administrator"),
)

_ENCORE = f"""
[[zones]]
id = "{CORRIDOR}"
name = "corridor, stage left"
exit = "SL"

[[numbers]]
id = "{ENCORE}"
title = "Once more"
performer = "{PERFORMER}"
minutes = 4
covers = ["{SECOND}"]

[[numbers.cues]]
number = "50"
name = "Once more"
department = "LX"
by = "hand"
levels = {{ piano = 50 }}
"""

_SONG = f"""title = "The last of the evening"
timezone = "Europe/Vienna"

[[exits]]
id = "SL"
name = "stage left"

[seats]
friend = "{FRIEND}"

[[numbers]]
id = "{SONG}"
title = "The last of the evening"
score = "scores/song.musicxml"
performer = "{PERFORMER}"

[[numbers.cues]]
number = "{OFF}"
name = "See him off"
department = "PEO"
at = "end + 2"
person = {{ seat = "friend", exit = "SL", lead = 20 }}
"""

TICKS, BPM = 480, 96


def lay_out_house(folder: Path, friend: str) -> Path:
    """The bundled evening, with more people, a place, a rule of the house and a number to come."""
    file = lay_out(folder, friend) / "show.toml"
    text = file.read_text(encoding="utf-8")
    rule = f"house_rules = [{_quoted(RULE)}]\n"
    file.write_text("\n".join([rule, text, *_people(_THREE, ""), _ENCORE]), encoding="utf-8")
    return folder


def lay_out_song(folder: Path, friend: str) -> Path:
    """The last song of an evening, and nothing behind it; the whole company is there."""
    write_show(folder)
    blocks = _people((*_SIX, *_THREE), friend)
    (folder / "show.toml").write_text("\n".join([_SONG, *blocks]), encoding="utf-8")
    return folder


def played(score: Score, file: Path) -> Path:
    """The notes of `score` in `file`, in time: how well he is followed is A0's to show."""
    moves = [
        (when, note.pitch, velocity)
        for note in score.notes
        for when, velocity in ((note.onset, 64), (note.onset + note.duration * 0.9, 0))
    ]
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(BPM))])
    before = 0
    for when, pitch, velocity in sorted(moves, key=lambda move: (move[0], move[2])):
        now = int(TICKS * when)
        track.append(mido.Message("note_on", note=pitch, velocity=velocity, time=now - before))
        before = now
    mido.MidiFile(ticks_per_beat=TICKS, tracks=[track]).save(file)
    return file


def _people(rows: Iterable[tuple[str, str, str]], friend: str) -> list[str]:
    return [
        f'[[people]]\nid = "{person}"\nname = {_quoted(name or friend)}\nroles = ["{role}"]\n'
        for person, name, role in rows
    ]


def _quoted(text: str) -> str:
    """A TOML basic string; what JSON escapes, TOML reads the same way."""
    return json.dumps(text, ensure_ascii=False)
