"""What is kept no longer, and what no word covers."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from collavoce.company.people import Person
from collavoce.runtime.takes.errors import TakesDiskError, TakesFileError
from collavoce.runtime.takes.shelf import Shelf, books, erase_folder
from collavoce.runtime.takes.word import may_be_remembered


def sweep(shelf: Shelf, people: Mapping[str, Person]) -> None:
    """Erase what may be kept no more (see `word.py`); raises TakesError."""
    for person in people.values():
        if not may_be_remembered(person, shelf.wall()) or _lapsed(shelf, person.id):
            shelf.erase(person.id)


def strays(shelf: Shelf, people: Iterable[str]) -> tuple[Path, ...]:
    """Folders of takes that no yes of `people` covers: copied here, or of somebody who left.

    Raises TakesError.
    """
    covered = {shelf.folder(person) for person in people if _covers(shelf, person)}
    return tuple(folder for folder in folders(shelf) if folder not in covered and books(folder))


def erase_all(shelf: Shelf) -> None:
    """Leave nothing of this show, not even a word; raises TakesError."""
    for folder in folders(shelf):
        erase_folder(folder)


def folders(shelf: Shelf) -> list[Path]:
    """A folder for each person of whom something lies here; raises TakesError."""
    key = shelf.key()
    if key is None:
        return []
    show = shelf.place.of_show(key)
    try:
        return sorted(show.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise TakesDiskError(error, show) from error


def _covers(shelf: Shelf, person: str) -> bool:
    try:
        return shelf.yes(person) is not None
    except TakesFileError:
        return False


def _lapsed(shelf: Shelf, person: str) -> bool:
    try:
        word = shelf.said(person)
    except TakesFileError:
        return False  # nobody reads by it; `check` tells of it
    return word is not None and not word.stands(shelf.wall())
