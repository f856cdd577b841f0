"""`docs/show-folder.md` says what is there."""

import re
from pathlib import Path

import pytest

from collavoce.company import ROLES
from collavoce.show.actions.table import ACTIONS
from collavoce.show.person import PersonIs
from collavoce.show.reading import cues, folder, numbers
from collavoce.show.reading.cues import HAZARDS
from collavoce.show.reading.folder import read_show
from collavoce.show.rules.reached import REACHED, Leave, Meeting

from .sounds import wav

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


EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
FILES = {
    "scores/song.musicxml": SONG,
    "sounds/rain.wav": wav(seconds=3.0),
    "references/song.wav": wav(seconds=3.0),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_a_show_without_fault(example: str) -> None:
    reading = read_show(
        example,
        FILES,
        resolves=lambda _: False,
        knows_timezone=lambda name: name == "Europe/Vienna",
    )
    assert reading.findings == ()
    assert reading.show is not None


@pytest.mark.parametrize("key", sorted({*folder.TOP_KEYS, *numbers.NUMBER_KEYS, *cues.CUE_KEYS}))
def test_every_key_is_in_an_example(key: str) -> None:
    found = re.search(rf"^\[*(\w+\.)?{key}\b", "".join(EXAMPLES), flags=re.MULTILINE)
    assert found, key


@pytest.mark.parametrize("key", ACTIONS)
def test_every_action_has_its_row(key: str) -> None:
    assert re.search(rf"^\| `{key} = ", PAGE, flags=re.MULTILINE), key


@pytest.mark.parametrize("hazard", HAZARDS)
def test_every_hazard_is_named(hazard: str) -> None:
    assert f"`{hazard}`" in PAGE


@pytest.mark.parametrize("state", PersonIs)
def test_everything_that_people_can_be_is_named(state: PersonIs) -> None:
    assert f'`"... {state}"`' in PAGE


def test_every_role_is_named() -> None:
    listed = re.search(r"Roles are: (.*?)\.", PAGE, flags=re.DOTALL)
    assert listed is not None
    assert " ".join(listed[1].split()).split(", ") == list(ROLES)
