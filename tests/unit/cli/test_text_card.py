"""A card in plain text: the same powers as the page, and the same words."""

from typing import Any, cast

import pytest

from collavoce.care.card import Effect, Field
from collavoce.cli.text.asking import Asking, AskingError, Twice
from collavoce.cli.text.card import EFFECTS, FIELDS, Card
from collavoce.cli.text.door import Door
from collavoce.words import say

PEOPLE = {"friend": "Mira Ortiz", "second": "Ben Adler"}
EMPTY: dict[str, Any] = {
    "fields": {field: {"words": "", "shared": []} for field in FIELDS},
    "avoids": [],
    "looked": "",
    "every": 90,
    "due": False,
}


class Page:
    """A door behind which `shown` is what the page shows, and what was told through it."""

    def __init__(self, **shown: Any) -> None:
        self.shown = shown
        self.asked: list[object] = []
        self.told: list[dict[str, Any]] = []
        self.card = Card(cast("Door", self), PEOPLE, self.act)
        self.asking = Asking("text.phone", self.card.commands(), Twice())

    def post(self, path: str, body: object) -> dict[str, Any]:
        assert path == "/care/read"
        self.asked.append(body)
        return {"shown": self.shown}

    def act(self, **act: Any) -> str:
        self.told.append(act)
        return say("text.kept")


def test_its_fields_and_effects_are_those_of_the_card() -> None:
    assert tuple(Field) == FIELDS
    assert tuple(Effect) == EFFECTS


@pytest.mark.parametrize(
    ("line", "act"),
    [
        (
            "write helps: Quiet: and tea.",
            {"type": "KeepField", "field": "helps", "words": "Quiet: and tea."},
        ),
        ("write What helps: x", {"type": "KeepField", "field": "helps", "words": "x"}),
        ("write touch: none", {"type": "KeepField", "field": "touch", "words": ""}),
        (
            "share helps, touch with Mira until 2027-01-31",
            {
                "type": "ShareFields",
                "person": "friend",
                "fields": ["helps", "touch"],
                "until": "2027-01-31",
            },
        ),
        (
            "share light with Ben Adler",
            {"type": "ShareFields", "person": "second", "fields": ["light"], "until": ""},
        ),
        ("unshare light with Ben", {"type": "StopField", "person": "second", "field": "light"}),
        ("unshare with Mira", {"type": "StopWith", "person": "friend"}),
        ("allback", {"type": "TakeCardBack"}),
        ("first haze, Strobe", {"type": "KeepAvoids", "effects": ["haze", "strobe"]}),
        ("first none", {"type": "KeepAvoids", "effects": []}),
        ("unchanged", {"type": "LookedOver"}),
        ("review 30", {"type": "ReviewEvery", "days": 30}),
        ("review never", {"type": "ReviewEvery", "days": 0}),
    ],
)
def test_a_line_is_what_the_page_would_tell(line: str, act: dict[str, Any]) -> None:
    page = Page()
    assert page.asking.ask(line) == say("text.kept")
    assert page.told == [act]


@pytest.mark.parametrize(
    "line",
    [
        "write helps",
        "write helps:",
        "write nonsense: x",
        "share helps",
        "share helps with nobody known",
        "share helps with Mira until friday",
        "unshare helps",
        "first glitter",
        "review soon",
    ],
)
def test_anything_else_is_answered_with_how_and_does_nothing(line: str) -> None:
    page = Page()
    with pytest.raises(AskingError):
        page.asking.ask(line)
    assert page.told == []


def test_my_card_is_read_out_with_its_readers_and_its_review() -> None:
    card = EMPTY | {"avoids": ["haze"], "looked": "2026-03-03", "every": 0}
    shared = [{"id": "friend", "until": "2027-01-31"}, {"id": "second", "until": ""}]
    card["fields"] = {**EMPTY["fields"], "helps": {"words": "Quiet.", "shared": shared}}
    told = Page(card=card, sharing=[]).asking.ask("card").splitlines()
    assert told == [
        "What helps: Quiet.",
        "    may be read by Mira Ortiz until 2027-01-31",
        "    may be read by Ben Adler",
        "told first of: Haze and fog",
        "You last looked over your card on 2026-03-03.",
        say("card.text.never"),
    ]
    assert Page(card=EMPTY).asking.ask("card").startswith("Your card is empty.")
    assert Page(card={}).asking.ask("card") == say("card.says.card_closed")


def test_the_card_of_another_is_opened_by_name() -> None:
    page = Page(fields={"touch": "Ask first."})
    assert page.asking.ask("card Mira") == page.asking.ask("who m") == "Touch: Ask first."
    assert page.asked == [{"type": "ReadCardOf", "owner": "friend"}] * 2
    assert "Mira Ortiz" in Page(fields={}).asking.ask("card Mira")
    assert Page(sharing=["friend"], card={}).asking.ask("cards").endswith("Mira Ortiz.")
    assert Page(sharing=[], card={}).asking.ask("cards") == say("card.text.nobody_shares")


def test_a_change_of_what_is_shared_is_said_once_and_nothing_while_it_stays() -> None:
    card = Page().card
    marks = ("-", "-", "a", "a", "-")
    assert [len(list(card.says({"card": mark}))) for mark in marks] == [0, 0, 1, 0, 1]
    assert list(Page().card.says({})) == []


def test_every_command_is_in_the_help() -> None:
    assert all(list(Page().asking.lines()))
