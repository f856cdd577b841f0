"""The house and the people of "Two weeks": a singer, her friend of no company, and those around."""

from pathlib import Path

from collavoce.company.people import Person
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.line.config import LineConfig

SINGER, FRIEND, PIANIST = "singer", "friend", "pianist"
MANAGER, LIAISON, ADMIN, CALLER = "manager", "liaison", "admin", "caller"
FRIEND_NAME = "Ruben Halloran"
"""Unless somebody's name is put there."""

CONCERT, DUET = "concert", "duet"
ENTRANCE = "1"
ZONE = "Europe/Berlin"

PHONES = (SINGER, FRIEND, PIANIST, MANAGER, LIAISON, ADMIN)
NOT_CHOSEN = (PIANIST, MANAGER, LIAISON, ADMIN)
"""Whom he did not choose to see that he stepped away."""

_OTHERS = (
    (SINGER, "Yuna Park", "performer"),
    (PIANIST, "Sofía Marín", "performer"),
    (MANAGER, "Otto Graf", "company manager"),
    (LIAISON, "نور حداد", "artist liaison"),
    (ADMIN, "Priya Nair", "administrator"),
    (CALLER, "Adaeze Lindqvist", "caller"),
)

_NUMBERS = f"""
[[numbers]]
id = "{CONCERT}"
title = "Still mine"
performer = "{SINGER}"
minutes = 5

[[numbers.cues]]
number = "{ENTRANCE}"
name = "She comes on"
department = "LX"
by = "hand"
entrance = "{SINGER}"
levels = {{ front = 80 }}

[[numbers]]
id = "{DUET}"
title = "In the park"
performer = "{FRIEND}"
covers = ["{PIANIST}"]
minutes = 4
"""


def people(friend: str) -> tuple[Person, ...]:
    """Everybody. friend: the name of whoever has gone; a guest, of no company."""
    named = ((FRIEND, friend, "guest"), *_OTHERS)
    return tuple(Person(person, name, (role,)) for person, name, role in named)


def care_config(friend: str, run_dir: str = "") -> CareConfig:
    """What the care of this house is told, where no show runs beside it."""
    company = people(friend)
    return CareConfig(
        show="Two weeks",
        people=tuple((person.id, person.name) for person in company),
        exits=(),
        care_dir="",
        key_file="",
        run_dir=run_dir,
        badge_key="story",
        timezone=ZONE,
        line=LineConfig(people=company),
    )


def lay_out(folder: Path, friend: str) -> Path:
    """Write the show into `folder` (made) and return it."""
    folder.mkdir(parents=True)
    blocks = [f'title = "Two weeks"\ntimezone = "{ZONE}"\nstarts = "19:30"']
    for person in people(friend):
        name = person.name.replace("\\", "\\\\").replace('"', '\\"')
        blocks.append(
            f'[[people]]\nid = "{person.id}"\nname = "{name}"\nroles = ["{person.roles[0]}"]'
        )
    blocks += ['[patch.sacn]\nto = ["127.0.0.1:5568"]', '[patch.channels]\nfront = "1/1"']
    text = "\n\n".join(blocks) + "\n" + _NUMBERS
    (folder / "show.toml").write_text(text, encoding="utf-8")
    return folder
