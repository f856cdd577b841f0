"""docs/security.md names tests that exist, and every option of the certificate command."""

import argparse
import re
from pathlib import Path

import pytest

from collavoce.cli import certificate

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in DOCUMENT.partition("| id |")[2].splitlines()[2:]
    if line.startswith("|")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_a_test_that_exists_or_says_why_not(row: list[str]) -> None:
    assert len(row) == 4
    assert all(row)
    named = re.findall(r"`(tests/[^`]+)`", row[3])
    assert named or row[3].startswith("not shown here because")
    for name in named:
        assert "def test_" in (ROOT / name).read_text(encoding="utf-8")


def test_the_table_is_there_and_in_order() -> None:
    assert len(ROWS) > 35
    firsts = [
        tuple(int(part) for part in row[0].partition(",")[0].split()[0].split(".")) for row in ROWS
    ]
    assert firsts == sorted(firsts)


def test_every_act_of_the_certificate_command_is_in_the_document() -> None:
    parser = argparse.ArgumentParser()
    certificate.add(parser)
    for act in ("own", "acme", "show"):
        assert f"collavoce certificate {act}" in DOCUMENT
    for option in ("--certificate", "--key", "--name", "--hsts", "--offer", "--dns", "--agree"):
        assert option in DOCUMENT
