"""A phone's page in plain text, with the fingers at its keyboard counted."""

import io

from collavoce.cli.stories.account import StoryError
from collavoce.cli.stories.page import PATIENCE_S, PhonePage
from collavoce.cli.text.asking import Asking, AskingError
from collavoce.cli.text.phone import PhoneText
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.words import say

LOOK_S = 0.02


class Terminal:
    """What `phone` hears and types. keys: by what was typed, how many presses it took.

    sentences : how many sentences of one's own were written; what stands in them has no limit.
    """

    def __init__(self, phone: PhonePage) -> None:
        self._said = io.StringIO()
        self._text = PhoneText(phone.door, Teller(self._said))
        self._text.listen()
        self.keys: dict[str, int] = {}
        self.dead_ends: list[str] = []
        self.sentences = 0

    def types(self, word: str, rest: str = "", times: int = 1) -> str:
        """Type the command `word`, cut as short as it may be; what is answered.

        times : said so often, where once is not enough; said again it is one letter. Raises
        AskingError for a dead end.
        """
        line = f"{shortest(self._text.asking, word)} {rest}".strip()
        lines = [line, *[word[0]] * (times - 1)]
        self.keys[word] = max(self.keys.get(word, 0), len("\n".join([*lines, ""])))
        return [self._ask(word, line) for line in lines][-1]

    def writes(self, word: str, sentence: str) -> str:
        """Type the command `word` and a sentence of one's own; what is answered.

        Raises AskingError for a dead end.
        """
        self.sentences += 1
        return self._ask(word, f"{word} {sentence}")

    def _ask(self, word: str, line: str) -> str:
        try:
            return self._text.asking.ask(line)
        except AskingError:
            self.dead_ends.append(word)
            raise

    def hears(self, words: str, since: int = 0, within_s: float = PATIENCE_S) -> float:
        """How many ms until `words` were said behind letter `since`; raises StoryError."""
        began = monotonic_ns()
        while words not in self._said.getvalue()[since:]:
            if (monotonic_ns() - began) * 1e-9 > within_s:
                raise StoryError(say("story.never_said", words=words))
            sleep(LOOK_S)
        return (monotonic_ns() - began) * 1e-6

    def heard(self) -> int:
        """How many letters were said so far."""
        return len(self._said.getvalue())

    def has_heard(self, words: str, since: int = 0) -> bool:
        """Whether `words` were said behind letter `since`."""
        return words in self._said.getvalue()[since:]


def shortest(asking: Asking, word: str) -> str:
    """The fewest letters that mean `word` alone."""
    for length in range(1, len(word)):
        begun = [name for name in asking.commands if name.startswith(word[:length])]
        if begun == [word]:
            return word[:length]
    return word
