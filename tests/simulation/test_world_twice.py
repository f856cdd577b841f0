"""Nobody else can tell: the same evening with and without a press, byte for byte.

What may pass, and by whose act, stands in `runtime/care/policies.py`; everything else is held to
no difference at all, in bytes, counts, order and moment.
"""

import json
from typing import Any

import pytest
from tests.simulation.twice import NOT_MEANT, OWNER, PRESS, STRANGER, Secret, Twice, seen_with


def nothing(_: Twice) -> None:
    """Without a secret."""


def a_press(evening: Twice) -> None:
    evening.act(OWNER, "Press", 1.0, press=PRESS, ago=0.0, place="left")


def an_answered_press(evening: Twice) -> None:
    a_press(evening)
    evening.act("friend", "Shown", 2.0, press=PRESS)
    evening.act("friend", "Coming", 8.0, press=PRESS)
    evening.act(OWNER, "Over", 30.0, press=PRESS)


def a_press_taken_back(evening: Twice) -> None:
    a_press(evening)
    evening.act("friend", "Shown", 2.0, press=PRESS)
    evening.act(OWNER, "Cancel", 5.0, press=PRESS, word="lily")


def a_press_taken_back_with_the_other_word(evening: Twice) -> None:
    a_press(evening)
    evening.act("friend", "Shown", 2.0, press=PRESS)
    evening.act(OWNER, "Cancel", 5.0, press=PRESS, word="orchid")


def a_circle_that_changes(evening: Twice) -> None:
    a_press(evening)
    evening.act(OWNER, "WriteCircle", 10.0, order=["second"], second_after=10.0)
    evening.act(OWNER, "WriteNear", 12.0, kind="not", ids=["manager"])


SECRETS = (
    a_press,
    an_answered_press,
    a_press_taken_back,
    a_press_taken_back_with_the_other_word,
    a_circle_that_changes,
)


@pytest.mark.parametrize("secret", SECRETS, ids=lambda it: it.__name__)
@pytest.mark.parametrize("seed", [1, 2])
def test_those_who_are_not_meant_see_the_same_bytes_at_the_same_moments(
    seed: int, secret: Secret
) -> None:
    without, with_it = seen_with(seed, nothing), seen_with(seed, secret)
    assert (without.kept, with_it.kept) == (False, True)
    assert set(with_it.bytes_of) == set(without.bytes_of)
    for who, seen in without.bytes_of.items():
        assert with_it.bytes_of[who] == seen, who
    frames = without.bytes_of[f"{NOT_MEANT[0]} GET /care/stream"]
    assert len(frames) > 100


def test_whoever_hands_somebody_over_or_calls_a_breach_learns_nothing_of_what_they_allow() -> None:
    refused, allowed = seen_with(1, nothing), seen_with(1, nothing, hand=True, breach=True)
    assert set(allowed.left) - set(refused.left), "the ladder was opened and called somebody"
    for who, seen in refused.bytes_of.items():
        assert allowed.bytes_of[who] == seen, who


def test_i_am_with_them_passes_to_the_desk_and_nothing_but_that() -> None:
    def with_them(evening: Twice) -> None:
        an_answered_press(evening)
        evening.act("friend", "With", 20.0, press=PRESS)

    without, with_it = seen_with(1, an_answered_press), seen_with(1, with_them)
    differing = {who for who, seen in without.bytes_of.items() if with_it.bytes_of[who] != seen}
    stream = f"{STRANGER} GET /care/stream"
    assert differing == {"engine", stream}, "the desk, and the company manager's own page"
    fresh = [mail for mail in with_it.bytes_of["engine"] if mail not in without.bytes_of["engine"]]
    assert fresh
    for _, mail in fresh:
        assert b"SetAvailable" in mail
        assert PRESS.encode() not in mail
        assert b"friend" not in mail
    there = [(at, frame) for at, frame in without.bytes_of[stream] if b"data: " in frame]
    away = [(at, frame) for at, frame in with_it.bytes_of[stream] if b"data: " in frame]
    assert [(at, len(frame)) for at, frame in away] == [(at, len(frame)) for at, frame in there]
    for (_, seen), (_, plain) in zip(away, there, strict=True):
        view, usual = _view(seen), _view(plain)
        assert list(view.pop("away")) in ([], [OWNER])
        assert usual.pop("away") == {}
        assert view == usual


def _view(frame: bytes) -> dict[str, Any]:
    """The line in a frame; all else in it is compared as it is."""
    whole: dict[str, Any] = json.loads(frame.split(b"data: ")[1].split(b"\n")[0])
    return {**whole.pop("line"), "all else": whole}
