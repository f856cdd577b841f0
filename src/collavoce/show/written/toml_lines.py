"""On which line of a TOML file a table or key stands; `tomllib` does not say.

Text that `tomllib` has accepted is walked once, statement by statement. Only what is needed to
know where a statement ends is looked at: strings, brackets, comments.
"""

import re
from dataclasses import dataclass, field

Where = tuple[str | int, ...]
"""The way to a value as in the parsed file: ("numbers", 0, "cues", 2, "at")."""

_KEY = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(\.?)""")
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|[\[{]|[\]}]|\n",
    re.DOTALL,
)


@dataclass(slots=True)
class Lines:
    """The line, from 1, of each table and key.

    A file that is not TOML has no lines to tell; everything in it then stands on line 0.
    """

    known: dict[Where, int] = field(default_factory=dict[Where, int])

    @classmethod
    def read(cls, text: str) -> "Lines":
        """The lines of `text`, which `tomllib` reads without complaint."""
        walk = _Walk(text.replace("\r\n", "\n"))
        walk.run()
        return cls(walk.found)

    def of(self, where: Where) -> int:
        """The line of `where`, or of the nearest table around it that has one."""
        for length in range(len(where), -1, -1):
            line = self.known.get(where[:length])
            if line is not None:
                return line
        return 1 if self.known else 0


@dataclass(slots=True)
class _Walk:
    text: str
    at: int = 0
    line: int = 1
    table: Where = ()
    found: dict[Where, int] = field(default_factory=dict[Where, int])
    counts: dict[Where, int] = field(default_factory=dict[Where, int])

    def run(self) -> None:
        while self.at < len(self.text):
            head = self.text[self.at]
            if head == "\n":
                self.line += 1
                self.at += 1
            elif head in " \t":
                self.at += 1
            elif head == "#":
                self._skip_statement()
            elif head == "[":
                self._header()
            else:
                self._note((*self.table, *self._dotted()))
                self._skip_statement()

    def _header(self) -> None:
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        names = self._dotted()
        where: Where = ()
        for name in names[:-1]:
            where = self._last((*where, name))
        where = (*where, names[-1])
        if array:
            index = self.counts.get(where, 0)
            self.counts[where] = index + 1
            self._note(where)
            where = (*where, index)
        self.table = where
        self._note(where)
        self._skip_statement(closing=2 if array else 1)

    def _last(self, where: Where) -> Where:
        """Inside an array of tables a name means its last element so far."""
        count = self.counts.get(where, 0)
        return (*where, count - 1) if count else where

    def _note(self, where: Where) -> None:
        self.found.setdefault(where, self.line)

    def _dotted(self) -> tuple[str, ...]:
        names: list[str] = []
        while (key := _KEY.match(self.text, self.at)) is not None:
            names.append(next(name for name in key.groups()[:3] if name is not None))
            self.at = key.end()
            if not key.group(4):
                break
        return tuple(names) or ("",)

    def _skip_statement(self, closing: int = 0) -> None:
        """Move behind the line break that ends the statement, counting those inside it."""
        depth = closing
        for token in _TOKEN.finditer(self.text, self.at):
            words = token.group()
            self.line += words.count("\n")
            self.at = token.end()
            depth += (words in "[{") - (words in "]}")
            if words == "\n" and depth <= 0:
                return
        self.at = len(self.text)
