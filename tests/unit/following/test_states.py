"""The table of what the player is believed to be doing."""

from pathlib import Path

import pytest

from collavoce.following.estimate import Music
from collavoce.following.states import TRANSITIONS, Sign, after

DOCUMENT = Path(__file__).parents[3] / "docs" / "following.md"


def test_every_state_can_be_reached_and_left() -> None:
    targets = set(TRANSITIONS.values())
    assert targets == set(Music)
    assert {state for state, _ in TRANSITIONS} == set(Music)


def test_the_beginning_is_waited_for_again_only_where_it_was_a_try() -> None:
    again = {sign for (_, sign), target in TRANSITIONS.items() if target is Music.WAITING}
    assert again == {Sign.TRIED}


@pytest.mark.parametrize("state", Music)
def test_an_onset_never_loses_the_player(state: Music) -> None:
    assert after(state, Sign.ONSET) in {state, Music.FOLLOWING}


@pytest.mark.parametrize("sign", [s for s in Sign if s not in {Sign.LEAP, Sign.PLACED}])
def test_after_the_end_only_a_leap_or_a_person_begins_again(sign: Sign) -> None:
    assert after(Music.ENDED, sign) is Music.ENDED


def test_the_document_shows_the_table_as_it_is() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for (state, sign), target in TRANSITIONS.items():
        assert f"| {state} | {sign} | {target} |" in text
