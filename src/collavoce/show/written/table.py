"""A table of the show file, read key by key; whatever is not as it should be becomes a finding."""

import math
import re
from collections.abc import Collection, Mapping
from typing import Any, TypeGuard, cast

from collavoce.show.written.finding import Findings, Instead
from collavoce.show.written.toml_lines import Where
from collavoce.words import say

TEXT_LIMIT = 200
"""Characters of a name or title: what fits a line of the cue list, several times over."""

ID_LIMIT = 40
"""Characters of an id, a cue number, a channel: spoken, and written on tape."""

ITEMS_LIMIT = 2000
"""Tables in one list. The largest musicals have about a thousand cues."""

_ID = re.compile(rf"[\w.+#-]{{1,{ID_LIMIT}}}")

CARE_WORDS = frozenset(
    {"card", "cards", "care", "check-in", "check-ins", "check_in", "checkin", "circle", "circles"}
    | {"duress", "keepsake", "keepsakes", "ladder", "letter", "letters", "trusted", "trusts"}
    | {"watch", "wish", "wishes"}
)
"""What belongs to one person and the few they chose never stands in a file that is shared."""


class Table:
    """One table. where: its place in the file; known: the keys that mean something in it."""

    __slots__ = ("_data", "_found", "where")

    def __init__(
        self, found: Findings, where: Where, data: Mapping[str, Any], known: Collection[str]
    ) -> None:
        self._found = found
        self._data = data
        self.where = where
        for key in data:
            if key in known:
                continue
            if key.casefold() in CARE_WORDS:
                self.error(key, "care", key=key)
            else:
                self.error(key, "unknown_key", key=key, instead=Instead(key, known))

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def names(self) -> tuple[str, ...]:
        """The keys that are there, as written."""
        return tuple(self._data)

    def raw(self, key: str) -> object:
        """Whatever stands under `key`; None when nothing does."""
        return self._data.get(key)

    def error(self, key: str, kind: str, /, *, blocking: bool = True, **values: object) -> None:
        """Add an error about the value of `key`."""
        self._found.error((*self.where, key), kind, blocking=blocking, **values)

    def item_error(self, key: str, index: int, kind: str, /, **values: object) -> None:
        """Add an error about one item of the list under `key`."""
        self._found.error((*self.where, key, index), kind, blocking=True, **values)

    def warning(self, key: str, kind: str, /, **values: object) -> None:
        """Add a warning about the value of `key`."""
        self._found.warning((*self.where, key), kind, **values)

    def note(self, key: str, kind: str, /, **values: object) -> None:
        """Add a note about the value of `key`."""
        self._found.note((*self.where, key), kind, **values)

    def sentence(self, key: str, sentence: str, remedy: str) -> None:
        """Add an error about the value of `key` that another room has put into words."""
        self._found.sentence((*self.where, key), sentence, remedy)

    def text(self, key: str, *, required: bool = False) -> str:
        """One line of words; "" when there is none."""
        value = self._data.get(key)
        if value is None:
            if required:
                self.error(key, "missing", key=key)
            return ""
        if not isinstance(value, str):
            self._wrong(key, "words", value)
            return ""
        words = value.strip()
        if len(words) > TEXT_LIMIT:
            self.error(key, "too_long", key=key, limit=TEXT_LIMIT)
        elif not all(letter.isprintable() for letter in words):
            self.error(key, "unprintable", key=key)
        elif not words and required:
            self.error(key, "empty", key=key)
        else:
            return words
        return ""

    def id(self, key: str) -> str:
        """A short name without spaces, required; "" when there is none."""
        words = self.text(key, required=True)
        if words and not _ID.fullmatch(words):
            self.error(key, "bad_id", key=key, id=words, limit=ID_LIMIT)
        return words

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A number from `low` to `high`; `default` when there is none."""
        value = self._data.get(key, default)
        if not is_number(value):
            self._wrong(key, "number", value)
        elif not low <= value <= high:
            self.error(key, "range", key=key, value=f"{value:g}", low=f"{low:g}", high=f"{high:g}")
        else:
            return value
        return default

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`; `default` when there is none."""
        value = self.number(key, default, low, high)
        if value != int(value):
            self.error(key, "whole", key=key, value=f"{value:g}")
            return default
        return int(value)

    def yes(self, key: str) -> bool:
        """True or false; false when there is nothing."""
        value = self._data.get(key, False)
        if not isinstance(value, bool):
            self._wrong(key, "yes_no", value)
            return False
        return value

    def choice(self, key: str, known: Collection[str], default: str = "") -> str:
        """One of the `known` words; required unless there is a default."""
        words = self.text(key, required=not default) or default
        if words and words not in known:
            self.error(key, "unknown_word", key=key, word=words, instead=Instead(words, known))
            return default
        return words

    def table(self, key: str, known: Collection[str]) -> "Table":
        """The table under `key`; an empty one when there is none."""
        return Table(self._found, (*self.where, key), self._mapping(key), known)

    def free(self, key: str) -> "Table":
        """The table under `key`, in which any key may stand; an empty one when there is none."""
        written = self._mapping(key)
        return Table(self._found, (*self.where, key), written, written)

    def tables(self, key: str, known: Collection[str], *, alone: bool = False) -> "list[Table]":
        """The tables of the list under `key`. alone: a single table does for a list of one."""
        if alone and isinstance(self._data.get(key), dict):
            return [self.table(key, known)]
        return [
            Table(self._found, (*self.where, key, index), cast("dict[str, Any]", item), known)
            for index, item in enumerate(self.items(key))
            if self._is(item, dict, key, index, "table")
        ]

    def texts(self, key: str) -> list[str]:
        """The words of the list under `key`."""
        return [
            cast("str", item)
            for index, item in enumerate(self.items(key))
            if self._is(item, str, key, index, "words")
        ]

    def words(self, key: str) -> list[str]:
        """The words of the list under `key`; a single word does for a list of one."""
        value = self._data.get(key)
        if isinstance(value, str):
            return [words] if (words := self.text(key, required=True)) else []
        return self.texts(key)

    def table_or(self, key: str, alone: str, known: Collection[str]) -> "Table":
        """The table under `key`; a value that is none does for one with `alone` in it."""
        value = self._data.get(key)
        if isinstance(value, str | list):
            return Table(self._found, (*self.where, key), {alone: value}, known)
        return self.table(key, known)

    def tables_or(self, key: str, alone: str, known: Collection[str]) -> "list[Table]":
        """The tables of the list under `key`, each perhaps a word that does for one."""
        value = self._data.get(key)
        if not isinstance(value, list):
            return [self.table_or(key, alone, known)]
        tables: list[Table] = []
        for index, item in enumerate(self.items(key)):
            if isinstance(item, str):
                item = {alone: item}  # noqa: PLW2901  the short form of the same
            if self._is(item, dict, key, index, "table"):
                data = cast("dict[str, Any]", item)
                tables.append(Table(self._found, (*self.where, key, index), data, known))
        return tables

    def items(self, key: str) -> list[object]:
        """The list under `key`, whatever is in it; empty when there is none."""
        value = self._data.get(key, [])
        if not isinstance(value, list):
            self._wrong(key, "list", value)
            return []
        items = cast("list[object]", value)
        if len(items) > ITEMS_LIMIT:
            self.error(key, "too_many", key=key, limit=ITEMS_LIMIT)
        return items[:ITEMS_LIMIT]

    def _mapping(self, key: str) -> dict[str, Any]:
        value = self._data.get(key, {})
        if isinstance(value, dict):
            return cast("dict[str, Any]", value)
        self._wrong(key, "table", value)
        return {}

    def _is(self, item: object, kind: type, key: str, index: int, expected: str) -> bool:
        if not isinstance(item, kind):
            self.item_error(key, index, "wrong_type", key=key, **_types(expected, item))
            return False
        return True

    def _wrong(self, key: str, expected: str, value: object) -> None:
        types = _types(expected, value)
        self.error(key, "wrong_type", blocking=True, key=key, **types)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether `value` is a finite number; True and False are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) if isinstance(value, float) else abs(value) < 2**63


def _types(expected: str, value: object) -> dict[str, str]:
    return {
        "expected": say(f"show.type.{expected}"),
        "got": say(f"show.type.{_kind(value)}"),
        "example": say(f"show.type_example.{expected}"),
    }


def _kind(value: object) -> str:
    match value:
        case bool():
            return "yes_no"
        case str():
            return "words"
        case int() | float():
            return "number" if is_number(value) else "endless"
        case dict():
            return "table"
        case list():
            return "list"
        case _:
            return "date"
