"""docs/care.md says what the code does."""

import re
from pathlib import Path

from collavoce.care.ladder import SECOND_AFTER_MAX, SECOND_AFTER_MIN, Rung, Times
from collavoce.care.reached.standing import RECEIPT_WITHIN, Feedback
from collavoce.care.states.alert import CANCEL_WITHIN
from collavoce.care.states.pairing import CODE_LIVES, WAIT_LIVES, WAITING_MAX
from collavoce.runtime.care.config import CareConfig

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "care.md").read_text(encoding="utf-8")


def test_the_ladder_in_the_document_is_the_ladder() -> None:
    rows = re.findall(r"^\| ([A-Z]+) \| (\d+) s \|", TEXT, re.MULTILINE)
    assert rows == [(rung.name, f"{Times().at(rung):g}") for rung in Rung]
    assert f"{SECOND_AFTER_MIN:g} to {SECOND_AFTER_MAX:g} s" in TEXT
    assert f"within {CANCEL_WITHIN:g} s" in TEXT
    assert f"within {RECEIPT_WITHIN:g} s" in TEXT
    assert CODE_LIVES == 120.0
    assert "for two minutes" in TEXT
    assert f"for up to {WAIT_LIVES / 60:g} minutes" in TEXT
    assert WAITING_MAX == 2
    assert "At most two wait" in TEXT


def test_every_state_the_performer_is_told_is_in_the_document() -> None:
    rows = re.findall(r"^\| ([a-z_]+) \|", TEXT, re.MULTILINE)
    for feedback in Feedback:
        assert feedback is Feedback.NONE or feedback.value in rows


def test_the_tests_it_names_are_there_and_the_number_is_the_usual_one() -> None:
    for path in re.findall(r"`(tests/[^`]+)`", TEXT):
        assert (ROOT / path).is_file(), path
    usual = CareConfig(
        show="", people=(), exits=(), care_dir="", key_file="", run_dir="", badge_key=""
    )
    assert f"`{usual.emergency}`" in TEXT
