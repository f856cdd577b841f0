"""What a page may say of being away, and who is shown what: each person, allowed and denied.

The world runs twice, with and without each thing; whoever is not meant sees the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from tests.scenario.aftercare_stage import Disk
from tests.scenario.line_stage import PEOPLE
from tests.unit.care.test_acts import body
from tests.unit.care.test_view import Clock

from collavoce.care.commands import AnswerRequest, OfferCode, PairDevice, SetCircle
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.leave import LET_KNOW_AFTER_S
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.access import Device
from collavoce.desk.care.acts import may_wait, read_act
from collavoce.desk.care.acts_leave import OfLeave, leave_act
from collavoce.desk.care.drawn import drawn
from collavoce.desk.care.read import filled, read_read, shown
from collavoce.desk.care.stream import frame
from collavoce.desk.care.view import phone_view
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.leave import STEP_MAX, STEPS_MAX, WORDS_MAX
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.stagehand import LiveCare

CANARY = "the canary sings"
CONFIG = CareConfig(
    show="An evening",
    people=tuple((person.id, person.name) for person in PEOPLE.values()),
    exits=(),
    care_dir="",
    key_file="",
    run_dir="",
    badge_key="key",
)
CHOSEN = ("friend", "pianist")
"""Who is named by the idol."""

ACTS: dict[str, dict[str, Any]] = {
    "Done": {},
    "StepAway": {"until": "", "shown": False, "called": False},
    "Still": {},
    "Return": {"rehearses": True, "performs": False},
    "TellOffice": {"office": "press", "on": True},
    "WriteAway": {"words": CANARY, "readers": ["friend"]},
    "WriteWay": {"steps": ["no one", CANARY], "where": 0, "readers": ["friend"]},
}


@dataclass
class World:
    """A live care in memory, and a phone of everybody."""

    clock: Clock = field(default_factory=Clock)
    disk: Disk = field(default_factory=Disk)

    def __post_init__(self) -> None:
        self.house = House(PEOPLE, self.disk, self.clock)
        self.house.open("boot")
        self.care = LiveCare(CONFIG, self.house)
        self.care.keep.wall = lambda: 1_790_000_000.0 + self.clock.now
        self.tokens = {person: self.phone(person) for person in PEOPLE}

    def phone(self, person: str) -> str:
        token = f"token of {person}"
        self.care.ask(OfferCode(person, secret_hash(f"code of {person}")))
        paired = PairDevice(secret_hash(f"code of {person}"), secret_hash(token))
        assert self.care.ask(paired, Proof(token)) == Kept()
        self.care.unlock(token)
        return token

    def says(self, person: str, act: str, /, **fields: Any) -> Outcome:
        read = read_act(body(act, **fields))
        assert isinstance(read, OfLeave), act
        return leave_act(read, self.care.leave, person, self.tokens[person])

    def reads(self, person: str, what: str, /, **fields: Any) -> bytes:
        read = read_read(body(what, **fields))
        assert read is not None, what
        return filled(shown(self.care, read, person, self.tokens[person]))

    def sees(self, person: str) -> bytes:
        """The frame of their stream."""
        self.care.unlock(self.tokens[person])
        view = {**phone_view(self.care, person), **self.care.seen(self.tokens[person])}
        return frame(1, msgspec.json.encode(view))

    def everything(self, person: str) -> list[bytes]:
        """All that the phone of `person` can be shown of anybody else."""
        theirs = [self.reads(person, "ReadAwayOf", owner=other) for other in (*PEOPLE, "nobody")]
        pages = [
            drawn(self.care, Device("hash", person), "", buttons=False, page=page).encode()
            for page in ("phone", "away")
        ]
        return [self.sees(person), self.reads(person, "ReadOffices"), *theirs, *pages]


def steps(world: World) -> None:
    assert world.says("idol", "StepAway") == Kept()


def done(world: World) -> None:
    assert world.says("idol", "Done") == Kept()


def away_with_words(world: World) -> None:
    steps(world)
    said = world.says("idol", "WriteAway", words=CANARY, readers=CHOSEN, dated=True)
    assert said == Kept()


def with_a_way(world: World) -> None:
    said = world.says("idol", "WriteWay", steps=["no one", CANARY], where=1, readers=CHOSEN)
    assert said == Kept()


def tells_office(world: World) -> None:
    done(world)
    world.clock.now += LET_KNOW_AFTER_S
    assert world.says("idol", "TellOffice", office="press", on=True) == Kept()


def only_waits(world: World) -> None:
    done(world)
    world.clock.now += LET_KNOW_AFTER_S


def nothing(_: World) -> None:
    pass


Step = Callable[[World], None]


@pytest.mark.parametrize(
    ("one", "other", "may_tell"),
    [
        # C-g: nobody outside the chosen can tell away from done.
        (steps, done, frozenset[str]()),
        (away_with_words, done, frozenset(CHOSEN)),
        (away_with_words, steps, frozenset(CHOSEN)),
        (with_a_way, nothing, frozenset(CHOSEN)),
        (tells_office, only_waits, frozenset({"manager"})),
        # Without a line beside it, care itself shows nobody that somebody is done.
        (done, nothing, frozenset[str]()),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_world_runs_twice_and_only_those_who_are_meant_can_tell(
    one: Step, other: Step, may_tell: frozenset[str]
) -> None:
    worlds = (World(), World())
    for world, step in zip(worlds, (one, other), strict=True):
        step(world)
    worlds[0].clock.now = worlds[1].clock.now = max(world.clock.now for world in worlds)
    for person in PEOPLE:
        if person == "idol":
            continue
        first, second = (world.everything(person) for world in worlds)
        differing = [
            index
            for index, pair in enumerate(zip(first, second, strict=True))
            if pair[0] != pair[1]
        ]
        assert bool(differing) is (person in may_tell), (person, differing)
        # The size says nothing either, to whoever counts what passes.
        assert [len(x) for x in first] == [len(x) for x in second], person


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"idol"}))
def test_each_person_reads_what_is_shared_with_them_and_nobody_else_any_of_it(person: str) -> None:
    world = World()
    away_with_words(world)
    with_a_way(world)
    told = b"".join(world.everything(person))
    assert (CANARY.encode() in told) is (person in CHOSEN)
    assert (b'"gone":[{' in told) is (person in CHOSEN)
    assert (b'"ways":["idol"]' in told) is (person in CHOSEN)
    world.says("idol", "WriteAway", words=CANARY, readers=[])
    world.says("idol", "WriteWay", steps=["no one", CANARY], where=1, readers=[])
    told = b"".join(world.everything(person))
    assert CANARY.encode() not in told, "withdrawn, denied at the next look"
    assert b'"gone":[{' not in told
    assert b'"ways":[]' in told


@pytest.mark.parametrize("person", sorted(PEOPLE))
@pytest.mark.parametrize("act", sorted(ACTS))
def test_what_somebody_says_is_about_themselves_whoever_they_are(act: str, person: str) -> None:
    world = World()
    before = {other: world.care.leave.mine(world.tokens[other]) for other in PEOPLE}
    world.says(person, "StepAway")
    world.clock.now += LET_KNOW_AFTER_S
    outcome = world.says(person, act, **ACTS[act])
    assert outcome == Kept()
    for other in set(PEOPLE) - {person}:
        assert not world.house.state.leaves.stands(other)
        assert world.care.leave.mine(world.tokens[other]) == before[other]


def test_only_the_company_manager_has_offices_on_their_page() -> None:
    world = World()
    tells_office(world)
    for person in PEOPLE:
        assert (b'"known":true' in world.sees(person)) is (person == "manager")
        assert (b'"office":"press"' in world.reads(person, "ReadOffices")) is (person == "manager")
    page = {p: b"".join(world.everything(p)) for p in PEOPLE}
    assert {p for p in PEOPLE if b'id="offices-read"' in page[p]} == {"manager"}
    assert {p for p in PEOPLE if b'id="not-here"' in page[p]} == {"manager", "liaison"}


def test_a_canary_in_every_field_is_in_nothing_that_is_kept_in_the_open() -> None:
    world = World()
    away_with_words(world)
    with_a_way(world)
    assert CANARY not in repr(world.disk.events)
    assert CANARY not in repr(world.house.state)


def test_a_phone_that_waits_may_say_nothing_of_it() -> None:
    for act, fields in ACTS.items():
        read = read_act(body(act, **fields))
        assert read is not None, act
        assert not may_wait(read), act


@pytest.mark.parametrize(
    "bad",
    [
        body("StepAway", until="12 December"),
        body("StepAway", until="2026-12-12\n"),
        body("StepAway", until=20261212),
        body("Return", rehearses=True),
        body("Return", rehearses="yes", performs=True),
        body("TellOffice", office="label", on=True),
        body("TellOffice", office="press"),
        body("WriteAway", words="x" * (WORDS_MAX + 1), readers=[]),
        body("WriteAway", words="x", readers=["p"] * 13),
        body("WriteWay", steps=["x"] * (STEPS_MAX + 1), where=0, readers=[]),
        body("WriteWay", steps=["x" * (STEP_MAX + 1)], where=0, readers=[]),
        body("WriteWay", steps=["x"], where=-2, readers=[]),
        body("WriteWay", steps=["x"], where=20, readers=[]),
    ],
)
def test_what_is_outside_its_limits_is_no_act(bad: bytes) -> None:
    assert read_act(bad) is None


def test_a_day_that_is_none_is_refused_in_words() -> None:
    for day in ("2026-02-30", "2026-13-01", "0000-01-01", "2020-01-01"):
        outcome = World().says("idol", "StepAway", until=day)
        assert outcome != Kept(), day


def test_twenty_steps_in_any_script_are_one_request() -> None:
    steps = ["나" * STEP_MAX] * STEPS_MAX
    said = msgspec.json.encode({"type": "WriteWay", "steps": steps, "where": 0, "readers": []})
    assert read_act(said) is not None


def test_whoever_shares_most_still_leaves_a_frame_its_size() -> None:
    world = World()
    for person in sorted(set(PEOPLE) - {"friend"}):
        world.says(person, "StepAway", until="2030-01-01", shown=True)
        world.says(person, "WriteAway", words="x" * WORDS_MAX, readers=["friend"], dated=True)
        world.says(person, "WriteWay", steps=["x"], where=0, readers=["friend"])
    quiet = World()
    assert len(world.sees("friend")) == len(quiet.sees("friend"))


def test_a_circle_is_shown_alike_whether_one_of_them_is_away_or_not() -> None:
    frames = list[bytes]()
    for away in (False, True):
        world = World()
        world.care.ask(SetCircle("pianist", ("idol", "second"), 20.0))
        for person in ("idol", "second"):
            world.care.ask(AnswerRequest(person, "pianist", agrees=True))
        if away:
            steps(world)
        frames += [world.sees("pianist"), world.sees("second")]
    assert frames[:2] == frames[2:]
