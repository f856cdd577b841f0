"""docs/setlist.md says what is so: its folder is read, its tables are those of the code."""

import re
from pathlib import Path

from collavoce import evening
from collavoce.show.reading.folder import read_show
from collavoce.show.setlist.conflicts import KINDS
from collavoce.show.setlist.ways import Way
from collavoce.show.timers import Phase

TEXT = (Path(__file__).parents[3] / "docs" / "setlist.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[str]:
    """The first column of the first table below a heading or a line."""
    table = TEXT.split(heading, 1)[1].split("|---", 1)[1].split("\n", 1)[1]
    rows = table.split("\n\n", 1)[0].splitlines()
    return [row.split("|")[1].strip().strip("`") for row in rows]


def test_the_folder_in_the_document_is_read(tmp_path: Path) -> None:
    evening.lay_out(tmp_path)
    music = (tmp_path / "scores" / "evening.musicxml").read_bytes()
    (block,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    people = "".join(f'[[people]]\nid = "{who}"\nname = "{who}"\n' for who in ("jun", "mina"))
    written = block.replace("mark C", "bar 9")
    reading = read_show(
        f'title = "An evening"\ntimezone = "Europe/Vienna"\n{written}\n{people}',
        {"scores/nocturne.musicxml": music},
        resolves=lambda _: True,
        knows_timezone=lambda _: True,
    )
    assert reading.show is not None, reading.findings
    show = reading.show
    assert show.curfew == 22.5 * 3600
    assert show.stage_ids == ("hall",)
    assert show.timers["change"].seconds == 240
    assert show.timers["doors"].until == 19 * 3600
    (number,) = show.numbers
    assert (number.minutes, number.change, number.covers) == (6, 2, ("mina",))
    (finish,) = number.finishes
    assert finish.last < finish.quarter
    assert finish.last + finish.hold <= finish.quarter


def test_the_table_of_ways_is_the_code_s() -> None:
    assert rows("## What can be done") == [way.value for way in Way]


def test_the_table_of_conflicts_is_the_code_s() -> None:
    assert sorted(rows("what does not go together then:")) == sorted(KINDS)


def test_every_phase_of_a_timer_is_named() -> None:
    said = TEXT.split("They are ", 1)[1].split(".", 1)[0]
    assert re.split(r", | or ", said) == [phase.value for phase in Phase]
