"""Files, voices, the mixer and the cards: what would be heard, sample by sample."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from tests.unit.rig.sound.tone import constant, ramp

from collavoce.rig.errors import RigError
from collavoce.rig.sound import Card, Mixer, SoundFile, Voice
from collavoce.rig.sound.card import Known, Stream, SystemCards, fitting
from collavoce.rig.sound.samples import RATE, Block, frames
from collavoce.rig.sound.voice import AHEAD, SOFT_S

HALF = 0.5


def heard(voice: Voice, seconds: float) -> Block:
    """What the voice gives in pieces as a card asks for them, read on as it goes."""
    pieces: list[Block] = []
    for _ in range(frames(seconds) // 480):
        voice.feed()
        pieces.append(voice.take(480))
    return np.concatenate(pieces)


def test_a_file_is_read_as_it_is_from_wherever_it_is_begun(tmp_path: Path) -> None:
    path = ramp(tmp_path / "ramp.wav", 2.0)
    assert SoundFile(path).read(RATE)[-1, 0] == pytest.approx(0.488, abs=0.001)
    assert SoundFile(path, 1.0).read(1)[0, 0] == pytest.approx(0.488, abs=0.001)


def test_other_rates_and_one_channel_become_ours(tmp_path: Path) -> None:
    path = ramp(tmp_path / "ramp.wav", 1.0, rate=22_050, channels=1)
    block = SoundFile(path).read(2 * RATE)
    assert len(block) == pytest.approx(RATE, abs=4)
    assert np.array_equal(block[:, 0], block[:, 1])


def test_a_loop_goes_round_without_a_gap(tmp_path: Path) -> None:
    path = ramp(tmp_path / "ramp.wav", 0.5)
    once = SoundFile(path).read(RATE)
    twice = SoundFile(path, loop=True).read(RATE)
    assert np.array_equal(twice, np.concatenate((once, once)))


def test_what_is_no_sound_and_what_is_not_there_are_said(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no sound at all")
    with pytest.raises(RigError, match=r"text\.wav cannot be played"):
        SoundFile(tmp_path / "text.wav")
    with pytest.raises(RigError, match=r"gone\.wav is not in the show folder"):
        SoundFile(tmp_path / "gone.wav")


def test_an_empty_file_that_loops_ends(tmp_path: Path) -> None:
    path = constant(tmp_path / "empty.wav", 0.0)
    voice = Voice(SoundFile(path, loop=True))
    assert not heard(voice, 0.1).any()
    assert voice.over


def test_a_voice_rises_to_its_level_and_is_over_at_its_end(tmp_path: Path) -> None:
    voice = Voice(SoundFile(constant(tmp_path / "half.wav", 1.0)))
    voice.begin(level=HALF, fade=0.5)
    block = heard(voice, 1.2)[:, 0]
    quarter, end = frames(0.25), frames(1.0)
    assert block[quarter] == pytest.approx(0.125, abs=0.002)
    assert block[end - 1] == pytest.approx(0.25, abs=0.002)
    assert not block[end:].any()
    assert voice.over
    assert voice.starved == 0


def test_a_voice_is_faded_out_and_over(tmp_path: Path) -> None:
    voice = Voice(SoundFile(constant(tmp_path / "half.wav", 9.0)))
    heard(voice, 0.1)
    voice.end(0.2)
    block = heard(voice, 0.3)[:, 0]
    assert block[frames(0.1)] == pytest.approx(0.25, abs=0.01)
    assert not block[frames(0.2) :].any()
    assert voice.over


def test_a_voice_that_stands_goes_on_where_it_stood(tmp_path: Path) -> None:
    voice = Voice(SoundFile(ramp(tmp_path / "ramp.wav", 4.0)))
    before = heard(voice, 0.5)[-1, 0]
    voice.stand()
    standing = heard(voice, 1.0)[:, 0]
    assert not standing[frames(SOFT_S) + 480 :].any()
    voice.go_on()
    after = heard(voice, 0.1)[:, 0]
    assert after[frames(0.05)] == pytest.approx(before + 0.05 / 4.0, abs=0.01)


def test_no_cut_and_no_pause_is_a_click(tmp_path: Path) -> None:
    voice = Voice(SoundFile(constant(tmp_path / "half.wav", 9.0)))
    pieces = [heard(voice, 0.05)]
    voice.stand()
    pieces.append(heard(voice, 0.05))
    voice.go_on()
    pieces.append(heard(voice, 0.05))
    voice.end(0.0)
    pieces.append(heard(voice, 0.05))
    steps = np.abs(np.diff(np.concatenate(pieces)[:, 0]))
    assert steps.max() <= HALF / frames(SOFT_S) + 1e-4


def test_a_standing_voice_is_over_at_once_when_it_is_ended(tmp_path: Path) -> None:
    voice = Voice(SoundFile(constant(tmp_path / "half.wav", 9.0)))
    heard(voice, 0.1)
    voice.stand()
    heard(voice, 0.1)
    voice.end(10.0)
    assert voice.over


def test_a_disk_that_sleeps_longer_than_is_read_ahead_is_silence_and_is_counted(
    tmp_path: Path,
) -> None:
    voice = Voice(SoundFile(constant(tmp_path / "half.wav", 9.0)))
    voice.feed()
    missing = AHEAD + frames(0.25) + 480
    block = voice.take(missing)
    assert not block[-480:].any()
    assert voice.starved >= 480
    assert not voice.over


def test_the_mixer_adds_up_and_never_leaves_the_range(tmp_path: Path) -> None:
    path = constant(tmp_path / "half.wav", 1.0)
    mixer = Mixer()
    for _ in range(3):
        mixer.add(Voice(SoundFile(path)))
    block = mixer.render(480)
    assert np.all(block == 1.0)
    assert mixer.rendered == 480


@dataclass
class Silent:
    closed: bool = False

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeCards:
    """Cards that are there, or not; `broken` ones cannot be opened."""

    names: list[str]
    broken: set[str] = field(default_factory=set[str])
    played: list[str] = field(default_factory=list[str])

    def known(self) -> list[Known]:
        return [Known(name, name) for name in self.names]

    def play(self, card: Known | None, mixer: Mixer) -> Stream:
        name = "usual" if card is None else card.name
        if name in self.broken:
            raise RigError(f"{name} is held by another program")
        self.played.append(name)
        mixer.render(1)
        return Silent()

    def pretend(self, mixer: Mixer) -> Stream:
        self.played.append("nothing")
        mixer.render(1)
        return Silent()


def test_the_wanted_card_plays_by_a_part_of_its_name() -> None:
    card = Card("l/r", FakeCards(["Laptop", "House L/R (USB)"]), Mixer())
    assert (card.plays_on, card.in_place) == ("House L/R (USB)", True)


def test_a_missing_card_is_replaced_by_the_usual_one_until_it_comes_back() -> None:
    cards = FakeCards(["Laptop"])
    mixer = Mixer()
    card = Card("House", cards, mixer)
    assert (card.plays_on, card.in_place) == ("this computer's usual card", False)
    mixer.render(480)
    card.look()
    assert cards.played == ["usual"]
    cards.names.append("House L/R")
    mixer.render(480)
    card.look()
    assert (card.plays_on, card.in_place) == ("House L/R", True)


def test_a_card_that_asks_for_nothing_any_more_is_gone_and_replaced() -> None:
    cards = FakeCards(["House", "Laptop"])
    mixer = Mixer()
    card = Card("House", cards, mixer)
    mixer.render(480)
    card.look()
    cards.names.remove("House")
    card.look()
    assert (card.plays_on, card.in_place) == ("this computer's usual card", False)


def test_without_any_card_sounds_still_begin_and_end() -> None:
    cards = FakeCards([])
    card = Card("", cards, Mixer())
    assert (card.plays_on, card.in_place) == ("", False)
    assert cards.played == ["nothing"]


def test_cards_that_refuse_are_not_asked_again_and_again() -> None:
    cards = FakeCards(["Laptop"], broken={"usual"})
    mixer = Mixer()
    card = Card("", cards, mixer)
    for _ in range(3):
        mixer.render(480)
        card.look()
    assert cards.played == ["nothing"]
    cards.names.append("New")
    cards.broken.clear()
    mixer.render(480)
    card.look()
    assert card.in_place


def test_two_cards_of_the_same_part_of_a_name_are_neither() -> None:
    assert fitting("usb", [Known("USB one", 1), Known("USB two", 2)]) is None


def test_the_systems_own_null_card_takes_samples_in_real_time(tmp_path: Path) -> None:
    mixer = Mixer()
    voice = Voice(SoundFile(constant(tmp_path / "short.wav", 0.1)))
    mixer.add(voice)
    stream = SystemCards().pretend(mixer)
    until = time.monotonic() + 10.0
    while not voice.over and time.monotonic() < until:
        time.sleep(0.01)
    stream.close()
    assert voice.over
