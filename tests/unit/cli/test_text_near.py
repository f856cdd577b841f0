"""Who may come near, in plain text: by name, by gender, and yet these; whom it keeps away."""

from typing import Any, cast

import pytest

from collavoce.cli.text.asking import Asking, AskingError, Twice
from collavoce.cli.text.door import Door
from collavoce.cli.text.mine import Mine
from collavoce.words import say

PEOPLE = {"friend": "Mira Ortiz", "second": "Ben Adler"}


class Page:
    """A door behind which `away` are kept away, and what was told through it."""

    def __init__(self, *away: str) -> None:
        self.away = away
        self.told: list[dict[str, Any]] = []
        mine = Mine(cast("Door", self), PEOPLE, self.act, Twice())
        self.asking = Asking("text.phone", mine.commands(dict), Twice())

    def post(self, path: str, _: object) -> dict[str, Any]:
        assert path == "/care/read"
        return {"shown": {"kept_away": self.away}}

    def act(self, **act: Any) -> str:
        self.told.append(act)
        return say("text.kept")


@pytest.mark.parametrize(
    ("line", "kind", "ids", "genders", "but"),
    [
        ("near anyone", "anyone", [], [], []),
        ("near only Mira", "only", ["friend"], [], []),
        ("near not Mira, Ben", "not", ["friend", "second"], [], []),
        ("near not gender woman but Mira", "not", [], ["woman"], ["friend"]),
        ("near not gender man, Ben", "not", ["second"], ["man"], []),
        ("near only gender woman, gender man but Ben", "only", [], ["woman", "man"], ["second"]),
    ],
)
def test_a_rule_is_what_the_page_would_tell(
    line: str, kind: str, ids: list[str], genders: list[str], but: list[str]
) -> None:
    page = Page()
    assert page.asking.ask(line) == say("text.kept")
    told = {"type": "WriteNear", "kind": kind, "ids": ids, "genders": genders, "but": but}
    assert page.told == [told]


def test_whom_the_rule_keeps_away_is_said_with_the_answer() -> None:
    said = Page("second").asking.ask("near not gender man")
    assert said.endswith(say("care.phone.near_kept_away", who="Ben Adler"))


@pytest.mark.parametrize("line", ["near", "near nobody", "near anyone but Mira", "near only Zoe"])
def test_anything_else_is_answered_with_how_and_does_nothing(line: str) -> None:
    page = Page()
    with pytest.raises(AskingError):
        page.asking.ask(line)
    assert page.told == []
