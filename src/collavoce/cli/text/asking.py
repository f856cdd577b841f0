"""What somebody types, matched to what can be done: a word, then the rest of the line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collavoce.words import say

Doing = Callable[[str], str]
"""The rest of the line -> the answer, a sentence."""


class AskingError(Exception):
    """What was typed cannot be done; in words, for whoever typed it."""


def numbered(found: Sequence[Any], which: str) -> Any:  # noqa: ANN401  plain JSON
    """The entry that `which` counts to, from 1; the first without a number. Raises AskingError."""
    index = int(which) if which.isdigit() else 1
    if not 1 <= index <= len(found):
        raise AskingError(say("text.none_such"))
    return found[index - 1]


class Twice:
    """What must be said twice, within the same breath: nothing else typed in between."""

    def __init__(self) -> None:
        self.armed = ""

    def sure(self, what: str) -> bool:
        """Whether `what` was the last thing asked for too."""
        before, self.armed = self.armed, what
        if before == what:
            self.armed = ""
            return True
        return False

    def forget(self) -> None:
        """Something else was typed."""
        self.armed = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """The commands of one page. help: key of the catalogue under which each has its line."""

    help: str
    commands: Mapping[str, Doing]
    twice: Twice = field(default_factory=Twice)

    def ask(self, line: str) -> str:
        """The answer to `line`; a word may be cut short while only one begins so.

        What waits to be said once more is meant by any beginning of it.
        """
        word, _, rest = line.strip().partition(" ")
        name = self._meant(word.casefold())
        if name != self.twice.armed:
            self.twice.forget()
        return self.commands[name](rest.strip())

    def _meant(self, word: str) -> str:
        if word in self.commands:
            return word
        if word and self.twice.armed.startswith(word):
            return self.twice.armed
        meant = [name for name in self.commands if name.startswith(word)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise AskingError(say("text.which", words=", ".join(meant)))
        raise AskingError(say("text.unknown", word=word))

    def lines(self) -> Iterable[str]:
        """Every command in words."""
        return (say(f"{self.help}.{name.replace(' ', '_')}") for name in self.commands)


def one_of(text: str, names: Mapping[str, str], what: str) -> str:
    """The id whose id or name `text` begins; raises AskingError when none or several do."""
    folded = text.casefold()
    ids = [i for i in names if i.casefold() == folded]
    exact = ids or [i for i, name in names.items() if name.casefold() == folded]
    if len(exact) == 1:
        return exact[0]
    begun = [
        i
        for i, name in names.items()
        if folded and (i.casefold().startswith(folded) or name.casefold().startswith(folded))
    ]
    if len(begun) == 1 and not exact:
        return begun[0]
    known = ", ".join(names.values())
    raise AskingError(say("text.no_such", what=what, text=text, known=known or "-"))
