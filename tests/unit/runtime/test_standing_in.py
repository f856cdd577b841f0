"""What the watchdog carries itself, row by row of its table."""

import pytest
from msgspec import structs

from collavoce.runtime.care.ways.deadman import (
    FORESEEN_MAX,
    WATCHDOG_BOX,
    DeadmanError,
    Foreseen,
    Leaving,
    StoodIn,
    in_parts,
    pack,
    unpack,
)
from collavoce.runtime.links import LIMIT
from collavoce.runtime.watchdog.standing_in import LATE_S, Carried, StandingIn

FIRST = Foreseen("a" * 32, 105.0, 100.0, "sms", "+491511111111", "words", "first")
NEXT = Foreseen("b" * 32, 109.0, 109.0, "mail", "a@example.org", "words", "first", if_failed=True)
LATE = Foreseen("c" * 32, 105.0, 105.0, "sms", "+492", "words", "presser", only_late=True)


def left(*items: Foreseen, as_of: float = 101.0, got: tuple[str, ...] = ()) -> StandingIn:
    standing = StandingIn()
    standing.told(Leaving(1, 0, 1, as_of, items, got))
    return standing


def late(standing: StandingIn, now: float) -> list[str]:
    return [item.key[0] for item in standing.late(now)]


def test_a_message_is_carried_two_seconds_after_it_was_due_and_not_before() -> None:
    standing = left(FIRST)
    assert late(standing, 105.0 + LATE_S - 0.001) == []
    assert late(standing, 105.0 + LATE_S) == ["a"]


def test_if_care_did_not_live_to_ring_the_page_the_pages_moment_counts() -> None:
    standing = left(FIRST, as_of=99.0)
    assert late(standing, 100.0 + LATE_S - 0.001) == []
    assert late(standing, 100.0 + LATE_S) == ["a"]


def test_what_care_sent_itself_is_not_in_its_next_list_and_not_carried() -> None:
    standing = left(FIRST)
    standing.told(Leaving(2, 0, 1, 105.2, ()))
    assert late(standing, 200.0) == []


def test_a_message_is_carried_once_however_often_the_list_still_names_it() -> None:
    standing = left(FIRST)
    standing.handed(FIRST, ours=True)
    standing.told(Leaving(2, 0, 1, 106.0, (FIRST,)))
    assert late(standing, 200.0) == []


def test_the_next_contact_has_its_turn_at_once_when_the_first_failed_here() -> None:
    standing = left(FIRST, NEXT)
    standing.handed(FIRST, ours=True)
    assert late(standing, 200.0) == [], "no answer yet"
    standing.answered(FIRST.key, taken=False, why="broken")
    assert late(standing, 107.5) == ["b"]


def test_the_next_contact_stays_out_of_it_when_the_first_was_taken() -> None:
    standing = left(FIRST, NEXT)
    standing.handed(FIRST, ours=True)
    standing.answered(FIRST.key, taken=True, why="")
    assert late(standing, 200.0) == []


def test_after_a_first_that_care_had_claimed_the_next_comes_when_it_is_late() -> None:
    standing = left(FIRST, NEXT)
    standing.handed(FIRST, ours=False)
    assert late(standing, 109.0 + LATE_S - 0.001) == []
    assert late(standing, 109.0 + LATE_S) == ["b"]
    assert standing.to_report() == {}, "care knows itself what became of it"


def test_the_performer_is_told_when_the_step_is_missed() -> None:
    assert late(left(LATE), 106.9) == []
    assert late(left(LATE), 107.0) == ["c"]


def test_a_list_in_parts_counts_once_it_is_whole() -> None:
    standing = StandingIn()
    standing.told(Leaving(1, 0, 2, 101.0, (FIRST,)))
    assert standing.items == ()
    standing.told(Leaving(1, 1, 2, 101.0, (LATE,)))
    assert standing.items == (FIRST, LATE)
    standing.told(Leaving(2, 0, 2, 102.0, (LATE,)))
    assert standing.items == (FIRST, LATE), "the old one holds until the new one is whole"
    standing.told(Leaving(3, 0, 1, 103.0, ()))
    assert standing.items == ()


def test_care_is_told_until_it_says_it_knows() -> None:
    standing = left(FIRST)
    standing.handed(FIRST, ours=True)
    assert standing.to_report() == {}
    standing.answered(FIRST.key, taken=False, why="late")
    assert standing.to_report() == {FIRST.key: (False, "late")}
    standing.told(Leaving(2, 0, 1, 106.0, (FIRST,), (FIRST.key,)))
    assert standing.carried == {FIRST.key: Carried.FAILED}, "while a list names it, it is known"
    standing.told(Leaving(3, 0, 1, 107.0, (), (FIRST.key,)))
    assert standing.to_report() == {}


def test_what_is_remembered_has_a_limit() -> None:
    standing = StandingIn()
    for number in range(3 * FORESEEN_MAX):
        standing.handed(structs.replace(FIRST, key=f"{number:032}"), ours=True)
    assert len(standing.carried) == FORESEEN_MAX


def test_the_longest_list_travels_in_datagrams_that_fit() -> None:
    item = structs.replace(FIRST, address="x" * 1000)
    got = tuple(f"{number:032}" for number in range(400))
    datagrams = in_parts(7, 101.0, [item] * FORESEEN_MAX, got)
    assert len(datagrams) > 1
    assert all(len(datagram) <= LIMIT for datagram in datagrams)
    standing = StandingIn()
    for datagram in datagrams:
        said = unpack(datagram)
        assert isinstance(said, Leaving)
        standing.told(said)
    assert len(standing.items) == FORESEEN_MAX


def test_an_empty_list_is_one_datagram_and_foreign_bytes_are_none() -> None:
    assert unpack(in_parts(1, 2.0, (), ())[0]) == Leaving(1, 0, 1, 2.0, ())
    assert unpack(pack(StoodIn({"a": (True, "")}))) == StoodIn({"a": (True, "")})
    for foreign in (b"", b"?", WATCHDOG_BOX.encode(), b"\x80"):
        with pytest.raises(DeadmanError, match=f"{len(foreign)} bytes"):
            unpack(foreign)
