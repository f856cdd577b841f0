"""One show's takes on the disk: who may be remembered, and what is kept of them.

Any process of this user may open it. The phone's page and the keyboard write words, the follower
writes takes and reads them, and nobody else asks.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from collavoce.following.takes import Take
from collavoce.ledger.disk import private_folder
from collavoce.ledger.seal import derived, named, new_key
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.takes import files
from collavoce.runtime.takes.errors import TakesDiskError, TakesFileError
from collavoce.runtime.takes.place import TakesPlace
from collavoce.runtime.takes.word import By, Word

TAKES_MAX = 8
"""Of one person and score; the oldest makes room. More of them sharpen next to nothing."""

SCORES_MAX = 64
"""Of one person; another one is not remembered before something is forgotten."""

WORD = "word"
BOOK = ".takes"


class Kept(msgspec.Struct, frozen=True):
    """A take. at : when its number began, UTC, s."""

    at: float
    take: Take


class Book(msgspec.Struct, frozen=True):
    """The takes of one person and score, the oldest first."""

    takes: tuple[Kept, ...]


Record = TypeVar("Record", Word, Book)


class Shelf:
    """The takes of the show at `place`. wall : UTC in seconds."""

    def __init__(self, place: TakesPlace, wall: Callable[[], float]) -> None:
        self.place = place
        self.wall = wall

    def said(self, person: str) -> Word | None:
        """The word of `person`, however old; None if there is none. Raises TakesFileError."""
        key, folder = self.key(), self.folder(person)
        if key is None or folder is None:
            return None
        return _read(folder / WORD, derived(key, b"takes word"), Word)

    def yes(self, person: str) -> Word | None:
        """The yes of `person` if it stands; raises TakesFileError."""
        word = self.said(person)
        return word if word is not None and word.yes and word.stands(self.wall()) else None

    def trace(self, person: str) -> tuple[int, int]:
        """Something that changes whenever the word of `person` does; cheap to ask for."""
        try:
            folder = self.folder(person)
            stat = None if folder is None else (folder / WORD).stat()
        except (OSError, TakesFileError):
            stat = None
        return (0, 0) if stat is None else (stat.st_ino, stat.st_mtime_ns)

    def allow(self, person: str, by: By) -> bool:
        """Keep a yes. False: whoever once said it on their own phone says it there alone.

        Raises TakesError.
        """
        word = self.said(person)
        if word is not None and word.stands(self.wall()):
            if word.yes:
                return True
            if by is By.KEYBOARD:
                return False
        self.erase(person)
        self._say(person, yes=True, by=by)
        return True

    def withdraw(self, person: str, by: By) -> None:
        """Take a yes back, and all that was kept by it; raises TakesError."""
        word = self._said_if_readable(person)
        self.erase(person)
        if by is By.PHONE or (word is not None and word.by is By.PHONE):
            self._say(person, yes=False, by=By.PHONE)

    def forget(self, person: str) -> None:
        """Erase what was kept; a yes stays one, with another id. Raises TakesError."""
        word = self._said_if_readable(person)
        self.erase(person)
        if word is not None:
            self._say(person, yes=word.yes, by=word.by)

    def erase(self, person: str) -> None:
        """Leave nothing of `person`, not even a word; raises TakesError."""
        folder = self.folder(person)
        if folder is not None:
            erase_folder(folder)

    def takes(self, person: str, score: str) -> tuple[Kept, ...]:
        """What is kept of `person` with the score of this identity; raises TakesFileError."""
        word, folder = self.yes(person), self.folder(person)
        if word is None or folder is None:
            return ()
        return _takes_in(self._book(folder, score), word)

    def keep(self, person: str, score: str, take: Kept, word_id: str) -> bool:
        """Keep `take` if the yes of that id still stands; whether it is kept.

        A take that began at the same moment is replaced: it was not over. Raises TakesError.
        """
        word, folder = self.yes(person), self.folder(person)
        if word is None or folder is None or word.id != word_id:
            return False
        path = self._book(folder, score)
        others = books(folder)
        if path not in others and len(others) >= SCORES_MAX:
            return False
        before = [kept for kept in _takes_in(path, word) if kept.at != take.at]
        book = Book((*before, take)[-TAKES_MAX:])
        try:
            files.write(path, word.key, msgspec.msgpack.encode(book))
            if self._still(person, word_id):
                return True
            files.erase_file(path)
        except FileNotFoundError:
            pass  # taken back meanwhile, with the folder
        except OSError as error:
            raise TakesDiskError(error, path) from error
        return False

    def of(self, person: str) -> Iterator[Kept]:
        """Every take of `person`, whatever the score; raises TakesFileError."""
        word, folder = self.yes(person), self.folder(person)
        if word is not None and folder is not None:
            for path in books(folder):
                yield from _takes_in(path, word)

    def key(self) -> bytes | None:
        """The house's own key, None before the first yes. Raises TakesFileError if it is lost."""
        key_file = Path(self.place.key_file)
        if not self.place.root:
            return None
        try:
            return key_file.read_bytes()
        except OSError as error:
            if not Path(self.place.root).exists():
                return None
            raise TakesFileError(key_file, "no_key", self.place.root) from error

    def folder(self, person: str) -> Path | None:
        """Where the takes of `person` are, or would be; None before the first yes."""
        key = self.key()
        return None if key is None else self.place.of(key, person)

    def _book(self, folder: Path, score: str) -> Path:
        key = self.key()
        assert key is not None
        return folder / f"{named(key, f'score {folder.name} {score}')}{BOOK}"

    def _still(self, person: str, word_id: str) -> bool:
        word = self._said_if_readable(person)
        return word is not None and word.yes and word.id == word_id

    def _said_if_readable(self, person: str) -> Word | None:
        """What cannot be read is no word, and no reason not to erase."""
        try:
            return self.said(person)
        except TakesFileError:
            return None

    def _say(self, person: str, *, yes: bool, by: By) -> None:
        word = Word(fresh_id(), yes, by, self.wall(), new_key() if yes else b"")
        key_file = Path(self.place.key_file)
        try:
            key = self.key() or files.make_key(key_file, new_key())
            folder = self.place.of(key, person)
            for made in (Path(self.place.root), folder.parent, folder):
                private_folder(made)
            body = msgspec.msgpack.encode(word)
            files.write(folder / WORD, derived(key, b"takes word"), body)
        except OSError as error:
            raise TakesDiskError(error, key_file.parent) from error


def books(folder: Path) -> list[Path]:
    """The files of takes in a person's folder."""
    return sorted(folder.glob(f"*{BOOK}"))


def erase_folder(folder: Path) -> None:
    """Leave nothing of a person's `folder`, the key first; raises TakesDiskError."""
    try:
        files.erase_folder(folder, WORD)
    except OSError as error:
        raise TakesDiskError(error, folder) from error


def _takes_in(path: Path, word: Word) -> tuple[Kept, ...]:
    book = _read(path, word.key, Book)
    return () if book is None else book.takes


def _read(path: Path, key: bytes, kind: type[Record]) -> Record | None:
    body = files.read(path, key)
    if body is None:
        return None
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise TakesFileError(path, "broken") from error
