"""Takes are kept by a word, for its person, sealed; and gone with it."""

import contextlib
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.takes.memories import NOON, PEOPLE, SCORE, Drawer, held, take

from collavoce.company.engagement import DAY
from collavoce.company.people import Person
from collavoce.runtime.takes import files
from collavoce.runtime.takes.errors import TakesDiskError, TakesError, TakesFileError
from collavoce.runtime.takes.shelf import SCORES_MAX, TAKES_MAX, WORD, Kept, Shelf, books
from collavoce.runtime.takes.tidying import erase_all, strays, sweep
from collavoce.runtime.takes.word import WORD_KEPT, By


@pytest.fixture
def drawer(tmp_path: Path) -> Drawer:
    return Drawer(tmp_path)


def folder_of(drawer: Drawer, person: str = "pianist") -> Path:
    folder = drawer.shelf.folder(person)
    assert folder is not None
    return folder


def test_without_a_word_nothing_is_written_not_even_a_folder(drawer: Drawer) -> None:
    assert not drawer.kept()
    assert drawer.shelf.takes("pianist", SCORE) == ()
    drawer.shelf.erase("pianist")
    drawer.shelf.forget("pianist")
    sweep(drawer.shelf, PEOPLE)
    assert strays(drawer.shelf, PEOPLE) == ()
    assert list(drawer.root.iterdir()) == [drawer.root / "show"]


def test_with_a_yes_a_take_is_there_next_time_and_for_nobody_else(drawer: Drawer) -> None:
    assert drawer.shelf.allow("pianist", By.PHONE)
    assert drawer.kept(first=0.625)
    again = Drawer(drawer.root, drawer.wall).shelf
    assert [kept.take for kept in again.takes("pianist", SCORE)] == [take(0.625)]
    assert again.takes("second", SCORE) == ()
    assert again.takes("pianist", "f" * 64) == ()


def test_a_take_of_another_show_is_not_seen_here(drawer: Drawer, tmp_path: Path) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    (tmp_path / "other").mkdir()
    place = drawer.place
    other = type(place)(place.root, place.key_file, str(tmp_path / "other"))
    assert Shelf(other, lambda: NOON).yes("pianist") is None


def test_only_the_latest_takes_stay(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    for n in range(TAKES_MAX + 3):
        assert drawer.kept(first=0.1 + n / 100)
    left = [kept.take for kept in drawer.shelf.takes("pianist", SCORE)]
    assert left == [take(0.1 + n / 100) for n in range(3, TAKES_MAX + 3)]


def test_a_take_that_went_on_replaces_what_was_kept_of_it(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    word = drawer.shelf.yes("pianist")
    assert word is not None
    for first in (0.5, 0.75):
        assert drawer.shelf.keep("pianist", SCORE, Kept(NOON, take(first)), word.id)
    assert [kept.take for kept in drawer.shelf.takes("pianist", SCORE)] == [take(0.75)]


def test_no_more_scores_of_one_person_than_the_limit(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    for n in range(SCORES_MAX):
        assert drawer.kept(score=f"{n:064x}")
    assert not drawer.kept(score="f" * 64)
    assert drawer.kept(score=f"{0:064x}")


def test_what_lies_on_the_disk_names_nobody_and_shows_no_timing(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.KEYBOARD)
    drawer.kept()
    small = {len(content) for path, content in drawer.files().items() if path.name != "key"}
    assert len(small) == 1, "a word and a take are of one size"
    for path, content in drawer.files().items():
        for canary in (b"pianist", b"Yuna", SCORE.encode(), str(drawer.root / "show").encode()):
            assert canary not in content
            assert canary.decode() not in str(path.relative_to(drawer.root))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key_folder = Path(drawer.place.key_file).parent
    for folder in (key_folder, Path(drawer.place.root), *Path(drawer.place.root).rglob("*")):
        if folder.is_dir():
            assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_nothing_is_in_the_show_folder(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    assert held(drawer.root / "show") == {}


def test_without_the_key_a_copy_is_read_by_nobody_and_says_what_is_missing(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    Path(drawer.place.key_file).unlink()
    with pytest.raises(TakesFileError, match="put it back"):
        drawer.shelf.takes("pianist", SCORE)
    Path(drawer.place.key_file).write_bytes(bytes(32))
    assert drawer.shelf.takes("pianist", SCORE) == ()


def test_forgetting_leaves_no_byte_and_keeps_the_yes(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    before = drawer.files()
    drawer.shelf.forget("pianist")
    after = drawer.files()
    assert {path.name for path in after} == {"key", WORD}
    for path, content in before.items():
        if path.name != "key":
            sealed = content[len(files.HEADER) :]
            assert all(sealed not in left for left in after.values())
    assert drawer.shelf.takes("pianist", SCORE) == ()
    assert drawer.kept(), "a yes stays a yes"


def test_a_take_under_way_is_not_written_once_it_was_forgotten(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    word = drawer.shelf.yes("pianist")
    assert word is not None
    drawer.shelf.forget("pianist")
    monkeypatch.delattr(files, "write")
    assert not drawer.shelf.keep("pianist", SCORE, Kept(NOON, take()), word.id)
    assert drawer.shelf.takes("pianist", SCORE) == ()


def test_taking_the_word_back_erases_at_once(drawer: Drawer) -> None:
    for by in By:
        drawer.shelf.allow("pianist", By.PHONE)
        drawer.kept()
        drawer.shelf.withdraw("pianist", by)
        assert drawer.shelf.yes("pianist") is None
        assert books(folder_of(drawer)) == []
        assert not drawer.kept()
        drawer.shelf.erase("pianist")


def test_the_bytes_of_an_erased_file_are_overwritten_where_they_lay(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    lay = [path.open("rb") for path in folder_of(drawer).iterdir()]
    drawer.shelf.erase("pianist")
    assert len(lay) == 2
    for file in lay:
        with file:
            assert set(file.read()) == {0}


def test_what_is_written_while_it_is_erased_is_gone_too(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    write = files.write

    def taken_back_first(path: Path, key: bytes, body: bytes) -> None:
        patched.undo()
        drawer.shelf.forget("pianist")
        write(path, key, body)

    word = drawer.shelf.yes("pianist")
    assert word is not None
    with monkeypatch.context() as patched:
        patched.setattr(files, "write", taken_back_first)
        assert not drawer.shelf.keep("pianist", SCORE, Kept(NOON, take()), word.id)
    assert books(folder_of(drawer)) == []


def test_a_yes_said_on_a_phone_is_said_again_on_a_phone_alone(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.shelf.withdraw("pianist", By.KEYBOARD)
    assert not drawer.shelf.allow("pianist", By.KEYBOARD)
    assert drawer.shelf.yes("pianist") is None
    assert drawer.shelf.allow("pianist", By.PHONE)


def test_a_no_on_a_phone_binds_the_keyboard_and_is_as_long_as_a_yes(drawer: Drawer) -> None:
    drawer.shelf.withdraw("pianist", By.PHONE)
    assert not drawer.shelf.allow("pianist", By.KEYBOARD)
    drawer.shelf.allow("second", By.PHONE)
    sizes = {len(content) for path, content in drawer.files().items() if path.name == WORD}
    assert len(sizes) == 1


def test_what_the_keyboard_takes_back_the_keyboard_may_allow(drawer: Drawer) -> None:
    assert drawer.shelf.allow("pianist", By.KEYBOARD)
    drawer.kept()
    drawer.shelf.withdraw("pianist", By.KEYBOARD)
    assert {path.name for path in drawer.files()} == {"key"}
    assert drawer.shelf.allow("pianist", By.KEYBOARD)


def test_the_trace_of_a_word_changes_with_every_word(drawer: Drawer) -> None:
    seen = [drawer.shelf.trace("pianist")]
    for act in (
        lambda: drawer.shelf.allow("pianist", By.PHONE),
        lambda: drawer.shelf.forget("pianist"),
        lambda: drawer.shelf.withdraw("pianist", By.PHONE),
        lambda: drawer.shelf.allow("pianist", By.PHONE),
    ):
        act()
        seen.append(drawer.shelf.trace("pianist"))
        assert seen[-1] != seen[-2]
    drawer.kept()
    assert drawer.shelf.trace("pianist") == seen[-1]


def test_a_word_lapses_after_a_year_with_all_that_was_kept(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    drawer.wall = NOON + WORD_KEPT
    sweep(drawer.shelf, PEOPLE)
    assert drawer.shelf.takes("pianist", SCORE)
    drawer.wall += 1
    assert drawer.shelf.takes("pianist", SCORE) == ()
    sweep(drawer.shelf, PEOPLE)
    assert {path.name for path in drawer.files()} == {"key"}


def test_a_week_after_the_last_day_nothing_is_kept(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    last = Person("pianist", "Yuna Park", ("performer",), engagement_end="2026-09-21")
    for wall, left in ((NOON, 1), (NOON + 10 * DAY, 0)):
        drawer.wall = wall
        sweep(drawer.shelf, {"pianist": last})
        assert len(drawer.shelf.takes("pianist", SCORE)) == left


def test_of_somebody_under_18_nothing_is_kept(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    sweep(drawer.shelf, {"pianist": Person("pianist", "Yuna", ("performer",), under_18=True)})
    assert {path.name for path in drawer.files()} == {"key"}


def test_takes_that_no_word_covers_are_strays_until_they_are_erased(drawer: Drawer) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    drawer.shelf.allow("second", By.PHONE)
    drawer.kept("second")
    assert strays(drawer.shelf, PEOPLE) == ()
    (folder_of(drawer) / WORD).unlink()
    assert strays(drawer.shelf, PEOPLE) == (folder_of(drawer),)
    assert strays(drawer.shelf, ["pianist"]) == tuple(
        sorted((folder_of(drawer), folder_of(drawer, "second")))
    )
    erase_all(drawer.shelf)
    assert strays(drawer.shelf, []) == ()
    assert {path.name for path in drawer.files()} == {"key"}


@pytest.mark.parametrize(
    ("held_", "said"),
    [
        (b"", "not written by Collavoce"),
        (b"#!/bin/sh\n", "not written by Collavoce"),
        (b"collavoce takes 2\nwhatever", "newer release"),
        (files.HEADER + b"\x01" + bytes(60), "not whole"),
        (files.HEADER, "not whole"),
    ],
)
def test_a_file_that_is_not_ours_names_itself_and_the_remedy_and_is_left_alone(
    drawer: Drawer, held_: bytes, said: str
) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    (book,) = books(folder_of(drawer))
    book.write_bytes(held_)
    for asked in (lambda: drawer.shelf.takes("pianist", SCORE), drawer.kept):
        with pytest.raises(TakesFileError, match=said) as found:
            asked()
        assert str(book) in str(found.value)
        assert "pianist" not in str(found.value)
    assert book.read_bytes() == held_
    drawer.shelf.forget("pianist")
    assert drawer.kept(), "forgetting helps"


def test_a_take_that_was_moved_to_another_person_does_not_open_there(drawer: Drawer) -> None:
    for person in ("pianist", "second"):
        drawer.shelf.allow(person, By.PHONE)
        drawer.kept(person)
    (mine,), (theirs,) = (books(folder_of(drawer, p)) for p in ("pianist", "second"))
    theirs.write_bytes(mine.read_bytes())
    with pytest.raises(TakesFileError):
        drawer.shelf.takes("second", SCORE)


def test_a_yes_that_was_moved_to_another_person_is_none_of_theirs(drawer: Drawer) -> None:
    for person in ("pianist", "second"):
        drawer.shelf.allow(person, By.PHONE)
    mine, theirs = (folder_of(drawer, person) / WORD for person in ("pianist", "second"))
    theirs.write_bytes(mine.read_bytes())
    with pytest.raises(TakesFileError, match="not whole"):
        drawer.shelf.yes("second")


def test_a_disk_that_refuses_says_so_and_leaves_what_was_there(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept(first=0.5)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files.os, "fsync", full)
        with pytest.raises(TakesDiskError, match="No space left"):
            drawer.kept(first=0.75)
    assert [kept.take for kept in drawer.shelf.takes("pianist", SCORE)] == [take(0.5)]
    assert not [path for path in drawer.files() if path.name.endswith(files.FRESH)]


def test_a_store_that_cannot_be_opened_is_an_error_of_takes_and_no_other(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever follows, or presses, catches TakesError; nothing else may come out of here."""
    drawer.shelf.allow("pianist", By.PHONE)
    drawer.kept()
    word = drawer.shelf.yes("pianist")
    assert word is not None

    def ill(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    asked: list[Callable[[], object]] = [
        lambda: drawer.shelf.takes("pianist", SCORE),
        lambda: drawer.shelf.keep("pianist", SCORE, Kept(NOON, take()), word.id),
        lambda: drawer.shelf.allow("pianist", By.PHONE),
        lambda: drawer.shelf.forget("pianist"),
        lambda: drawer.shelf.withdraw("pianist", By.PHONE),
        lambda: list(drawer.shelf.of("pianist")),
        lambda: erase_all(drawer.shelf),
        lambda: strays(drawer.shelf, PEOPLE),
    ]
    for name in ("open", "read_bytes", "iterdir", "unlink", "replace"):
        for ask in asked:
            with monkeypatch.context() as patched:
                patched.setattr(Path, name, ill)
                with contextlib.suppress(TakesError):
                    ask()
            drawer.shelf.erase("pianist")
            drawer.shelf.allow("pianist", By.PHONE)
            drawer.kept()
