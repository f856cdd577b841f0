"""What docs/card.md says of a card is what a card is."""

import re
from pathlib import Path

from collavoce.care.card import (
    FIELD_CHARACTERS_MAX,
    REVIEW_MAX,
    REVIEW_MIN,
    REVIEW_USUAL,
    Effect,
    Field,
)
from collavoce.words import say

TEXT = (Path(__file__).parents[3] / "docs/card.md").read_text(encoding="utf-8")


def test_every_field_stands_there_as_the_page_and_the_text_desk_call_it() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| `write (\w+): WORDS` \|$", TEXT, re.MULTILINE)
    assert rows == [(field, say(f"card.page.field.{field}"), field) for field in Field]


def test_effects_and_numbers_are_those_of_the_card() -> None:
    assert all(f"`{effect}`" in TEXT for effect in Effect)
    for number in (FIELD_CHARACTERS_MAX, REVIEW_USUAL, REVIEW_MIN, REVIEW_MAX):
        assert re.search(rf"\b{number}\b", TEXT), number
