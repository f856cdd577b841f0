"""A phone's view: whole, short, and blind to whatever is not the person's own."""

from dataclasses import dataclass, field

import msgspec
import pytest
from tests.scenario.press_stage import PEOPLE
from tests.unit.care.test_house import Disk

from collavoce.care.commands import (
    AnswerRequest,
    ConfirmDevice,
    OfferCode,
    PairDevice,
    RaiseAlert,
    SayComing,
    SetCircle,
    SetRecovery,
)
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.states.pairing import WAITING_MAX, secret_hash
from collavoce.desk.care.stream import FRAME_BYTES, frame
from collavoce.desk.care.view import ASKED_SHOWN, phone_view
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.stagehand import LiveCare

CONFIG = CareConfig(
    show="An evening",
    people=tuple((person.id, person.name) for person in PEOPLE.values()),
    exits=(("left", "stage left"), ("right", "stage right")),
    care_dir="",
    key_file="",
    run_dir="",
    badge_key="key",
    usual_exits={"pianist": "left"},
)


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> Moment:
        return Moment(self.now)


@dataclass
class World:
    """A live care over a clock moved by hand."""

    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        house = House(PEOPLE, Disk(), self.clock)
        house.open("boot")
        self.care = LiveCare(CONFIG, house)

    def circle(self, owner: str, *trusted: str) -> None:
        self.care.ask(SetCircle(owner, trusted, 20.0))
        for person in trusted:
            self.care.ask(AnswerRequest(person, owner, agrees=True))

    def seen_by(self, person: str) -> bytes:
        return msgspec.json.encode(phone_view(self.care, person))


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"pianist", "friend"}))
def test_with_and_without_a_press_the_views_of_all_others_are_the_same(person: str) -> None:
    views: list[list[bytes]] = []
    for pressed in (False, True):
        world, seen = World(), list[bytes]()
        world.circle("pianist", "friend")
        world.circle("singer", "second")
        for step in range(40):
            if pressed and step == 3:
                assert world.care.ask(RaiseAlert("pianist", "p1")) == Kept()
                world.care.say_where("p1", "right")
            if pressed and step == 30:
                world.care.ask(SayComing("friend", "p1"))
            world.clock.now += 1.0
            seen.append(world.seen_by(person))
        views.append(seen)
    assert views[0] == views[1]


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"pianist"}))
def test_with_and_without_a_further_phone_the_views_of_all_others_are_the_same(
    person: str,
) -> None:
    views: list[list[bytes]] = []
    for further in (False, True):
        world, seen = World(), list[bytes]()
        world.circle("pianist", "friend")
        for device in ("old", "new")[: 1 + further]:
            world.care.ask(OfferCode("pianist", f"code of {device}"))
            world.care.ask(PairDevice(f"code of {device}", secret_hash(device)))
            seen.append(world.seen_by(person))
        if further:
            assert b'"waiting":[{' in world.seen_by("pianist")
            world.care.ask(ConfirmDevice("pianist", secret_hash("old"), secret_hash("new")))
        world.care.ask(SetRecovery("pianist", secret_hash("old"), "a hash"))
        views.append([*dict.fromkeys(seen), world.seen_by(person)])
    assert views[0] == views[1]


def test_a_place_that_was_not_said_is_not_passed_off_as_said() -> None:
    world = World()
    world.circle("pianist", "friend")
    world.care.ask(RaiseAlert("pianist", "p1"))
    [call] = msgspec.json.decode(world.seen_by("friend"))["calls"]
    assert (call["place"], call["said"]) == ("left", False)
    world.care.say_where("p1", "right")
    [call] = msgspec.json.decode(world.seen_by("friend"))["calls"]
    assert (call["place"], call["said"]) == ("right", True)


def test_the_fullest_page_of_a_large_company_fits_one_frame() -> None:
    world = World()
    world.circle("friend", "pianist", "second", "third", "singer", "manager")
    for owner in ("pianist", "second", "third", "singer", "manager"):
        world.circle(owner, "friend")
        world.care.ask(RaiseAlert(owner, f"{owner:x<22}"))
    world.care.ask(RaiseAlert("friend", "f" * 22))
    for device in ("first", *(f"further {n}" for n in range(WAITING_MAX))):
        world.care.ask(OfferCode("friend", f"code of {device}"))
        world.care.ask(PairDevice(f"code of {device}", secret_hash(device)))
    view = msgspec.json.decode(world.seen_by("friend"))
    assert len(view["calls"]) == 3
    assert len(view["waiting"]) == WAITING_MAX
    assert len(view["asked"]) <= ASKED_SHOWN
    assert len(frame(10**9, world.seen_by("friend"))) == FRAME_BYTES
