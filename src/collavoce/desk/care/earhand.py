"""What the phone pages ask about a person's own lines; each asks for their own alone."""

from typing import Protocol

from collavoce.care.outcome import Outcome
from collavoce.runtime.care.kept.ear import HowItPlays, Line


class EarHand(Protocol):
    """A person's lines for their ear; the token of their phone opens them."""

    def how(self, token: str) -> HowItPlays:
        """How their lines play."""
        ...

    def lines(self, token: str) -> tuple[Line, ...]:
        """Their lines, the oldest first; () for nobody."""
        ...

    def given(self, token: str) -> tuple[Line, ...]:
        """What others gave them and waits for their word; () for nobody."""
        ...

    def settle(self, token: str, how: HowItPlays) -> Outcome:
        """Let their lines play so from now on."""
        ...

    def keep_line(self, token: str, cue: str, words: str, sound: bytes) -> Outcome:
        """Keep a line for `cue`, "" for every entrance. words or sound (WAV), one of them."""
        ...

    def drop_line(self, token: str, line: str) -> Outcome:
        """Erase one of their lines."""
        ...

    def give(self, token: str, to: str, words: str, sound: bytes) -> Outcome:
        """Give `to` a line; Kept says that it was given and nothing more."""
        ...

    def take(self, token: str, line: str, cue: str) -> Outcome:
        """Keep what was given, for `cue`."""
        ...

    def leave(self, token: str, line: str) -> Outcome:
        """Do not take it; nobody is told."""
        ...
