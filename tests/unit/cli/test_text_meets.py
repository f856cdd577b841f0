"""Cues one meets, hazards and house rules, typed: the same acts, the same words."""

from typing import Any, cast

import pytest

from collavoce.cli.text.asking import Asking, AskingError
from collavoce.cli.text.door import Door
from collavoce.cli.text.hazards import Hazards
from collavoce.cli.text.meets import Meets
from collavoce.words import say

ROW = {"cue": "41", "says": "cue 41 (LX, Nocturne): strobe, which your card avoids"}
KEPT = say("text.kept")


class Page:
    """A door behind which are these rows, and what was told through it."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = list(rows)
        self.told: list[dict[str, Any]] = []

    def post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        assert (path, body) == ("/care/read", {"type": "ReadMeets"})
        return {"shown": {"meets": self.rows}}

    def act(self, **act: Any) -> str:
        self.told.append(act)
        return KEPT

    @property
    def meets(self) -> Meets:
        return Meets(cast("Door", self), self.act)

    def asking(self) -> Asking:
        return Asking("text.phone", self.meets.commands())


def test_what_meets_the_card_is_said_and_whether_the_caller_knows() -> None:
    rows = ({**ROW, "released": False}, {**ROW, "cue": "42", "released": True})
    told = "Cue 41 (LX, Nocturne): strobe, which your card avoids."
    assert Page(*rows).asking().ask("meets") == f"{told} {told} The caller knows."
    assert Page().asking().ask("meets") == say("meets.text.none")


def test_the_page_says_it_when_it_comes_and_nothing_where_there_is_nothing() -> None:
    view = {"meets": {"rows": [{**ROW, "released": False}], "more": True}}
    assert list(Page().meets.says(view)) == [
        "Cue 41 (LX, Nocturne): strobe, which your card avoids.",
        say("meets.text.more"),
    ]
    assert list(Page().meets.says({})) == []


def test_letting_the_caller_know_and_taking_it_back_name_the_cue_alone() -> None:
    page = Page()
    assert page.asking().ask("letknow 41") == KEPT
    assert page.asking().ask("takeback 41") == KEPT
    assert page.told == [
        {"type": "LetCallerKnow", "cue": "41"},
        {"type": "TakeReleaseBack", "cue": "41"},
    ]
    with pytest.raises(AskingError, match="number of the cue"):
        page.asking().ask("letknow")


def hazards(page: Page, rules: tuple[str, ...] = ()) -> Hazards:
    return Hazards({"foyer": "the foyer", "SL": "stage left"}, rules, page.act)


def test_a_hazard_is_raised_and_over_by_place_and_kind() -> None:
    page = Page()
    asking = Asking("text.phone", hazards(page).commands())
    asking.ask("hazard stage left, haze")
    asking.ask("hazard foyer, wet, 30")
    asking.ask("safe foyer, wet floor")
    assert page.told == [
        {"type": "RaiseHazard", "zone": "SL", "kind": "haze", "minutes": 60},
        {"type": "RaiseHazard", "zone": "foyer", "kind": "wet floor", "minutes": 30},
        {"type": "LiftHazard", "zone": "foyer", "kind": "wet floor"},
    ]


@pytest.mark.parametrize(
    "typed",
    [
        *("hazard", "hazard foyer", "hazard foyer, fear", "hazard moon, haze", "safe foyer"),
        *("hazard foyer, haze, 4", "hazard foyer, haze, 721", "hazard foyer, haze, soon"),
    ],
)
def test_what_is_no_hazard_is_answered_with_how(typed: str) -> None:
    page = Page()
    with pytest.raises(AskingError):
        Asking("text.phone", hazards(page).commands()).ask(typed)
    assert page.told == []


def test_what_stands_is_said_once_and_read_out_with_the_minutes_that_are_left() -> None:
    said = hazards(Page(), ("No fragrance backstage.",))
    one = {"zone": "foyer", "kind": "wet floor", "minutes": 45}
    (first,) = said.says([{**one, "left": 45}])
    assert first == "Wet floor: the foyer, 45 min more."
    (later,) = said.says([{**one, "left": 12}])
    assert later == first, "minutes that go by are no news"
    told = Asking("text.phone", said.commands()).ask("house")
    assert told == "No fragrance backstage. Wet floor: the foyer, 12 min more."
    assert list(said.says([])) == []


def test_a_house_with_nothing_says_so() -> None:
    told = Asking("text.phone", hazards(Page()).commands()).ask("house")
    assert told == say("hazards.text.none")
