"""The player: what the engine asks for is played once, ended, paused, and answered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.rig.sound.test_sound import FakeCards
from tests.unit.rig.sound.tone import constant

from collavoce.rig.sound import Card
from collavoce.rig.sound.samples import Block
from collavoce.runtime.sound.player import Began, Player
from collavoce.runtime.wires.posts import (
    EndSounds,
    Errand,
    LoadFile,
    PauseSounds,
    PlayFile,
    pack_post,
    unpack_post,
)

Said = list[tuple[str, str, bool]]


class House:
    """A player over cards that render when they are told to."""

    def __init__(self, folder: Path, cards: FakeCards, **wanted: str) -> None:
        self.said: Said = []
        self.player = Player(folder, wanted, cards, self._told, lambda: 0.0)

    def _told(self, post: PlayFile, began: Began) -> None:
        self.said.append((post.cue, began.words, began.playing))

    def card(self, index: int = 0) -> Card:
        return list(self.player.cards)[index]

    def hear(self, count: int = 480, card: int = 0) -> Block:
        block = self.card(card).mixer.render(count)
        self.player.turn()
        return block


@pytest.fixture(name="house")
def _house(tmp_path: Path) -> House:
    constant(tmp_path / "rain.wav", 30.0)
    return House(tmp_path, FakeCards(["Laptop"]), house="House")


def play(identity: str = "1:0", cue: str = "1", to: str = "", *, loop: bool = False) -> PlayFile:
    return PlayFile(identity, cue, to, "rain.wav", loop=loop)


def test_a_sound_plays_and_the_engine_is_told_once_it_is_heard(house: House) -> None:
    house.player.do(play())
    assert house.said == []
    assert house.hear().any()
    assert house.said == [("1", "playing on this computer's usual card", True)]
    house.hear()
    assert len(house.said) == 1


def test_the_same_id_again_plays_nothing_again(house: House) -> None:
    house.player.do(play())
    loud = house.hear().max()
    house.player.do(play())
    assert house.hear().max() == loud


def test_a_loop_that_plays_already_is_not_begun_a_second_time(house: House) -> None:
    house.player.do(play("1:0", loop=True))
    loud = house.hear().max()
    house.player.do(play("2:0", loop=True))
    assert house.hear().max() == loud


def test_a_cue_ends_its_own_sounds_only(house: House) -> None:
    house.player.do(play("1:0", "1"))
    house.player.do(play("2:0", "2"))
    assert house.hear().max() == pytest.approx(1.0)
    house.player.do(EndSounds(("1",), 0.0))
    house.hear(4800)
    assert house.hear().max() == pytest.approx(0.5, abs=0.01)


def test_everything_ends_together(house: House) -> None:
    house.player.do(play("1:0", "1"))
    house.player.do(play("2:0", "2", to="house"))
    house.player.do(EndSounds(None, 0.0))
    for card in (0, 1):
        house.hear(4800, card)
        assert not house.hear(480, card).any()


def test_a_pause_stands_still_and_goes_on(house: House) -> None:
    house.player.do(play())
    house.hear()
    house.player.do(PauseSounds("1", on=True))
    house.hear(4800)
    assert not house.hear().any()
    house.player.do(PauseSounds("1", on=False))
    house.hear(4800)
    assert house.hear().any()


def test_a_loop_that_is_restored_while_paused_is_silent_until_it_goes_on(house: House) -> None:
    house.player.do(PlayFile("1:0", "1", "", "rain.wav", loop=True, stands=True))
    assert not house.hear(4800).any()
    house.player.do(PauseSounds("1", on=False))
    house.hear(4800)
    assert house.hear().max() == pytest.approx(0.5, abs=0.01)


def test_each_destination_has_its_own_card(house: House) -> None:
    house.player.do(play(to="house"))
    assert house.hear(card=1).any()
    assert not house.hear(card=0).any()


def test_what_is_loaded_begins_from_memory(house: House, tmp_path: Path) -> None:
    house.player.do(LoadFile("rain.wav", 2.0))
    house.player.turn()
    (tmp_path / "rain.wav").unlink()
    house.player.do(PlayFile("1:0", "1", "", "rain.wav", start=2.0))
    assert house.hear().any()


def test_a_file_that_is_gone_or_outside_is_answered_in_words(house: House) -> None:
    for file in ("gone.wav", "../rain.wav"):
        house.player.do(PlayFile(file, "1", "", file))
    assert [playing for _, _, playing in house.said] == [False, False]
    assert all("not in the show folder" in words for _, words, _ in house.said)


def test_on_a_computer_without_sound_it_is_said_that_nothing_is_heard(tmp_path: Path) -> None:
    constant(tmp_path / "rain.wav", 1.0)
    house = House(tmp_path, FakeCards([]))
    house.player.do(play())
    house.hear()
    assert house.said == [("1", "not heard: this computer has no sound card", False)]


@pytest.mark.parametrize(
    "post",
    [
        lambda: play(loop=True),
        lambda: EndSounds(None, 1.0),
        lambda: Errand("1", "1", "m", "http://h:1", "GET", "/", "", ""),
    ],
)
def test_posts_are_read_as_they_were_written(post: Callable[[], PlayFile]) -> None:
    assert unpack_post(pack_post(post())) == post()
