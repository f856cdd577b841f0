"""The plan's hash: what a performance was read from, sounds included."""

from dataclasses import replace
from pathlib import Path

import pytest

from collavoce.runtime.prepared import plan_hash
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue, Department, Show
from collavoce.show.reading.folder import SHOW_FILE
from collavoce.show.triggers import ByHand

from .small_show import SHOW


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / SHOW_FILE).write_text('title = "Small"\n', encoding="utf-8")
    (tmp_path / "rain.wav").write_bytes(b"drop")
    return tmp_path


def sounding(*files: str) -> Show:
    cues = tuple(
        Cue(f"S{n}", file, Department.SND, ByHand(), (PlaySound(file),))
        for n, file in enumerate(files)
    )
    return replace(SHOW, numbers=(replace(SHOW.numbers[0], cues=cues),))


def test_the_plan_is_another_when_a_sound_is_another(folder: Path) -> None:
    show = sounding("rain.wav")
    before = plan_hash(folder, show)
    assert plan_hash(folder, show) == before
    (folder / "rain.wav").write_bytes(b"drip")
    assert plan_hash(folder, show) != before


def test_a_missing_sound_stops_no_opening_and_is_another_plan_than_one_that_is_there(
    folder: Path,
) -> None:
    show = sounding("rain.wav")
    before = plan_hash(folder, show)
    (folder / "rain.wav").unlink()
    assert plan_hash(folder, show) != before


def test_a_sound_that_no_cue_plays_is_no_part_of_the_plan(folder: Path) -> None:
    before = plan_hash(folder, sounding("rain.wav"))
    (folder / "unused.wav").write_bytes(b"wind")
    assert plan_hash(folder, sounding("rain.wav", "rain.wav")) == before
