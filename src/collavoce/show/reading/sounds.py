"""The sound files that cues play: whether they are there, and how long they are."""

from collections.abc import Callable
from dataclasses import dataclass, field

from collavoce.show.errors import ShowFileError
from collavoce.show.reading.places import is_inside
from collavoce.show.reading.sound_length import ENDINGS, Peek, sound_length
from collavoce.show.written.table import Table
from collavoce.units import Seconds

FilePeek = Callable[[str], Peek | None]
"""Both ends of a file by its path in the folder; None if it is not there; or ShowFileError."""


@dataclass(slots=True)
class SoundFiles:
    """The sounds looked at so far, each once. What is wrong with one stops no show but its cue."""

    peek: FilePeek
    known: dict[str, Seconds] = field(default_factory=dict[str, Seconds])

    def length(self, table: Table, key: str, path: str) -> Seconds:
        """How long the file is that `key` names, 0 where nobody can tell."""
        if not is_inside(path):
            table.error(key, "outside", path=path)
            return Seconds(0.0)
        if not path.casefold().endswith(ENDINGS):
            table.error(key, "not_a_sound", path=path, endings=", ".join(ENDINGS))
            return Seconds(0.0)
        if path not in self.known:
            self.known[path] = self._length(table, key, path)
        return self.known[path]

    def _length(self, table: Table, key: str, path: str) -> Seconds:
        try:
            peek = self.peek(path)
        except ShowFileError as error:
            table.error(key, "no_access", blocking=False, path=path, why=error)
            return Seconds(0.0)
        if peek is None:
            table.error(key, "no_sound_file", blocking=False, path=path)
            return Seconds(0.0)
        length = sound_length(peek)
        if length is None:
            table.error(key, "bad_sound", blocking=False, path=path)
        return length or Seconds(0.0)
