"""`docs/rehearse.md` says what a rehearsal finds."""

import re
from pathlib import Path

import pytest

from collavoce.words import catalogue

PAGE = (Path(__file__).parents[2] / "docs/rehearse.md").read_text(encoding="utf-8")
KINDS = sorted({key.split(".")[2] for key in catalogue() if key.startswith("rehearse.found.")})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_finding_has_its_row(kind: str) -> None:
    assert re.search(rf"^\|.*\| `{kind}` \| (fault|note) \|$", PAGE, flags=re.MULTILINE)


def test_no_row_names_a_kind_that_there_is_not() -> None:
    assert (
        sorted(re.findall(r"\| `(\w+)` \| (?:fault|note) \|$", PAGE, flags=re.MULTILINE)) == KINDS
    )
