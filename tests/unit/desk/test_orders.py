"""Who may say what: bytes become a command or a reason in words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collavoce.desk.orders import MAY_SAY, NotAnOrder, Order, Speaker, read_order
from collavoce.show.commands import (
    Acknowledge,
    AnyCommand,
    AskStop,
    FireByInput,
    Go,
    Hear,
    HearAnswer,
    HoldRisk,
    LightsSeen,
    MarkNote,
    ProposeNumber,
    ReadClock,
    SetAvailable,
    SetRestrictions,
    StartNumber,
    Tick,
    WithdrawProposal,
)

KEY = "0123456789abcdef"


def body(**fields: object) -> bytes:
    return json.dumps({"key": KEY, **fields}).encode()


def test_a_command_is_read_with_its_key() -> None:
    assert read_order(body(type="Go", cue="12"), "caller") == Order(Go("12"), KEY)
    assert read_order(body(type="MarkNote", text="late"), "caller") == Order(MarkNote("late"), KEY)


@pytest.mark.parametrize(
    "internal",
    [body(type="Tick"), body(type="LightsSeen", dark=True)],
)
@pytest.mark.parametrize("speaker", ["caller", "phone"])
def test_no_page_says_what_the_clock_and_the_lights_say(internal: bytes, speaker: Speaker) -> None:
    answer = read_order(internal, speaker)
    assert isinstance(answer, NotAnOrder)
    assert answer.status == 403


def test_nobody_is_the_follower() -> None:
    assert all(not {Hear, Tick, LightsSeen} & kinds for kinds in MAY_SAY.values())


def test_a_phone_answers_and_does_nothing_else() -> None:
    assert MAY_SAY["phone"] < MAY_SAY["caller"]
    answered = read_order(body(type="Acknowledge", cue="28", person="mina"), "phone")
    assert answered == Order(Acknowledge("28", "mina"), KEY)
    for fields in ({"type": "Go"}, {"type": "Stop"}, {"type": "StartNumber", "number": "x"}):
        refused = read_order(body(**fields), "phone")
        assert isinstance(refused, NotAnOrder)
        assert refused.status == 403
        assert "not yours" in refused.why


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "needs a key"),
        (b"{", "needs a key"),
        (b"[]", "needs a key"),
        (b"\xff\xfe", "needs a key"),
        (json.dumps({"type": "Go"}).encode(), "needs a key"),
        (json.dumps({"type": "Go", "key": "short"}).encode(), "needs a key"),
        (json.dumps({"type": "Go", "key": "a:b:c:d:e:f"}).encode(), "needs a key"),
        (body(), "no command"),
        (body(type="Explode"), "no command"),
        (body(type="Go", cue=7), "no command"),
        (body(type="PointTo"), "no command"),
        (body(type="Follow", on="yes"), "no command"),
    ],
)
def test_what_is_no_command_is_told_in_words(sent: bytes, said: str) -> None:
    answer = read_order(sent, "caller")
    assert isinstance(answer, NotAnOrder)
    assert answer.status == 400
    assert said in answer.why


@given(st.binary(max_size=200), st.sampled_from(("caller", "phone")))
def test_no_bytes_make_it_raise(sent: bytes, speaker: Speaker) -> None:
    answer = read_order(sent, speaker)
    assert isinstance(answer, NotAnOrder)


def test_every_command_is_either_for_pages_or_for_the_house() -> None:
    house: set[type[AnyCommand]] = {
        *(Hear, Tick, ReadClock, LightsSeen, HearAnswer, FireByInput),
        *(HoldRisk, SetAvailable, SetRestrictions, AskStop, ProposeNumber, WithdrawProposal),
    }
    assert MAY_SAY["caller"] | house == set(AnyCommand.__args__)
    assert StartNumber in MAY_SAY["caller"]
