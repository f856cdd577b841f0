"""A little show to look at: one followed number, one called by hand, one with difficult names."""

from collavoce.company.people import Exit, Person, Seat, Zone
from collavoce.evening import show_files
from collavoce.score import Score, read_score
from collavoce.score.engraving import Engraving, engrave
from collavoce.score.places import parse_place, resolve
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Cue, Department, Number, Show
from collavoce.show.patch import Channel, Patch
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand, Trigger
from collavoce.units import Seconds

CHANNELS = (
    "front",
    "back",
    "side left",
    "side right",
    "piano",
    "cyc warm",
    "cyc cold",
    "exit",
    "house",
)

LONG = "Ada Wilhelmina Featherstonehaugh-Cholmondeley of the second violins"

NOCTURNE = """
1    | LX  | Dusk comes up                | bar 0        | cyc warm 45, piano 35, back 15
2    | VID | Sky, evening                 | bar 1        |
4    | SND | A street, far off            | bar 3        |
5    | LX  | The light goes home          | bar 5        | cyc warm 22, front 8
6    | LX  | Lamps                        | bar 9        | back 45, piano 60, cyc cold 25
6.5  | VID | Windows, one by one          | 6 + 1.5      |
7    | LX  | A waltz under one lamp       | bar 14       | side right 35, back 28
8    | SND | Rain on the roof             | bar 14       |
9    | LX  | He looks up                  | hand         | front 20
11   | LX  | Night                        | bar 24       | cyc cold 60, piano 80
12   | LX  | Before dawn                  | bar 32       | side left 30
27   | LX  | Bow                          | end + 1.5    | front 80, back 60, exit 40
28   | PEO | れん comes off, stage left    | end + 5      | exit 100
29   | LX  | Out                          | end + 9      | front 0, back 0, piano 0
"""

TALK = """
40   | SND | House music down             | hand         |
41   | LX  | 두 사람을 위한 빛               | hand         | front 60, house 20
LFX34-5 | LX | A name that is far longer than any line of any desk has room for | hand | front 30
42   | VID | 桜、夜の川、とても長い題名の映像をゆっくりと映す | hand |
24-ON | SND | Street, again                | 42 + 3       |
"""


def score() -> tuple[Score, Engraving]:
    """The bundled piece, read and drawn."""
    data = (show_files() / "scores" / "evening.musicxml").read_bytes()
    return read_score(data, "evening"), engrave(data, "evening")


def little_show(written: Score | None) -> Show:
    """The show; without `written` its first number has no score."""
    people = (
        Person("ren", "きりしま れん", ("performer",)),
        Person("mina", "서미나", ("assistant",)),
        Person("ada", LONG, ("caller",)),
        Person("darya", "Дарья Воронина", ("operator",)),
    )
    return Show(
        title="An evening",
        timezone="Europe/Vienna",
        numbers=(
            Number(
                "nocturne",
                "Colla voce: a nocturne in five steps",
                "scores/evening.musicxml" if written else None,
                "ren",
                _cues(NOCTURNE, written),
            ),
            Number("talk", "서미나와 나누는 이야기", None, "ada", _cues(TALK, None)),
            Number("encore", LONG, None, None, ()),
        ),
        people={person.id: person for person in people},
        exits={
            "SL": Exit("SL", "stage left, to the corridor"),
            "SR": Exit("SR", "stage right, to the dock"),
        },
        seats={"friend": Seat("friend", "mina")},
        patch=Patch(
            channels={name: Channel(name, 1, i + 1) for i, name in enumerate(CHANNELS)},
        ),
        guard=Seconds(1.5),
        zones={
            "SL": Zone("SL", "stage left, to the corridor", "SL"),
            "SR": Zone("SR", "stage right, to the dock", "SR"),
            "door4": Zone("door4", "backstage door 4", "SR"),
            "foyer": Zone("foyer", "한강 쪽 로비, 아래층 매표소 옆"),
        },
    )


def _cues(table: str, written: Score | None) -> tuple[Cue, ...]:
    return tuple(_cue(line, written) for line in table.strip().splitlines())


def _cue(line: str, written: Score | None) -> Cue:
    number, letters, name, when, levels = (part.strip() for part in line.split("|"))
    department = Department(letters)
    actions: list[SetLevels | CallPerson] = []
    if levels:
        wanted = (item.strip().rpartition(" ") for item in levels.split(","))
        actions.append(
            SetLevels({channel: int(level) / 100 for channel, _, level in wanted}, Seconds(2.0))
        )
    if department is Department.PEO:
        actions.append(CallPerson("friend", "SL", Seconds(40.0)))
    return Cue(number, name, department, _trigger(when, written), tuple(actions))


def _trigger(when: str, written: Score | None) -> Trigger:
    if when.startswith("bar") and written is not None:
        return AtPlace(resolve(written, parse_place(when)), when)
    before, plus, wait = when.partition(" + ")
    if not plus or (before == "end" and written is None):
        return ByHand()
    return (
        AtEnd(Seconds(float(wait))) if before == "end" else AfterCue(before, Seconds(float(wait)))
    )
