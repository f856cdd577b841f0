"""Who may come near: by name, by gender, and yet these. Whoever gives no gender is kept away."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from tests.scenario.press_stage import WITH_LEAD, Evening
from tests.unit.care.key_world import PEOPLE, World
from tests.unit.care.test_house import Disk

from collavoce.care.commands import AnswerRequest, RaiseAlert, SetCircle, SetLadder, SetNear
from collavoce.care.events import AnyEvent, NearSet
from collavoce.care.ladder import Moment
from collavoce.care.leaving import without
from collavoce.care.near import GENDERS_MAX, Kind, Near
from collavoce.care.reached.calling import kept_away, last_of, order_of
from collavoce.company.people import Person
from collavoce.desk.care.acts_terms import WriteNear, terms_command
from collavoce.runtime.care.house import House

GENDERS = {"friend": "woman", "second": "man", "lead": "woman"}
COMPANY = {p: replace(person, gender=GENDERS.get(p, "")) for p, person in WITH_LEAD.items()}
NO_WOMAN_BUT_ONE = Near(Kind.NOT, genders=("woman",), but=("friend",))


def of_a_rule(near: Near) -> tuple[tuple[str, ...], str]:
    """Who is called for the pianist under `near`, and who at the end."""
    evening = Evening(people=COMPANY)
    evening.circle("pianist", "friend", "second", "third")
    evening.does(SetNear("pianist", near))
    state = evening.state
    return order_of(COMPANY, state, "pianist"), last_of(COMPANY, state, "pianist")


@pytest.mark.parametrize(
    ("near", "order", "last"),
    [
        (Near(), ("friend", "second", "third"), "lead"),
        (NO_WOMAN_BUT_ONE, ("friend", "second"), ""),
        (Near(Kind.NOT, genders=("woman",)), ("second",), ""),
        (Near(Kind.NOT, genders=("man",)), ("friend",), "lead"),
        (Near(Kind.NOT, ("friend",), ("man",), ("third",)), ("third",), "lead"),
        (Near(Kind.ONLY, ("friend",)), ("friend",), ""),
        (Near(Kind.ONLY, genders=("woman",)), ("friend",), "lead"),
        (Near(Kind.ONLY, ("third",), ("man",)), ("second", "third"), ""),
        (Near(Kind.ONLY, but=("second",)), ("second",), ""),
        (Near(Kind.ONLY), (), ""),
        (Near(Kind.NOT, but=("friend",)), ("friend", "second", "third"), "lead"),
        (Near(Kind.NOT, genders=("woman", "man")), (), ""),
    ],
)
def test_a_rule_calls_exactly_these(near: Near, order: tuple[str, ...], last: str) -> None:
    assert of_a_rule(near) == (order, last)


def test_no_woman_but_one_binds_an_open_call_in_the_same_moment() -> None:
    evening = Evening(people=COMPANY)
    evening.circle("pianist", "friend", "second", "third")
    evening.press()
    evening.does(SetNear("pianist", NO_WOMAN_BUT_ONE))
    alert = evening.state.alerts.open_of("pianist")
    assert alert is not None
    assert (alert.order, alert.last) == (("friend", "second"), "")
    assert kept_away(COMPANY, evening.state, "pianist") == ("third", "lead")


@pytest.mark.parametrize(
    "near",
    [
        Near(Kind.NOT, genders=("Woman",)),
        Near(Kind.NOT, genders=("woman ",)),
        Near(Kind.NOT, genders=("",)),
        Near(Kind.NOT, genders=("woman", "woman")),
        Near(Kind.NOT, genders=tuple(f"word {n}" for n in range(GENDERS_MAX + 1))),
        Near(Kind.NOT, ("friend",), but=("friend",)),
        Near(Kind.NOT, but=("pianist",)),
        Near(Kind.NOT, but=("stranger",)),
    ],
)
def test_a_rule_that_would_meet_nobody_is_refused(near: Near) -> None:
    evening = Evening(people=COMPANY)
    assert evening.ask(SetNear("pianist", near)) is not None
    assert evening.state.terms.of("pianist").near == Near()


def test_whom_a_page_lets_in_is_found_here_and_not_believed() -> None:
    command = terms_command(WriteNear(Kind.NOT, genders=("woman",)), "pianist")
    assert command == SetNear("pianist", Near(Kind.NOT, genders=("woman",)))
    evening = Evening(people=COMPANY)
    evening.does(SetNear("pianist", Near(Kind.NOT, (), ("woman",), (), ("lead", "friend"))))
    assert not evening.state.terms.of("pianist").near.admits("lead")


def test_a_rule_of_before_genders_reads_as_it_was_meant() -> None:
    old = msgspec.json.encode(
        {"type": "NearSet", "at": 1.0, "owner": "p", "near": {"kind": "not", "ids": ["friend"]}}
    )
    event = msgspec.json.decode(old, type=AnyEvent)
    assert isinstance(event, NearSet)
    assert event.near == Near(Kind.NOT, ("friend",))
    assert [event.near.admits(p) for p in ("friend", "second")] == [False, True]


def test_who_joins_later_or_gives_another_word_is_met_by_the_rule_of_before() -> None:
    disk, moment = Disk(), lambda: Moment(1000.0)
    house = House(COMPANY, disk, moment)
    house.open("boot")
    house.ask(SetCircle("pianist", ("friend", "second", "third"), 20.0))
    for trusted in ("friend", "second", "third"):
        house.ask(AnswerRequest(trusted, "pianist", agrees=True))
    house.ask(SetNear("pianist", Near(Kind.NOT, genders=("woman",))))
    house.ask(RaiseAlert("pianist", "p1"))
    changed = {
        **COMPANY,
        "second": replace(COMPANY["second"], gender="woman"),
        "third": replace(COMPANY["third"], gender="man"),
        "new": Person("new", "Nora", gender="woman"),
        "other": Person("other", "Omar", gender="man"),
    }
    again = House(changed, disk, moment)
    again.open("boot")
    near = again.state.terms.of("pianist").near
    assert {p for p in changed if near.admits(p)} == {"third", "other"}
    assert order_of(changed, again.state, "pianist") == ("third",)
    alert = again.state.alerts.open_of("pianist")
    assert alert is not None
    # Nobody comes in by it: an open call keeps whom it had, without those who may not.
    assert alert.order == ()


def test_a_person_by_name_on_disk_stands_there_opaque_in_every_list(tmp_path: Path) -> None:
    world = World(tmp_path)
    near = Near(Kind.NOT, ("second",), ("woman",), ("friend",))
    world.does(SetNear("pianist", near))
    kept = world.house.state.terms.of("pianist").near
    assert kept.but == ("friend",)
    assert kept.admitted == ("friend",), "nobody else gives a gender in this company"
    readable = world.readable()
    assert not any(f"'{person}'" in readable for person in PEOPLE)
    world.again()
    assert world.house.state.terms.of("pianist").near == kept
    world.close()


def test_an_erased_person_stays_only_where_they_are_kept_away() -> None:
    near = Near(Kind.NOT, ("a",), ("woman",), ("b",), ("b", "c"))
    for gone, left in (
        ("a", near),
        ("b", Near(Kind.NOT, ("a",), ("woman",), (), ("c",))),
        ("c", Near(Kind.NOT, ("a",), ("woman",), ("b",), ("b",))),
    ):
        assert without(NearSet(1.0, "owner", near), gone) == NearSet(1.0, "owner", left)
    only = NearSet(1.0, "owner", Near(Kind.ONLY, ("a", "b")))
    assert without(only, "a") == NearSet(1.0, "owner", Near(Kind.ONLY, ("b",)))


def test_a_last_resort_is_bound_by_gender_too() -> None:
    evening = Evening(people=COMPANY)
    evening.circle("pianist", "friend")
    evening.does(
        SetLadder("pianist", 3.0, 50.0, 100.0, "lead"),
        SetNear("pianist", NO_WOMAN_BUT_ONE),
    )
    assert last_of(COMPANY, evening.state, "pianist") == ""
    evening.does(SetNear("pianist", Near(Kind.NOT, genders=("woman",), but=("friend", "lead"))))
    assert last_of(COMPANY, evening.state, "pianist") == "lead"
