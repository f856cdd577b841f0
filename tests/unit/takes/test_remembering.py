"""A whole show at `--speed max`: what is kept of the player's timing, and what is not."""

import struct
from collections.abc import Callable, Sequence
from pathlib import Path

import mido
import pytest
from tests.unit.takes.memories import held, play

from collavoce.cli.new import write_show
from collavoce.cli.run import readable_show
from collavoce.following.follower import Follower
from collavoce.following.takes import Passage, Take
from collavoce.following.timing import Timing, learn
from collavoce.runtime.clock import wall_ns
from collavoce.runtime.live import kept_events
from collavoce.runtime.opening import Options
from collavoce.runtime.takes import remembering
from collavoce.runtime.takes.errors import TakesDiskError
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.takes.shelf import WORD, Kept, Shelf, books
from collavoce.runtime.takes.word import By
from collavoce.runtime.virtual import run_virtually
from collavoce.score.fingerprint import fingerprint
from collavoce.score.model import Score
from collavoce.show.events import AnyEvent
from collavoce.units import Instant

PLAYER = "player"


class House:
    """The show that `collavoce new` writes, somebody who plays its song, and a place for takes."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.folder = root / "show"
        write_show(self.folder)
        self.prepared, self.plan = readable_show(self.folder)
        self.score = self.prepared.scores["song"]
        self.midi = root / "song.mid"
        play(self.score, self.midi)
        self.options = Options(self.folder, performer=self.midi, care_root=root / "apart")
        self.shelf = Shelf(takes_place(self.folder, root / "apart"), lambda: wall_ns() * 1e-9)
        self.learned: list[int] = []
        self.forgot = 0

        def spied(score: Score, takes: Sequence[Take]) -> Timing | None:
            self.learned.append(len(takes))
            return learn(score, takes)

        def forget(follower: Follower) -> None:
            self.forgot += 1
            forgets(follower)

        forgets = Follower.forget
        monkeypatch.setattr(remembering, "learn", spied)
        monkeypatch.setattr(Follower, "forget", forget)

    def plays(self, progress: Callable[[Instant], None] = lambda _: None) -> list[AnyEvent]:
        """One evening; what its ledger holds."""
        epoch = run_virtually(self.options, self.prepared, self.plan, progress=progress)
        return kept_events(self.folder, epoch)[0]

    def takes(self) -> list[Take]:
        return [kept.take for kept in self.shelf.takes(PLAYER, fingerprint(self.score))]

    def of_takes(self) -> set[str]:
        return {path.name for path in held(self.root / "apart")}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return House(tmp_path, monkeypatch)


def test_without_a_word_nothing_of_a_take_is_anywhere_on_the_disk(house: House) -> None:
    house.plays()
    assert house.learned == []
    assert not (house.root / "apart").exists()
    assert not [path for path in held(house.root) if "take" in path.name]


def test_with_a_yes_one_take_is_kept_and_the_next_evening_begins_with_it(house: House) -> None:
    house.shelf.allow(PLAYER, By.KEYBOARD)
    house.plays()
    (first,) = house.takes()
    onsets = [quarter for passage in first.passages for quarter in passage.quarters]
    assert len(onsets) > 30
    house.plays()
    assert house.learned == [0, 1]
    assert len(house.takes()) == 2


def test_a_yes_changes_nothing_in_the_ledger_and_no_take_lies_in_the_show(house: House) -> None:
    without = house.plays()
    house.shelf.allow(PLAYER, By.KEYBOARD)
    assert house.plays() == without
    (book,) = [path for path in held(house.root / "apart") if path.suffix == ".takes"]
    assert not [path for path in held(house.folder) if book.parent.name in str(path)]
    for content in held(house.folder).values():
        assert book.parent.name.encode() not in content
        assert book.stem.encode() not in content
        for passage in house.takes()[0].passages:
            for second in passage.seconds[1:]:
                assert struct.pack(">d", second) not in content
                assert struct.pack("<d", second) not in content


def test_a_word_taken_back_in_mid_number_is_obeyed_there_and_then(house: House) -> None:
    house.shelf.allow(PLAYER, By.PHONE)
    house.plays()
    before = held(house.root / "apart")
    seen: list[set[str]] = []

    def take_back(now: Instant) -> None:
        if int(now) == 12:
            house.shelf.withdraw(PLAYER, By.PHONE)
        seen.append(house.of_takes())

    house.plays(take_back)
    assert house.learned == [0, 1]
    assert house.forgot == 1
    assert all(names == {"key", WORD} for names in seen[13:])
    assert house.of_takes() == {"key", WORD}, "of the no on the phone, nothing more"
    left = b"".join(held(house.root).values())
    for path, content in before.items():
        if path.name != "key":
            assert content not in left


def test_forgetting_in_mid_number_keeps_the_yes_from_the_next_number_on(house: House) -> None:
    house.shelf.allow(PLAYER, By.PHONE)
    house.plays()
    house.plays(lambda now: house.shelf.forget(PLAYER) if int(now) == 12 else None)
    assert house.forgot == 1
    assert house.takes() == []
    house.plays()
    assert len(house.takes()) == 1


def test_a_yes_in_mid_number_counts_from_the_next_number_on(house: House) -> None:
    def allow(now: Instant) -> None:
        if int(now) == 12:
            house.shelf.allow(PLAYER, By.PHONE)

    house.plays(allow)
    assert house.takes() == []
    house.plays()
    assert len(house.takes()) == 1


def test_a_rehearsal_that_was_stopped_leaves_what_was_surely_followed(house: House) -> None:
    house.shelf.allow(PLAYER, By.KEYBOARD)
    whole = mido.MidiFile(house.midi)
    (track,) = whole.tracks
    del track[len(track) // 2 :]
    whole.save(house.midi)
    house.plays()
    (take,) = house.takes()
    assert 8 <= sum(len(passage.quarters) for passage in take.passages) < 30


def test_a_file_that_cannot_be_read_is_named_once_a_number_and_the_show_runs(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    without = house.plays()
    house.shelf.allow(PLAYER, By.KEYBOARD)
    house.plays()
    folder = house.shelf.folder(PLAYER)
    assert folder is not None
    (book,) = books(folder)
    book.write_bytes(b"collavoce takes 2\nof a release to come")
    capfd.readouterr()
    assert house.plays() == without
    said = capfd.readouterr().err
    assert said.count(str(book)) == 1
    assert "newer release" in said
    assert book.read_bytes() == b"collavoce takes 2\nof a release to come"


def test_a_disk_that_takes_nothing_stops_no_show(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    without = house.plays()
    house.shelf.allow(PLAYER, By.KEYBOARD)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Shelf, "keep", _full)
        assert house.plays() == without
    assert "No space left" in capfd.readouterr().err


def _full(*_: object) -> bool:
    raise TakesDiskError(OSError(28, "No space left on device"), Path("takes"))


@pytest.mark.parametrize(
    "passages",
    [(), (Passage((), ()),), (Passage((0.0,), (0.0,)),), (Passage((0.0, 1.0), (0.0,)),)],
)
def test_a_take_from_which_nothing_is_learned_stops_no_show(
    house: House, passages: tuple[Passage, ...]
) -> None:
    house.shelf.allow(PLAYER, By.KEYBOARD)
    word = house.shelf.yes(PLAYER)
    assert word is not None
    name = fingerprint(house.score)
    assert house.shelf.keep(PLAYER, name, Kept(1.0, Take(name, passages)), word.id)
    house.plays()
    assert house.learned == [0]
