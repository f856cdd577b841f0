"""Two of the circle let a lost phone back in; one alone learns nothing and can do nothing."""

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
from tests.unit.care.key_world import World

from collavoce.care.commands import (
    AnswerRequest,
    ConfirmDevice,
    DenyDevice,
    SetCircle,
    Vouch,
)
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.keys import Sight
from collavoce.care.states.pairing import WAIT_LIVES, secret_hash
from collavoce.runtime.care.kept.proof import Proof

LINES = ("I want quiet.",)
HOLDERS = ("friend", "second", "third")


class Lost(World):
    """The pianist has lost every phone and the code; three hold a share of the key."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.old = self.phone("pianist")
        self.phones = {person: self.phone(person) for person in (*HOLDERS, "manager")}
        self.circle("pianist", *HOLDERS, "manager")
        assert isinstance(self.own.write_lines(self.old, LINES, ()), Kept)
        assert isinstance(self.own.give_shares(self.old, HOLDERS), Kept)
        self.new = self.claims("pianist")

    def vouch(self, holder: str) -> Outcome:
        number = self.number(self.new) if self.waits() else 0
        token = self.phones[holder]
        return self.own.confirm_recovery(token, secret_hash(self.new), number)

    def waits(self) -> bool:
        return (
            self.house.state.pairings.waits(secret_hash(self.new), self.house.moment()) is not None
        )

    def let_in(self) -> bool:
        return self.house.state.pairings.devices.get(secret_hash(self.new)) == "pianist"

    def opens(self) -> bool:
        unlocked = self.own.unlock(self.new)
        return unlocked is not None and unlocked.sight is Sight.OPEN


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[Lost]:
    world = Lost(tmp_path)
    yield world
    world.close()


@pytest.mark.parametrize("pair", [*permutations(HOLDERS, 2)])
def test_any_two_holders_in_any_order_restore_what_was_sealed(
    lost: Lost, pair: tuple[str, str]
) -> None:
    one, other = pair
    asked = lost.own.recoveries(lost.phones[one])
    assert [(a.owner, a.number, a.said) for a in asked] == [
        ("pianist", lost.number(lost.new), False)
    ]
    assert isinstance(lost.vouch(one), Kept)
    assert lost.own.recoveries(lost.phones[one])[0].said
    assert not lost.let_in()
    assert not lost.opens()
    assert isinstance(lost.vouch(other), Kept)
    assert lost.let_in()
    assert lost.opens()
    assert lost.own.lines(lost.new) == (LINES, ())


def test_one_holder_alone_however_often_lets_nobody_in_and_opens_nothing(lost: Lost) -> None:
    for _ in range(5):
        assert isinstance(lost.vouch("friend"), Kept)
    assert not lost.let_in()
    chest = lost.own._keyring.chest("pianist")
    assert chest is not None
    from collavoce.runtime.care.kept.chest import device_pair

    private, _ = device_pair(lost.new)
    assert chest.opened_by(secret_hash(lost.new), private) is None


def test_whoever_is_no_holder_learns_of_nobody_who_waits(lost: Lost) -> None:
    assert lost.own.recoveries(lost.phones["manager"]) == ()
    answer = lost.vouch("manager")
    nobody = lost.own.confirm_recovery(lost.phones["manager"], secret_hash("no phone"), 47)
    assert answer == nobody
    assert isinstance(answer, Refused)


def test_a_wrong_number_counts_for_nothing(lost: Lost) -> None:
    number = lost.number(lost.new)
    device = secret_hash(lost.new)
    for wrong in (number + 1, 0, -number):
        token = lost.phones["friend"]
        assert isinstance(lost.own.confirm_recovery(token, device, wrong), Refused)
    assert isinstance(lost.vouch("second"), Kept)
    assert not lost.let_in()


def test_a_holder_speaks_for_themselves_alone(lost: Lost) -> None:
    # The command names another holder, the phone is the first one's.
    number, device = lost.number(lost.new), secret_hash(lost.new)
    assert isinstance(lost.vouch("friend"), Kept)
    forged = lost.own.ask(Vouch("second", device, number), Proof(lost.phones["friend"]))
    assert isinstance(forged, Refused)
    assert not lost.let_in()


STEPS: dict[str, Callable[[Lost], object]] = {
    "friend": lambda w: w.vouch("friend"),
    "second": lambda w: w.vouch("second"),
    "dropped": lambda w: w.own.ask(SetCircle("pianist", ("second", "third", "manager"), 20.0)),
    "left": lambda w: w.own.ask(AnswerRequest("friend", "pianist", agrees=False)),
    "no": lambda w: w.own.ask(
        DenyDevice("pianist", secret_hash(w.old), secret_hash(w.new)), Proof(w.old)
    ),
    "yes": lambda w: w.own.ask(
        ConfirmDevice("pianist", secret_hash(w.old), secret_hash(w.new)), Proof(w.old)
    ),
    "late": lambda w: setattr(w, "now", w.now + WAIT_LIVES),
    "restart": lambda w: w.again(),
}


@pytest.mark.parametrize("third", ["dropped", "left", "no", "yes", "late", "restart"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_interleaving_ends_as_the_rules_say(tmp_path: Path, third: str, place: int) -> None:
    lost = Lost(tmp_path)
    order = ["friend", "second"]
    order.insert(place, third)
    try:
        for step in order:
            STEPS[step](lost)
            lost.own.unlock(lost.new)  # its page goes on asking
        at = order.index(third)
        let_in = {
            # Who is no holder any more does not count, whether they had spoken or not.
            "dropped": at == 2,
            "left": at == 2,
            "no": at == 2,
            "late": at == 2,
            "yes": True,
            "restart": True,
        }[third]
        assert lost.let_in() is let_in, order
        assert lost.opens() is let_in, order
        if let_in:
            assert lost.own.lines(lost.new) == (LINES, ())
        assert lost.own.lines(lost.old) == (LINES, ()), "nobody is shut out of their own"
    finally:
        lost.close()


def test_vouches_that_came_too_late_can_be_given_to_the_next_try(lost: Lost) -> None:
    assert isinstance(lost.vouch("friend"), Kept)
    lost.now += WAIT_LIVES
    assert isinstance(lost.vouch("second"), Refused)
    lost.new = lost.claims("pianist")
    assert isinstance(lost.vouch("second"), Kept)
    assert not lost.let_in(), "what was said of another phone counts for nothing"
    assert isinstance(lost.vouch("third"), Kept)
    assert lost.opens()


def test_shares_can_be_taken_back(lost: Lost) -> None:
    assert isinstance(lost.own.give_shares(lost.old, ()), Kept)
    for holder in HOLDERS:
        assert isinstance(lost.vouch(holder), Refused)
        assert lost.own.recoveries(lost.phones[holder]) == ()
    chest = lost.own._keyring.chest("pianist")
    assert chest is not None
    assert chest.shares == {}


def test_shares_are_given_to_two_or_more_who_agreed_and_have_a_phone(lost: Lost) -> None:
    for holders in (("friend",), ("friend", "friend"), ("friend", "nobody")):
        assert isinstance(lost.own.give_shares(lost.old, holders), Refused)


def test_a_share_is_as_long_as_the_key_and_none_is_the_key(lost: Lost) -> None:
    from collavoce.ledger.seal import open_box
    from collavoce.runtime.care.kept.chest import SHARE

    chest = lost.own._keyring.chest("pianist")
    own = lost.own._keyring.private_of(lost.old)
    assert chest is not None
    assert own is not None
    for holder in HOLDERS:
        theirs = lost.own._keyring.private_of(lost.phones[holder])
        assert theirs is not None
        share = open_box(theirs[1], chest.shares[lost.shelf.name(holder)], SHARE)
        assert share[1:] != own[1]
        assert len(share) == 33
