"""Rehearsals on a phone's page in plain text: the same powers, the same words."""

from typing import Any, cast

import pytest

from collavoce.cli.text.asking import Asking, AskingError, Twice
from collavoce.cli.text.door import Door
from collavoce.cli.text.mine import Mine
from collavoce.words import say


class Page:
    """A door behind which `takes` is what the page shows, and what was told through it."""

    def __init__(self, takes: dict[str, Any] | None) -> None:
        self.takes = takes
        self.told: list[dict[str, Any]] = []

    def post(self, path: str, _: object) -> dict[str, Any]:
        assert path == "/care/read"
        return {"shown": {"takes": self.takes}}

    def act(self, **act: Any) -> str:
        self.told.append(act)
        return say("text.kept")

    def asking(self) -> Asking:
        twice = Twice()
        mine = Mine(cast("Door", self), {}, self.act, twice)
        return Asking("text.phone", mine.commands(dict), twice)


def test_it_says_whether_and_how_many_and_what_for() -> None:
    for on, stands in ((True, say("takes.text.on", n=3)), (False, say("takes.text.off"))):
        told = Page({"on": on, "kept": 3}).asking().ask("takes").splitlines()
        assert told[0] == stands
        assert told[1:] == [say(f"takes.page.{part}") for part in ("about", "until", "who")]
    assert Page(None).asking().ask("takes") == say("takes.text.none")


def test_yes_no_and_forget_are_what_the_page_tells() -> None:
    page = Page({"on": False, "kept": 0})
    for words in ("takes on", "takes off", "takes forget"):
        assert page.asking().ask(words) == say("text.kept")
    assert page.told == [
        {"type": "RememberTakes", "on": True},
        {"type": "RememberTakes", "on": False},
        {"type": "ForgetTakes"},
    ]


def test_anything_else_is_answered_with_how() -> None:
    with pytest.raises(AskingError, match="takes forget"):
        Page(None).asking().ask("takes please")


def test_it_is_in_the_help() -> None:
    assert any(line.startswith("takes") for line in Page(None).asking().lines())
