"""docs/away.md says what the code does."""

import re
from datetime import date
from pathlib import Path

from collavoce.care.states.leave import LET_KNOW_AFTER_S, OFFICES
from collavoce.company.availability import availability_words
from collavoce.runtime.care.kept.leave import STEPS_MAX
from collavoce.words import say

ROOT = Path(__file__).parents[3]
TEXT = " ".join((ROOT / "docs" / "away.md").read_text(encoding="utf-8").split())


def test_what_is_shown_is_in_the_document_word_for_word() -> None:
    day = date(2026, 12, 12).isoformat()
    for shown in (
        availability_words(performs=False, until="none"),
        availability_words(performs=False, until=day),
        availability_words(performs=False, rehearses=True),
        availability_words(performs=True, rehearses=False),
    ):
        assert f"| {shown} |" in TEXT, shown


def test_its_figures_and_sentences_are_those_of_the_code() -> None:
    assert f"first {LET_KNOW_AFTER_S / 3600:g} hours" in TEXT
    assert f"up to {STEPS_MAX}" in TEXT
    assert f"for {', '.join(OFFICES[:-1])} or {OFFICES[-1]}" in TEXT
    assert say("away.page.neutral") in TEXT
    for key in ("done", "step_go", "back", "begin", "known_read"):
        assert say(f"away.page.{key}") in TEXT, key


def test_the_tests_it_names_are_there() -> None:
    paths = re.findall(r"`(tests/[^`]+)`", TEXT)
    assert len(paths) >= 8
    for path in paths:
        assert (ROOT / path).is_file(), path
