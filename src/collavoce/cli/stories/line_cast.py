"""The house and the people of "The line": a small show folder, with the seat left open for a name.

He comes off stage right, where door 4 lies. Whoever holds the seat belongs to no company.
"""

import json
from dataclasses import dataclass
from pathlib import Path

IDOL, FRIEND, SISTER = "idol", "friend", "sister"
WELFARE, SECURITY, STEWARD, ASM = "welfare", "security", "steward", "asm"
CALLER, MANAGER, BODYGUARD = "caller", "manager", "bodyguard"
LIAISON, MONITORS, MEDIC, ADMIN = "liaison", "monitors", "medic", "admin"

DOOR, FOYER, WAY_OFF, OTHER_WAY = "door4", "foyer", "SR", "SL"
NUMBER, OFF = "last-song", "20"
SEAT = "friend"

_PEOPLE = (
    (IDOL, "강하진", "performer"),
    (SISTER, "강나래", "guest"),
    (WELFARE, "Ngọc Anh Trần", "welfare lead"),
    (SECURITY, "Людмила Соколова", "security lead"),
    (STEWARD, "Inês Carvalho", "steward"),
    (ASM, "中村 海", "assistant"),
    (CALLER, "Adaeze Lindqvist", "caller"),
    (MANAGER, "Otto Graf", "company manager"),
    (BODYGUARD, "Ulf Berg", "guest"),
    (LIAISON, "نور حداد", "artist liaison"),
    (MONITORS, "Дарья Воронина", "operator"),
    (MEDIC, "Σοφία Παππά", "medic"),
    (ADMIN, "Priya Nair", "administrator"),
)

PHONES = (FRIEND, *(person for person, _, _ in _PEOPLE if person != CALLER))
"""Everybody with a phone of their own; the caller has the desk."""

NOT_MEANT = (MANAGER, BODYGUARD, ADMIN)
"""Those of whom the story says: no message, entry, badge, log line, gap in numbers."""

_HEAD = """title = "The line"
timezone = "Asia/Seoul"

[[exits]]
id = "SL"
name = "stage left"

[[exits]]
id = "SR"
name = "stage right"

[[zones]]
id = "door4"
name = "door 4"
exit = "SR"

[[zones]]
id = "foyer"
name = "foyer"

[[numbers]]
id = "last-song"
title = "The last song"
performer = "idol"

[[numbers.cues]]
number = "20"
name = "{{friend}} sees him off"
department = "PEO"
by = "hand"
person = { seat = "friend", exit = "SR", lead = 40 }
"""


@dataclass(frozen=True, slots=True)
class Cast:
    """friend: the name of whoever holds the seat."""

    friend: str

    def names(self) -> dict[str, str]:
        """Everybody by id."""
        return {FRIEND: self.friend, **{person: name for person, name, _ in _PEOPLE}}

    def lay_out(self, folder: Path, *, seat_held: bool = True) -> Path:
        """Write the show into `folder` (made if need be) and return it."""
        folder.mkdir(parents=True, exist_ok=True)
        people = [(FRIEND, self.friend, "guest"), *_PEOPLE]
        blocks = (
            f'[[people]]\nid = "{person}"\nname = {_quoted(name)}\nroles = ["{role}"]\n'
            for person, name, role in people
        )
        seat = f'[seats]\n{SEAT} = "{FRIEND if seat_held else ""}"\n'
        text = "\n".join([_HEAD, *blocks, seat])
        (folder / "show.toml").write_text(text, encoding="utf-8")
        return folder


def _quoted(name: str) -> str:
    """A TOML basic string; what JSON escapes, TOML reads the same way."""
    return json.dumps(name, ensure_ascii=False)
