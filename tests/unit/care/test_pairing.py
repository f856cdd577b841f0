"""A code makes a device a person's: once, soon, and without being kept."""

from tests.scenario.press_stage import Evening

from collavoce.care.commands import ForgetDevice, ForgetOthers, OfferCode, PairDevice, SetRecovery
from collavoce.care.events import Refused
from collavoce.care.states.pairing import CODE_LIVES, DEVICES_MAX, secret_hash


def test_a_code_pairs_one_device() -> None:
    evening = Evening()
    evening.does(OfferCode("friend", "c1"), PairDevice("c1", "d1"))
    assert dict(evening.state.pairings.devices) == {"d1": "friend"}
    assert isinstance(evening.ask(PairDevice("c1", "d2")), Refused)


def test_a_code_is_good_for_just_under_two_minutes() -> None:
    for waited, refused in ((CODE_LIVES - 0.001, False), (CODE_LIVES, True)):
        evening = Evening()
        evening.does(OfferCode("friend", "c1"))
        evening.now += waited
        assert isinstance(evening.ask(PairDevice("c1", "d1")), Refused) is refused


def test_a_new_code_voids_the_one_before_of_the_same_person_only() -> None:
    evening = Evening()
    evening.does(OfferCode("friend", "c1"), OfferCode("singer", "c2"), OfferCode("friend", "c3"))
    assert isinstance(evening.ask(PairDevice("c1", "d1")), Refused)
    evening.does(PairDevice("c2", "d2"), PairDevice("c3", "d3"))


def test_a_code_is_void_after_the_machine_was_started_anew() -> None:
    evening = Evening()
    evening.does(OfferCode("friend", "c1"))
    evening.reboot()
    assert isinstance(evening.ask(PairDevice("c1", "d1")), Refused)


def test_nobody_outside_the_show_gets_a_code() -> None:
    assert isinstance(Evening().ask(OfferCode("stranger", "c1")), Refused)


def test_a_person_has_a_limited_number_of_devices_and_the_oldest_goes() -> None:
    evening = Evening()
    for number in range(DEVICES_MAX + 2):
        evening.pair("friend", f"d{number}")
    assert evening.state.pairings.devices_of("friend") == tuple(
        f"d{number}" for number in range(2, DEVICES_MAX + 2)
    )


def test_a_device_is_forgotten_by_its_own_person_only() -> None:
    evening = Evening()
    evening.pair("friend", "d1")
    evening.does(SetRecovery("friend", "d1", "a code on paper"))
    evening.does(ForgetDevice("singer", "d1"))
    assert evening.state.pairings.devices_of("friend") == ("d1",)
    evening.does(ForgetDevice("friend", "d1"))
    assert evening.state.pairings.devices_of("friend") == ()


def test_the_other_devices_are_forgotten_at_once() -> None:
    evening = Evening()
    for device in ("d1", "d2", "d3"):
        evening.pair("friend", device)
    evening.pair("singer", "d4")
    evening.does(ForgetOthers("friend", "d2"))
    assert dict(evening.state.pairings.devices) == {"d2": "friend", "d4": "singer"}


def test_only_a_hash_of_a_secret_is_ever_in_a_command() -> None:
    assert secret_hash("open sesame") != secret_hash("open sesamf")
    assert "sesame" not in secret_hash("open sesame")
    assert len(secret_hash("x")) == 64
