"""`docs/show-folder.md` says what is there."""

import re
from pathlib import Path

import pytest

from collavoce.company import ROLES
from collavoce.show.reading import folder, numbers
from collavoce.show.reading.folder import read_show
from collavoce.show.rules.reached import REACHED, Leave, Meeting

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/show-folder.md").read_text(encoding="utf-8")
SONG = (ROOT / "src/collavoce/cli/new_show/scores/song.musicxml").read_bytes()


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def test_the_table_of_places_is_the_one_that_decides() -> None:
    drawn = [
        row("may it fire by itself?", *Meeting),
        "|" + "---|" * (1 + len(Meeting)),
        *(row(leave, *(REACHED[leave, meeting] for meeting in Meeting)) for leave in Leave),
    ]
    assert "\n".join(drawn) in PAGE


def test_the_example_is_a_show_without_fault() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    reading = read_show(
        example,
        {"scores/song.musicxml": SONG},
        resolves=lambda _: False,
        knows_timezone=lambda name: name == "Europe/Vienna",
    )
    assert reading.findings == ()
    assert reading.show is not None


@pytest.mark.parametrize("key", sorted({*folder.TOP_KEYS, *numbers.NUMBER_KEYS, *numbers.CUE_KEYS}))
def test_every_key_is_in_the_example(key: str) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert re.search(rf"^\[*(\w+\.)?{key}\b", example, flags=re.MULTILINE), key


def test_every_role_is_named() -> None:
    listed = re.search(r"Roles are: (.*?)\.", PAGE, flags=re.DOTALL)
    assert listed is not None
    assert " ".join(listed[1].split()).split(", ") == list(ROLES)
