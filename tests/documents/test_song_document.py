"""The page about songs says what the tables and limits say."""

from pathlib import Path

from collavoce.care.rules.song import SONGS_MOST
from collavoce.care.states.song import TURNS, Act, Stands
from collavoce.desk.care.acts_song import PLAYERS_MAX
from collavoce.runtime.care.kept.song_age import OVER_KEPT
from collavoce.runtime.care.kept.songs.demos import DEMOS_MAX
from collavoce.runtime.care.kept.songs.links import LASTS_S
from collavoce.runtime.care.kept.songs.sound import FILE_BYTES_MOST, SECONDS_MOST
from collavoce.runtime.care.kept.songs.strongroom import FREE_BYTES

PAGE = (Path(__file__).parents[2] / "docs" / "song.md").read_text(encoding="utf-8")


def test_the_table_of_a_song_is_the_one_that_decides() -> None:
    for stands in Stands:
        row = [str(TURNS.get((stands, act), "")) for act in Act]
        drawn = "".join(f" {cell} |" if cell else " |" for cell in row)
        assert f"| {stands} |{drawn}" in PAGE, stands


def test_the_limits_are_those_that_hold() -> None:
    assert f"at most {FILE_BYTES_MOST >> 20} MB and {SECONDS_MOST // 60} minutes" in PAGE
    assert DEMOS_MAX == 8
    assert "eight of them" in PAGE
    assert f"for {LASTS_S / 86_400:.0f} days" in PAGE
    assert f"after {OVER_KEPT / 86_400:.0f} days" in PAGE
    assert f"less than {FREE_BYTES >> 30} GB" in PAGE
    assert SONGS_MOST == PLAYERS_MAX == 12
