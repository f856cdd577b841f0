"""Old bodies, read in the form of today."""

import pytest
from msgspec.structs import replace
from tests.unit.ledger.drafts import draft

from collavoce.ledger.errors import LiftError
from collavoce.ledger.lifts import Lifts
from collavoce.ledger.record import GENESIS, Record, chain


def record(version: int, body: bytes) -> Record:
    return chain(replace(draft(1, body), version=version), 1, GENESIS)


LIFTS = Lifts(
    {
        ("CueFired", 1): lambda body: body + b" by hand",
        ("CueFired", 2): lambda body: body.upper(),
        ("NoteMarked", 1): lambda body: body[::-1],
    }
)


def test_each_version_is_lifted_through_all_that_follow_it() -> None:
    assert LIFTS.body(record(1, b"lx 12")) == b"LX 12 BY HAND"
    assert LIFTS.body(record(2, b"lx 12 by hand")) == b"LX 12 BY HAND"
    assert LIFTS.body(record(3, b"lx 12")) == b"lx 12"


def test_a_type_without_lifts_is_at_version_one() -> None:
    assert Lifts({}).body(record(1, b"as written")) == b"as written"
    assert LIFTS.current("ShowHeld") == 1
    assert LIFTS.current("CueFired") == 3


def test_the_record_itself_stays_as_it_was() -> None:
    old = record(1, b"lx 12")
    LIFTS.body(old)
    assert old == record(1, b"lx 12")


@pytest.mark.parametrize("version", [0, -1, 4])
def test_a_version_from_elsewhere_is_refused_with_the_remedy(version: int) -> None:
    with pytest.raises(LiftError, match="newer release"):
        LIFTS.body(record(version, b""))


def test_a_step_left_out_is_noticed_when_the_program_starts() -> None:
    with pytest.raises(LiftError, match="none from 2"):
        Lifts({("CueFired", 1): bytes.upper, ("CueFired", 3): bytes.lower})
    with pytest.raises(LiftError, match="none from 1"):
        Lifts({("CueFired", 2): bytes.upper})
