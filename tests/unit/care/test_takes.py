"""A player's takes go when the player goes: by their own act, or a week after their last day."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.care.key_world import PEOPLE, World
from tests.unit.takes.memories import SCORE, held, take

from collavoce.care.outcome import Kept as Done
from collavoce.care.outcome import NotRecorded
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.clock import wall_ns
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.takes.shelf import Kept, Shelf
from collavoce.runtime.takes.word import By


class Evening:
    """Care over a real store, and takes of the pianist beside it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, last_day: str = "") -> None:
        (root / "care").mkdir()
        (root / "show").mkdir()
        people = PEOPLE | {"pianist": replace(PEOPLE["pianist"], engagement_end=last_day)}
        monkeypatch.setattr("tests.unit.care.key_world.PEOPLE", people)
        self.root = root
        self.world = World(root / "care")
        self.phone = self.world.phone("pianist")
        place = takes_place(root / "show", root / "apart")
        self.takes = Shelf(place, lambda: wall_ns() * 1e-9)
        config = CareConfig(
            show="Little evening", people=(), exits=(), care_dir="", key_file="", run_dir="",
            badge_key="key", takes=place,
        )  # fmt: skip
        self.care = LiveCare(config, self.world.house, None, self.world.shelf)
        assert self.takes.allow("pianist", By.PHONE)
        word = self.takes.yes("pianist")
        assert word is not None
        assert self.takes.keep("pianist", SCORE, Kept(self.takes.wall(), take()), word.id)

    def of_takes(self) -> set[str]:
        return {path.name for path in held(self.root / "apart")}


@pytest.fixture
def evening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Evening]:
    evening = Evening(tmp_path, monkeypatch)
    yield evening
    evening.world.close()


def test_whoever_is_erased_leaves_no_take_and_no_word(evening: Evening) -> None:
    assert evening.care.erase(evening.phone) == Done()
    assert evening.of_takes() == {"key"}


def test_whoever_cannot_be_erased_from_the_takes_is_not_said_to_be_erased(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ill(_: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", ill)
        assert evening.care.erase(evening.phone) == NotRecorded(done=False)


def test_nothing_of_takes_is_in_care_nor_of_care_in_takes(evening: Evening) -> None:
    on_disk = evening.world.bytes_on_disk() + evening.world.readable().encode()
    for path, content in held(evening.root / "apart").items():
        assert content not in on_disk
        assert path.parent.name.encode() not in on_disk


@pytest.mark.parametrize(("last_day", "left"), [("2001-01-01", {"key"}), ("2999-01-01", None)])
def test_a_week_after_their_last_day_the_tidying_takes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last_day: str, left: set[str] | None
) -> None:
    evening = Evening(tmp_path, monkeypatch, last_day)
    before = evening.of_takes()
    evening.care.purge()
    assert evening.of_takes() == (before if left is None else left)
    evening.world.close()
