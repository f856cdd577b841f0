"""Laws of pairing, for whatever desks, phones and impostors do."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.press_stage import PEOPLE, Evening, fold

from collavoce.care.commands import AnyCommand, OfferCode, PairDevice, RaiseAlert, RecoverDevice
from collavoce.care.events import (
    AlertEvent,
    AlertRaised,
    AlertReplaced,
    AnyEvent,
    DevicePaired,
    DeviceWaits,
    RecoverySpent,
    Refused,
    WaitEnded,
)
from collavoce.care.ladder import Moment
from collavoce.care.states.pairing import WAIT_LIVES, secret_hash
from collavoce.desk.care.access import Device, known
from collavoce.desk.care.acts import Commanding, command
from collavoce.desk.care.acts_phones import (
    ForgetRest,
    ForgetThis,
    Mine,
    NewRecovery,
    NotMine,
    Recover,
)
from collavoce.desk.care.acts_press import Cancel, Coming, Over, Press, Shown, With
from collavoce.desk.care.acts_terms import Reply, WriteCircle
from collavoce.words import say

OWNER = "friend"
DEVICES = tuple(secret_hash(f"device {n}") for n in range(5))
PAPERS = ("paper 1", "paper 2")

devices = st.sampled_from(DEVICES)
presses = st.sampled_from(["press-1", "press-2"])
papers = st.sampled_from(PAPERS)
persons = st.sampled_from(sorted(PEOPLE))
acts: st.SearchStrategy[Commanding] = st.one_of(
    st.builds(Press, presses),
    *(st.builds(kind, presses) for kind in (Cancel, Over, Shown, Coming, With)),
    st.builds(WriteCircle, st.lists(persons, max_size=3, unique=True).map(tuple), st.just(20.0)),
    st.builds(Reply, persons, st.booleans()),
    *(st.builds(kind, devices) for kind in (Mine, NotMine)),
    st.builds(Recover, papers),
    *(st.builds(kind) for kind in (NewRecovery, ForgetThis, ForgetRest)),
)


@dataclass(frozen=True)
class Says:
    """A device sends an act, with whatever cookie it has."""

    device: str
    act: Commanding
    paper: str


@dataclass(frozen=True)
class Scans:
    """A device shows a code that the desk made in the name of `OWNER`."""

    device: str


Step = Says | Scans | float
anything: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.builds(Says, devices, acts, papers),
        st.builds(Scans, devices),
        st.sampled_from([1.0, 30.0, WAIT_LIVES]),
    ),
    max_size=25,
)
IMPOSTOR: list[Step] = [Scans(DEVICES[0]), Scans(DEVICES[1])]
impostors = st.lists(st.builds(Says, st.just(DEVICES[1]), acts, papers), min_size=1, max_size=10)
steps = st.one_of(
    anything,
    anything.map(lambda after: [*IMPOSTOR, *after]),
    impostors.map(lambda after: [*IMPOSTOR, *after]),
)
"""Two of three begin with a phone that waits, or too few would ever try what it may not."""


@dataclass
class House:
    """The rules with the pages' own door before them, and what each step brought about."""

    it: Evening = field(default_factory=Evening)
    codes: int = 0

    def step(self, step: Step) -> tuple[AnyCommand | None, list[AnyEvent]]:
        """What was asked, None if nothing was, and what followed."""
        before = len(self.it.kept)
        asked: AnyCommand | None = None
        match step:
            case Scans():
                self.codes += 1
                asked = PairDevice(f"code {self.codes}", step.device, step.device)
                if step.device not in self.it.state.pairings.devices:
                    self.it.does(OfferCode(OWNER, asked.code))
                    self.it.ask(asked)
            case Says():
                asked = self.say(step)
            case _:
                self.it.advance(step)
        return asked, self.it.events()[before:]

    def say(self, step: Says) -> AnyCommand | None:
        device = known(self.it.state.pairings, step.device, Moment(self.it.now))
        if device is None:
            return None
        asked = command(step.act, device, step.paper)
        if isinstance(asked, Refused):
            return None
        self.it.ask(asked)
        return asked


@settings(max_examples=300, deadline=None)
@given(steps=steps)
def test_a_device_that_waits_speaks_for_nobody_but_by_pressing(steps: list[Step]) -> None:
    house = House()
    for step in steps:
        before, now = house.it.state, Moment(house.it.now)
        waited = isinstance(step, Says) and before.pairings.waits(step.device, now) is not None
        _, events = house.step(step)
        if not waited:
            continue
        assert isinstance(step, Says)
        assert house.it.state.circles == before.circles
        said = [event for event in events if isinstance(event, AlertEvent)]
        if isinstance(step.act, Press):
            # Its page sees no call, so the receipts here are those of the called.
            assert all(isinstance(event, AlertRaised | AlertReplaced) for event in said[:1])
        else:
            assert said == []
        if not isinstance(step.act, Press | Recover):
            assert all(isinstance(e, WaitEnded) and e.device == step.device for e in events)


@settings(max_examples=300, deadline=None)
@given(steps=steps)
def test_a_further_device_is_let_in_by_a_phone_of_theirs_or_by_their_paper_alone(
    steps: list[Step],
) -> None:
    house, paper = House(), ""
    for step in steps:
        before = set(house.it.state.pairings.devices)
        asked, events = house.step(step)
        for event in events:
            if isinstance(event, DevicePaired) and (before or paper):
                assert isinstance(step, Says), "a scan alone let a further device in"
                confirmed = step.device in before and step.act == Mine(event.device)
                recovered = (
                    isinstance(step.act, Recover)
                    and step.device == event.device
                    and paper == step.act.code
                )
                assert confirmed or recovered
                assert isinstance(asked, RecoverDevice) is recovered
        if isinstance(step, Says) and isinstance(step.act, NewRecovery) and step.device in before:
            paper = step.paper
        if any(isinstance(event, RecoverySpent) for event in events):
            paper = ""


KINDS: tuple[Commanding, ...] = (
    *(kind("press-1") for kind in (Cancel, Over, Shown, Coming, With)),
    WriteCircle(("pianist",), 20.0),
    Reply("pianist", agrees=True),
    Mine(DEVICES[2]),
    NotMine(DEVICES[2]),
    NewRecovery(),
    ForgetRest(),
)


@pytest.mark.parametrize("act", KINDS, ids=lambda act: type(act).__name__)
def test_every_act_but_a_press_is_refused_in_the_same_words(act: Commanding) -> None:
    waiting = Device(DEVICES[1], OWNER, number=47)
    assert command(act, waiting, PAPERS[0]) == Refused(say("care.refused.waiting"))


@settings(max_examples=200, deadline=None)
@given(steps=steps, press=presses)
def test_a_known_device_can_always_press(steps: list[Step], press: str) -> None:
    house = House()
    for step in steps:
        house.step(step)
    for device in DEVICES:
        is_ = known(house.it.state.pairings, device, Moment(house.it.now))
        if is_ is not None:
            asked = command(Press(press), is_, "")
            assert isinstance(asked, RaiseAlert)
            assert house.it.ask(asked) is None


@settings(max_examples=200, deadline=None)
@given(steps=steps)
def test_owners_are_never_shut_out_once_they_have_a_phone(steps: list[Step]) -> None:
    """A phone of theirs, or a code on paper: one of the two is left whatever is forgotten."""
    house, had = House(), False
    for step in steps:
        _, events = house.step(step)
        had = had or any(isinstance(event, DevicePaired) for event in events)
        assert house.it.state.pairings.guarded(OWNER) is had


@settings(max_examples=200, deadline=None)
@given(steps=steps)
def test_what_was_kept_is_all_there_is_and_every_wait_is_answered_at_most_once(
    steps: list[Step],
) -> None:
    house = House()
    for step in steps:
        house.step(step)
    events = house.it.events()
    assert fold(events) == house.it.state
    open_waits: set[str] = set()
    for event in events:
        if isinstance(event, DeviceWaits):
            assert event.device not in open_waits
            open_waits.add(event.device)
        elif isinstance(event, WaitEnded):
            open_waits.remove(event.device)
        elif isinstance(event, DevicePaired):
            open_waits.discard(event.device)
