"""What passes of a song from care to the show: what its author released, when they released it."""

from typing import Any

import pytest

from collavoce.care import events as care
from collavoce.runtime.care.policies import (
    FROM_CARE,
    FROM_SONGS,
    Released,
    from_song,
    reference_of,
)
from collavoce.show.commands import ProposeNumber, WithdrawProposal

from .test_policies import example, kinds, name

PASSES = {care.SongProposed, care.SongRecalled}
RELEASED = Released("canary title", 3.5, ("idol", "friend"))


@pytest.mark.parametrize("kind", sorted(kinds(), key=name))
def test_no_other_fact_of_care_tells_the_show_of_a_song(kind: Any) -> None:
    told = from_song(example(kind), RELEASED, "key")
    assert (kind in FROM_SONGS) is (kind in PASSES)
    assert bool(told) is (kind in PASSES)


def test_what_passes_is_title_length_players_and_where_the_recording_is() -> None:
    [told] = from_song(care.SongProposed(5.0, "idol", "s1"), RELEASED, "key")
    assert told.command == ProposeNumber(
        "song-s1", "canary title", "references/s1.wav", 3.5, ("idol", "friend")
    )
    # Whoever's demo it is, is not among it unless they said that they play.
    alone = Released("t", 1.0, ("friend",))
    [told] = from_song(care.SongProposed(5.0, "idol", "s1"), alone, "key")
    assert "idol" not in str(told)


def test_without_the_words_that_its_authors_phone_opens_nothing_passes() -> None:
    assert from_song(care.SongProposed(5.0, "idol", "s1"), None, "key") == ()


def test_asked_back_only_its_id_passes_and_replaces_what_is_still_on_its_way() -> None:
    [given] = from_song(care.SongProposed(5.0, "idol", "s1"), RELEASED, "one")
    [back] = from_song(care.SongRecalled(6.0, "idol", "s1"), None, "two")
    assert back.command == WithdrawProposal("song-s1")
    assert "idol" not in str(back)
    assert given.slot == back.slot


def test_a_song_makes_nobody_available_or_not() -> None:
    assert not FROM_CARE.keys() & set(care.SongEvent.__args__)


def test_the_recording_is_inside_the_folder_whatever_the_id() -> None:
    assert reference_of("a-b_c") == "references/a-b_c.wav"
