"""Who may move the show from outside: every way in, and everybody who is not allowed it."""

import pytest
from tests.unit.gateway.little_house import (
    DESK,
    EPOCH,
    KEY,
    STRANGER,
    bare,
    commands,
    judge,
    keyed,
    little_book,
)

from collavoce.runtime.gateway.addresses import ROWS
from collavoce.runtime.gateway.book import Book, with_controller
from collavoce.runtime.gateway.rulings import Refusal
from collavoce.show.commands import Go, Hold
from collavoce.wire.keyed import Answer, Keyed, write_keyed
from collavoce.wire.osc import IMMEDIATELY, OscBundle, OscMessage, encode

EVERY_ADDRESS = sorted({row.address.lower() for row in ROWS})


@pytest.mark.parametrize("address", [*EVERY_ADDRESS, "/qlab/1", "/both", "/button/1"])
def test_a_bare_packet_of_a_stranger_comes_to_nothing(address: str) -> None:
    (ruling,) = judge().osc(STRANGER, bare(address), 0.0)
    assert ruling.refused is Refusal.STRANGER
    assert (ruling.orders, ruling.wish, ruling.answer) == ((), None, None)


@pytest.mark.parametrize("address", ["/collavoce/go", "/qlab/1", "/button/1"])
def test_with_an_empty_book_nobody_does_anything(address: str) -> None:
    empty = judge(Book())
    assert commands(empty.osc(DESK, bare(address), 0.0)) == []
    assert commands(empty.osc(DESK, keyed(1, address), 0.0)) == []


def test_an_allowed_source_says_what_its_pattern_fits_and_nothing_else() -> None:
    one = judge()
    assert commands(one.osc(DESK, bare("/collavoce/go"), 0.0)) == [Go()]
    (ruling,) = one.osc(DESK, bare("/both"), 0.0)
    assert ruling.refused is Refusal.NOT_ALLOWED


def test_a_learned_control_does_what_it_was_taught_from_its_own_source_alone() -> None:
    one = judge()
    assert commands(one.osc(DESK, bare("/button/1", 1.0), 0.0)) == [Hold()]
    assert commands(one.osc(DESK, bare("/button/1", 0.0), 0.0)) == []
    assert commands(one.osc(STRANGER, bare("/button/1", 1.0), 0.0)) == []
    (other,) = one.osc(DESK, bare("/button/2", 1.0), 0.0)
    assert other.refused is Refusal.NOT_ALLOWED


def test_strangers_in_a_bundle_with_what_is_allowed_stay_strangers() -> None:
    bundle = OscBundle(IMMEDIATELY, (OscMessage("/collavoce/hold"), OscMessage("/collavoce/go")))
    assert commands(judge().osc(STRANGER, encode(bundle), 0.0)) == []
    assert commands(judge().osc(DESK, encode(bundle), 0.0)) == [Hold(), Go()]


def test_a_key_goes_from_anywhere() -> None:
    (ruling,) = judge().osc(STRANGER, keyed(1), 0.0)
    assert ruling.refused is None
    assert commands([ruling]) == [Go()]


@pytest.mark.parametrize(
    "datagram",
    [
        keyed(1, key=bytes(reversed(range(32)))),
        keyed(1, name="nobody"),
        keyed(1, name="nobody", key=bytes(32)),
        keyed(1, name="foh"),
        keyed(1)[:-1] + b"\0",
    ],
    ids=["another key", "nobody", "nobody with the key of nobody", "another's name", "a byte off"],
)
def test_a_forged_message_is_neither_done_nor_answered(datagram: bytes) -> None:
    (ruling,) = judge().osc(DESK, datagram, 0.0)
    assert ruling.refused is Refusal.FORGED
    assert (ruling.orders, ruling.answer) == ((), None)


def test_what_was_recorded_and_is_sent_again_is_not_done_again() -> None:
    one = judge()
    recorded = keyed(1)
    assert commands(one.osc(DESK, recorded, 0.0)) == [Go()]
    (again,) = one.osc(DESK, recorded, 60.0)
    assert again.refused is Refusal.HEARD
    assert again.orders == ()


def test_a_count_that_was_overtaken_is_not_done() -> None:
    one = judge()
    one.osc(DESK, keyed(5), 0.0)
    assert commands(one.osc(DESK, keyed(4), 0.0)) == []
    assert commands(one.osc(DESK, keyed(6), 0.0)) == [Go()]


def test_what_was_recorded_before_the_gateway_started_only_learns_the_epoch() -> None:
    (ruling,) = judge().osc(DESK, keyed(99, epoch=bytes(8)), 0.0)
    assert ruling.orders == ()
    assert ruling.answer is not None
    assert (ruling.answer.answer, ruling.answer.epoch) == (Answer.AGAIN, EPOCH)
    assert ruling.answer.count == 0


def test_a_controller_says_only_its_words() -> None:
    one = judge()
    assert commands(one.osc(DESK, keyed(1, name="foh", key=bytes(32)), 0.0)) == [Go()]
    for count, address in enumerate(("/collavoce/hold", "/collavoce/fire/1", "/qlab/1"), start=2):
        (ruling,) = one.osc(DESK, keyed(count, address, name="foh", key=bytes(32)), 0.0)
        assert ruling.refused is Refusal.NOT_ALLOWED
        assert ruling.orders == ()
        assert ruling.answer is not None
        assert ruling.answer.answer is Answer.REFUSED


def test_a_controller_speaks_in_the_name_it_was_given_and_no_bare_packet_in_anybodys() -> None:
    book = with_controller(little_book(), "cue-light", bytes(range(64, 96)), ("ack",), "sam")
    one = judge(book)
    said = keyed(1, "/collavoce/ack/12/sam", name="cue-light", key=bytes(range(64, 96)))
    (ruling,) = one.osc(DESK, said, 0.0)
    assert [order.by for order in ruling.orders] == ["sam"]
    (wings,) = one.osc(DESK, keyed(1, "/collavoce/ack/12/sam"), 0.0)
    assert [order.by for order in wings.orders] == ["remote wings"]
    (bare_one,) = one.osc(DESK, bare("/collavoce/ack/12/sam"), 0.0)
    assert [order.by for order in bare_one.orders] == [f"osc {DESK}"]


def test_feedback_goes_to_nobody_who_is_not_allowed_it() -> None:
    one = judge()
    (stranger,) = one.osc(STRANGER, bare("/collavoce/feedback"), 0.0)
    assert stranger.wish is None
    (allowed,) = one.osc(DESK, bare("/collavoce/feedback"), 0.0)
    assert allowed.wish is not None


def test_a_bundle_under_a_key_is_no_message() -> None:
    bundle = encode(OscBundle(IMMEDIATELY, (OscMessage("/collavoce/go"),) * 2))
    datagram = write_keyed(KEY, Keyed("wings", EPOCH, 1, bundle))
    (ruling,) = judge().osc(DESK, datagram, 0.0)
    assert ruling.refused is Refusal.FORM
    assert ruling.orders == ()


def test_a_stage_that_is_not_there_hears_nothing() -> None:
    (ruling,) = judge().osc(DESK, bare("/collavoce/stage/attic/go"), 0.0)
    assert ruling.refused is Refusal.STAGE
    (main,) = judge().osc(DESK, bare("/collavoce/stage/main/go"), 0.0)
    assert [order.stage for order in main.orders] == ["main"]


def test_a_flood_of_strangers_takes_nothing_from_those_who_are_allowed() -> None:
    one = judge()
    for _ in range(20_000):
        one.osc(STRANGER, bare("/collavoce/go"), 1.0)
    assert commands(one.osc(DESK, bare("/collavoce/go"), 1.0)) == [Go()]
    assert commands(one.osc(STRANGER, keyed(1), 1.0)) == [Go()]


def test_a_flood_of_forged_keys_from_elsewhere_keeps_no_controller_out() -> None:
    one = judge()
    forged = keyed(1, epoch=bytes(range(8)))[:-1] + b"\0"
    rulings = [r for _ in range(20_000) for r in one.osc(STRANGER, forged, 1.0)]
    assert sum(r.refused is Refusal.FLOOD for r in rulings) > 19_000
    assert commands(one.osc(DESK, keyed(1), 1.0)) == [Go()]


def test_a_flood_from_an_allowed_address_leaves_the_key_and_other_sources_free() -> None:
    one = judge()
    rulings = [r for _ in range(5000) for r in one.osc(DESK, bare("/collavoce/mark"), 1.0)]
    assert sum(r.refused is Refusal.FLOOD for r in rulings) > 4000
    assert commands(one.osc(DESK, keyed(1), 1.0)) == [Go()]
    assert commands(one.osc(DESK, bare("/collavoce/go"), 2.0)) == [Go()]


def test_no_key_stands_in_what_is_shown_of_the_book() -> None:
    from collavoce.runtime.gateway.listing import connections_view
    from collavoce.wire.keyed import http_token

    shown = str(connections_view(little_book()))
    assert "wings" in shown
    for secret in (KEY.hex(), bytes(32).hex(), http_token(KEY)):
        assert secret not in shown
