"""Care on clocks moved by hand is the care of the process, but for who turns its clock."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from collavoce.company.people import Person
from collavoce.desk.care.by_hand import HandCare
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.line.config import LineConfig

PEOPLE = tuple(Person(f"dancer{n}", f"Dancer {n}", ("performer",)) for n in range(10))
WALL = 1_800_000_000.0
ONE, OTHER = PEOPLE[0].id, PEOPLE[1].id
CONFIG = CareConfig(
    show="An evening",
    people=tuple((person.id, person.name) for person in PEOPLE),
    exits=(),
    care_dir="",
    key_file="",
    run_dir="",
    badge_key="key",
    line=LineConfig(people=PEOPLE),
)


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


def ticked(care: HandCare) -> None:
    for person in (ONE, OTHER):
        care.phone(person)
        mark = f"the-mark-of-{person}"
        said = {"kind": "hurts", "piece": "", "title": "", "words": "", "to": ""}
        assert care.does(person, "WriteMark", id=mark, **said)
        assert care.does(person, "BeFound", id=mark, on=True)


def test_what_takes_a_quarter_hour_takes_no_time() -> None:
    care = HandCare(CONFIG, WALL)
    ticked(care)
    care.passes(599.0)
    assert care.found(ONE) == care.found(OTHER) == []
    care.passes(901.0)
    assert (care.found(ONE), care.found(OTHER)) == ([OTHER], [ONE])
    assert [one["who"] for one in care.seen(ONE)["found"]] == [OTHER]


def test_gone_back_to_it_may_be_gone_another_way() -> None:
    care = HandCare(CONFIG, WALL)
    ticked(care)
    before = care.stands()
    care.passes(1800.0)
    assert care.found(ONE) == [OTHER]
    care.goes_back(before)
    assert care.found(ONE) == []
    assert care.does(ONE, "BeFound", id=f"the-mark-of-{ONE}", on=False)
    care.passes(1800.0)
    assert care.found(ONE) == []
    care.goes_back(before)
    care.passes(1800.0)
    assert care.found(ONE) == [OTHER]


def test_a_process_that_begins_anew_knows_what_was_on_its_disk(folder: Path) -> None:
    care = HandCare(CONFIG, WALL, folder)
    for person in (ONE, OTHER):
        care.phone(person)
    letter = {"letter": "letter-0000000001", "to": OTHER, "way": "asked", "words": "Sing."}
    assert care.does(ONE, "WriteLetter", **letter, day="", at="")
    assert care.does(ONE, "SealLetter", letter=letter["letter"], sure=True)
    care.again()
    assert care.reads(OTHER, "ReadPost")["post"]["given"] == []
    assert care.does(OTHER, "AskForLetters")
    assert len(care.reads(OTHER, "ReadPost")["post"]["given"]) == care.delivered == 1
    assert not care.does(ONE, "SealLetter", letter="letter-0000000009", sure=True)
    care.close()
