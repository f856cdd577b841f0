"""One catalogue, nothing missing in it and nothing left over."""

import re
from pathlib import Path

import pytest

from collavoce.words import UnknownWordsError, catalogue, say

SOURCE = Path(__file__).parents[3] / "src" / "collavoce"


def test_words_are_filled_in() -> None:
    assert "demo" in say("cli.demo.help") or say("cli.demo.help")


def test_an_unknown_key_is_a_mistake_of_the_program() -> None:
    with pytest.raises(UnknownWordsError):
        say("cli.nothing.of.the.kind")


def test_every_key_said_in_the_code_is_in_the_catalogue() -> None:
    known = catalogue()
    for file in SOURCE.rglob("*.py"):
        for key in re.findall(r'\bsay\(\s*"([^"]+)"', file.read_text(encoding="utf-8")):
            assert key in known, f"{file.relative_to(SOURCE)} says {key}"


def test_placeholders_are_whole() -> None:
    for key, words in catalogue().items():
        assert words.count("{") == words.count("}"), key
