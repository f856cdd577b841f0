"""The house and the people of "Not my music": a star, a dancer in the corner, and those around."""

from pathlib import Path

from collavoce.company.people import Person
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.line.config import LineConfig

STAR, DANCER, THIRD = "star", "dancer", "third"
MANAGER, LIAISON, ADMIN = "manager", "liaison", "admin"
DIRECTOR, CALLER = "director", "caller"

GROWL, CLOSING = "growl", "closing"
STUDIO, BEDS = "studio", "beds"
PIECES = ((GROWL, "The Growl"), (CLOSING, "The Crowd Pleaser"))
ZONES = ((STUDIO, "the studio", ""), (BEDS, "the sleeping quarters", ""))

DANCER_NAME = "Théo Nkemelu"
"""Unless somebody's name is put there."""

_OTHERS = (
    (THIRD, "Sofía Marín", "performer"),
    *((f"dancer{n}", f"Dancer {n}", "performer") for n in range(1, 9)),
    (DIRECTOR, "Ilse Brandt", "musical director"),
    (MANAGER, "Otto Graf", "company manager"),
    (LIAISON, "نور حداد", "artist liaison"),
    (ADMIN, "Priya Nair", "administrator"),
    (CALLER, "Adaeze Lindqvist", "caller"),
)
"""With star and dancer eleven can be found: the ten that it takes, and one more."""

PHONES = (STAR, DANCER, THIRD, DIRECTOR, MANAGER)
"""Those with a phone in the real house."""

DANCERS = (DANCER, *(person for person, _, role in _OTHERS if role == "performer"))


def people(dancer: str) -> tuple[Person, ...]:
    """Everybody. dancer: the name of whoever stands in the corner."""
    both = ((STAR, "유하늘", "performer"), (DANCER, dancer, "performer"))
    named = (*both, *_OTHERS)
    return tuple(Person(person, name, (role,)) for person, name, role in named)


def names(dancer: str) -> dict[str, str]:
    """Everybody by id."""
    return {person.id: person.name for person in people(dancer)}


def care_config(dancer: str, run_dir: str = "") -> CareConfig:
    """What the care of this house is told, where no show runs beside it."""
    company = people(dancer)
    return CareConfig(
        show="Not my music",
        people=tuple((person.id, person.name) for person in company),
        exits=(),
        care_dir="",
        key_file="",
        run_dir=run_dir,
        badge_key="story",
        pieces=PIECES,
        line=LineConfig(people=company, zones=ZONES),
    )


def lay_out(folder: Path, dancer: str) -> Path:
    """Write the show into `folder` (made) and return it."""
    folder.mkdir(parents=True)
    blocks = ['title = "Not my music"', 'timezone = "Asia/Seoul"', 'starts = "19:30"']
    for person in people(dancer):
        name = person.name.replace("\\", "\\\\").replace('"', '\\"')
        blocks.append(
            f'[[people]]\nid = "{person.id}"\nname = "{name}"\nroles = ["{person.roles[0]}"]'
        )
    for zone, name, _ in ZONES:
        blocks.append(f'[[zones]]\nid = "{zone}"\nname = "{name}"')
    for number, title in PIECES:
        blocks.append(
            f'[[numbers]]\nid = "{number}"\ntitle = "{title}"\n'
            f'performer = "{STAR}"\nminutes = 4\nchange = 1'
        )
    (folder / "show.toml").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return folder
