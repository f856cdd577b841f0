"""The one catalogue of every word the interface says.

In: a key ("desk.go") and values. Out: a sentence. Never: a sentence written anywhere else.

`en/*.toml` hold the English; a file's name is the first part of the key, its tables and keys the
rest. Placeholders are `{name}`.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, cast

LANGUAGE = "en"


class UnknownWordsError(KeyError):
    """A key that the catalogue does not hold: a mistake of the program, not of its user."""


def _flatten(prefix: str, table: dict[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict):
            flat |= _flatten(name, cast("dict[str, Any]", value))
        else:
            flat[name] = str(value)
    return flat


@cache
def catalogue(language: str = LANGUAGE) -> dict[str, str]:
    """Every key of `language` with its words."""
    words: dict[str, str] = {}
    folder = resources.files(__name__) / language
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            words |= _flatten(file.name.removesuffix(".toml"), table)
    return words


def say(key: str, /, **values: object) -> str:
    """The words for `key` with `values` put in; raises UnknownWordsError."""
    try:
        words = catalogue()[key]
    except KeyError:
        raise UnknownWordsError(key) from None
    return words.format(**values) if values else words
