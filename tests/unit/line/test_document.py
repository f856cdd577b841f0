"""`docs/line.md` says of each fact and act what the table says."""

from pathlib import Path

import pytest

from collavoce.company.people import ROLES
from collavoce.line.roles import EVERYBODY, MAY, SEES, Act, Fact, Sight

DOCUMENT = (Path(__file__).parents[3] / "docs" / "line.md").read_text(encoding="utf-8")

FACTS = {
    "breaches": Fact.LINE,
    "security record": Fact.RECORD,
    "ways to keep clear": Fact.CLEAR,
    "medic asked": Fact.MEDIC,
    "ears out": Fact.EARS,
    "hold risk": Fact.RISK,
    "not available": Fact.AWAY,
    "support ready": Fact.SUPPORT,
    "drill": Fact.DRILL,
    "hazards": Fact.HAZARD,
}
ACTS = {
    "raise a breach": (Act.RAISE,),
    "come to it": (Act.COME,),
    "radio word, resolved": (Act.RADIO, Act.RESOLVE),
    "security record": (Act.RECORD,),
    "keep a way clear, lift it": (Act.CLEAR,),
    "ask for a medic, ask for a stop": (Act.MEDIC, Act.STOP),
    "take a call for a medic": (Act.TREAT,),
    "ears out, in": (Act.EARS,),
    "hold risk": (Act.RISK,),
    "ask the seats' devices": (Act.ASK_SUPPORT,),
    "confirm": (Act.CONFIRM,),
    "tick the drill": (Act.DRILL,),
    "hand somebody to their friend": (Act.HAND,),
    "raise a hazard, lift it": (Act.HAZARD,),
}


def table(head: str) -> dict[str, list[str]]:
    """The rows of the table whose head begins with `head`: first cell -> the others."""
    rows = DOCUMENT.split(f"\n| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {first: rest for first, *rest in cells}


def roles_in(words: str) -> set[str]:
    """The roles that a cell names. "everybody but" leaves out what comes before a semicolon."""
    if words == "everybody":
        return set(EVERYBODY)
    if words.startswith("everybody but "):
        but, _, also = words.removeprefix("everybody but ").partition(";")
        return (set(ROLES) - roles_in(but)) | roles_in(also)
    by_themselves = words.partition(";")[0].replace(" and ", ", ")
    return {name for part in by_themselves.split(",") if (name := part.strip()) in EVERYBODY}


def test_the_tables_have_a_row_for_everything() -> None:
    assert set(table("seen")) == set(FACTS)
    assert set(FACTS.values()) == set(Fact)
    assert set(table("done")) == set(ACTS)
    assert {act for acts in ACTS.values() for act in acts} == set(Act)


@pytest.mark.parametrize("row", FACTS)
def test_who_sees_it(row: str) -> None:
    everything, own = table("seen")[row]
    for cell, sight in ((everything, Sight.ALL), (own, Sight.OWN)):
        assert roles_in(cell) == {r for r in EVERYBODY if SEES[r, FACTS[row]] is sight}


@pytest.mark.parametrize("row", ACTS)
def test_who_does_it(row: str) -> None:
    (by,) = table("done")[row]
    for act in ACTS[row]:
        assert roles_in(by) == {role for role in EVERYBODY if MAY[role, act]}
