"""A further phone of a person who has one: it waits, and only that person lets it in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import permutations

import pytest
from tests.scenario.press_stage import Evening

from collavoce.care.commands import (
    ConfirmDevice,
    DenyDevice,
    ForgetDevice,
    ForgetOthers,
    OfferCode,
    PairDevice,
    RecoverDevice,
    SetRecovery,
)
from collavoce.care.events import DevicePaired, Refused, WaitEnded
from collavoce.care.ladder import Moment
from collavoce.care.states.pairing import DEVICES_MAX, WAIT_LIVES, WAITING_MAX, Pairings

NEW, LATE = "the new phone", "a phone too late"


@pytest.fixture(params=[False, True], ids=["one process", "killed after every step"])
def evening(request: pytest.FixtureRequest) -> Evening:
    """The friend has a phone, and a further one that waits."""
    it = Evening(restarting=request.param)
    it.does(OfferCode("friend", "c0"), PairDevice("c0", "old"))
    it.does(SetRecovery("friend", "old", "the code"))
    it.claim("friend", NEW)
    return it


def paired(it: Evening) -> set[str]:
    return set(it.state.pairings.devices_of("friend"))


def waiting(it: Evening) -> list[str]:
    return list(it.state.pairings.waiting_for("friend", Moment(it.now)))


def test_the_first_phone_is_theirs_at_once_and_a_further_one_waits(evening: Evening) -> None:
    assert paired(evening) == {"old"}
    assert waiting(evening) == [NEW]


def test_a_yes_on_their_phone_lets_it_in_and_a_no_forgets_it(evening: Evening) -> None:
    evening.does(ConfirmDevice("friend", "old", NEW))
    assert (paired(evening), waiting(evening)) == ({"old", NEW}, [])
    evening.claim("friend", "another")
    evening.does(DenyDevice("friend", "old", "another"))
    assert (paired(evening), waiting(evening)) == ({"old", NEW}, [])


@pytest.mark.parametrize("by", [NEW, "unheard of", "", "singer's"])
def test_nobody_but_a_phone_of_theirs_says_yes(evening: Evening, by: str) -> None:
    evening.pair("singer", "singer's")
    for person in ("friend", "singer"):
        for word in (ConfirmDevice, DenyDevice):
            assert isinstance(evening.ask(word(person, by, NEW)), Refused)
    assert isinstance(evening.ask(SetRecovery("friend", by, "mine")), Refused)
    assert (paired(evening), waiting(evening)) == ({"old"}, [NEW])


def test_nothing_said_for_ten_minutes_is_a_no(evening: Evening) -> None:
    evening.now += WAIT_LIVES - 0.001
    assert waiting(evening) == [NEW]
    evening.now += 0.001
    assert waiting(evening) == []
    assert isinstance(evening.ask(ConfirmDevice("friend", "old", NEW)), Refused)
    assert isinstance(evening.ask(RecoverDevice(NEW, "the code")), Refused)
    assert paired(evening) == {"old"}


def test_a_start_of_the_machine_ends_every_wait(evening: Evening) -> None:
    evening.reboot()
    assert waiting(evening) == []
    assert isinstance(evening.ask(ConfirmDevice("friend", "old", NEW)), Refused)


def test_a_recovery_code_lets_in_once_and_a_wrong_one_never(evening: Evening) -> None:
    refused = evening.ask(RecoverDevice(NEW, "another code"))
    assert isinstance(refused, Refused)
    assert evening.ask(RecoverDevice("unheard of", "the code")) == refused
    evening.does(RecoverDevice(NEW, "the code"))
    assert paired(evening) == {"old", NEW}
    evening.claim("friend", LATE)
    assert evening.ask(RecoverDevice(LATE, "the code")) == refused, "it is spent"


def test_without_a_recovery_code_not_even_an_empty_one_opens_anything() -> None:
    it = Evening()
    it.pair("singer", "s1")
    it.claim("singer", "s2")
    assert isinstance(it.ask(RecoverDevice("s2", "")), Refused)
    assert it.state.pairings.devices_of("singer") == ("s1",)


def test_a_new_recovery_code_voids_the_one_before(evening: Evening) -> None:
    evening.does(SetRecovery("friend", "old", "a newer code"))
    assert isinstance(evening.ask(RecoverDevice(NEW, "the code")), Refused)
    evening.does(RecoverDevice(NEW, "a newer code"))


def test_the_recovery_code_of_one_opens_nothing_of_another(evening: Evening) -> None:
    evening.pair("singer", "s1")
    evening.claim("singer", "s2")
    assert isinstance(evening.ask(RecoverDevice("s2", "the code")), Refused)


def test_the_last_phone_goes_only_when_a_code_is_written_down(evening: Evening) -> None:
    evening.pair("singer", "s1")
    assert isinstance(evening.ask(ForgetDevice("singer", "s1")), Refused)
    evening.does(ForgetDevice("friend", "old"))
    assert paired(evening) == set()
    evening.claim("friend", LATE)
    assert paired(evening) == set(), "a code from the desk opens nothing, though no phone is left"
    evening.does(RecoverDevice(LATE, "the code"))
    assert paired(evening) == {LATE}


def test_forgetting_the_others_ends_waits_too(evening: Evening) -> None:
    evening.does(ForgetOthers("friend", "old"))
    assert waiting(evening) == []


def test_a_phone_that_waits_can_withdraw_itself(evening: Evening) -> None:
    evening.does(ForgetDevice("friend", NEW))
    assert (paired(evening), waiting(evening)) == ({"old"}, [])


def test_a_phone_that_is_theirs_stays_theirs_when_it_scans_again(evening: Evening) -> None:
    evening.does(OfferCode("friend", "c1"), PairDevice("c1", "renewed", instead="old"))
    assert paired(evening) == {"renewed"}


def test_a_phone_of_somebody_else_is_not_taken_over(evening: Evening) -> None:
    evening.pair("singer", "s1")
    evening.does(OfferCode("friend", "c1"))
    assert isinstance(evening.ask(PairDevice("c1", "taken", instead="s1")), Refused)
    assert evening.state.pairings.devices_of("singer") == ("s1",)


def test_a_phone_that_waits_and_scans_again_waits_once(evening: Evening) -> None:
    evening.does(OfferCode("friend", "c1"), PairDevice("c1", "again", instead=NEW))
    assert waiting(evening) == ["again"]


def test_waits_are_limited_the_oldest_goes_and_no_two_show_one_number(evening: Evening) -> None:
    for count in range(100):
        evening.claim("friend", f"d{count}")
        numbers = [w.number for w in evening.state.pairings.waiting.values()]
        assert len(numbers) == len(set(numbers)) <= WAITING_MAX
        assert all(10 <= number <= 99 for number in numbers)
    assert waiting(evening) == ["d98", "d99"]


def test_of_too_many_phones_the_oldest_goes_but_not_the_one_that_said_yes(
    evening: Evening,
) -> None:
    for count in range(DEVICES_MAX):
        evening.claim("friend", f"d{count}")
        evening.does(ConfirmDevice("friend", "old", f"d{count}"))
    assert paired(evening) == {"old"} | {f"d{count}" for count in range(1, DEVICES_MAX)}


def test_devices_of_an_older_record_stay_what_they_were() -> None:
    old = Pairings()
    for device in ("a", "b"):
        old = old.evolve(DevicePaired(1.0, "friend", f"code {device}", device))
    assert old.devices_of("friend") == ("a", "b")


Step = Callable[[Evening], object]
STEPS: dict[str, Step] = {
    "yes": lambda e: e.ask(ConfirmDevice("friend", "old", NEW)),
    "no": lambda e: e.ask(DenyDevice("friend", "old", NEW)),
    "ten minutes": lambda e: setattr(e, "now", e.now + WAIT_LIVES),
    "recovery": lambda e: e.ask(RecoverDevice(NEW, "the code")),
    "wrong recovery": lambda e: e.ask(RecoverDevice(NEW, "another")),
    "withdrawn": lambda e: e.ask(ForgetDevice("friend", NEW)),
    "others forgotten": lambda e: e.ask(ForgetOthers("friend", "old")),
    "another waits": lambda e: e.claim("friend", LATE),
    "its own yes": lambda e: e.ask(ConfirmDevice("friend", NEW, NEW)),
    "old forgotten": lambda e: e.ask(ForgetDevice("friend", "old")),
}


@dataclass
class Oracle:
    """What must be true, told from the order of the steps alone."""

    theirs: set[str] = field(default_factory=lambda: {"old"})
    waits: bool = True
    code: bool = True

    def hears(self, step: str) -> None:
        if step == "recovery" and self.waits and self.code:
            self.theirs, self.waits, self.code = self.theirs | {NEW}, False, False
        elif step == "ten minutes":
            self.waits = False
        elif step in ("withdrawn", "old forgotten"):
            device = NEW if step == "withdrawn" else "old"
            if self.code or self.theirs != {device}:
                self.theirs = self.theirs - {device}
            if device == NEW:
                self.waits = False
        elif "old" in self.theirs and step in ("yes", "no", "others forgotten"):
            if step == "yes" and self.waits:
                self.theirs = self.theirs | {NEW}
            if step == "others forgotten":
                self.theirs = {"old"}
            self.waits = False


@pytest.mark.parametrize("restarting", [False, True], ids=["one process", "killed at every step"])
def test_in_every_order_the_first_word_stands(restarting: bool) -> None:  # noqa: FBT001
    for order in permutations(STEPS, 3 if restarting else 4):
        it, must = Evening(restarting=restarting), Oracle()
        it.does(OfferCode("friend", "c0"), PairDevice("c0", "old"))
        it.does(SetRecovery("friend", "old", "the code"))
        it.claim("friend", NEW)
        for step in order:
            STEPS[step](it)
            must.hears(step)
            assert paired(it) == must.theirs, (order, step)
            assert (NEW in waiting(it)) is must.waits, (order, step)
        let_in = [e for e in it.events() if isinstance(e, DevicePaired) and e.device == NEW]
        ended = [e for e in it.events() if isinstance(e, WaitEnded) and e.device == NEW]
        assert len(let_in) + len(ended) <= 1
