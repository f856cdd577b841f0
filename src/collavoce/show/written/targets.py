"""Cues by what a person calls them: their number, or their name where only one has it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table

AMBIGUOUS_LISTED = 4


@dataclass(slots=True)
class Targets:
    """The cues that may be spoken of somewhere.

    numbers : in the order of the file. names : name -> the numbers of the cues that have it.
    number : they are those of one number, not of the show.
    """

    number: bool = False
    numbers: dict[str, None] = field(default_factory=dict[str, None])
    names: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def add(self, number: str, name: str) -> None:
        """Let the cue `number` be spoken of."""
        if number and number not in self.numbers:
            self.numbers[number] = None
            self.names.setdefault(name, []).append(number)

    def find(self, words: str) -> str | None:
        """The number of the one cue that `words` call; None for none, and for several."""
        if words in self.numbers:
            return words
        named = self.names.get(words, [])
        return named[0] if len(named) == 1 else None

    def one(self, table: Table, key: str, words: str) -> str | None:
        """The number of the cue that `words` call; None, with a finding at `key`."""
        found = self.find(words)
        if found is not None:
            return found
        several = self.names.get(words, [])
        if several:
            listed = ", ".join(several[:AMBIGUOUS_LISTED])
            table.error(key, "ambiguous_cue", name=words, cues=listed, first=several[0])
        else:
            # Whoever writes a number means one; a list of every name would help nobody.
            known = self.numbers if words[:1].isdigit() else {**self.numbers, **self.names}
            kind = "unknown_here" if self.number else "unknown_cue"
            table.error(key, kind, cue=words, instead=Instead(words, known))
        return None

    def named(self, table: Table, key: str, *, one: bool = False) -> tuple[str, ...]:
        """The numbers of the cues that stand under `key`, in order. one: a single one is due.

        Empty where there is none, where one is not known, and where one stands there twice.
        """
        called: Iterable[str] = [table.text(key, required=True)] if one else table.words(key)
        found = [self.one(table, key, words) for words in called if words]
        numbers = tuple(number for number in found if number is not None)
        for number in dict.fromkeys(n for n in numbers if numbers.count(n) > 1):
            table.error(key, "cue_named_twice", cue=number)
        return tuple(dict.fromkeys(numbers))
