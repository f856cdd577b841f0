"""What the phone pages ask about a person's music: their marks, being found, the knock.

What is sealed is asked for with the token of the phone that asks; the rest with its person.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from collavoce.care.knocks import Says
from collavoce.care.outcome import Outcome
from collavoce.care.wishes import Kind


class MusicHand(Protocol):
    """A person's music, as far as a phone of theirs may touch it."""

    def marks(self, token: str) -> Mapping[str, object]:
        """{"marks", "ticks", "few", "findable"}: all of mine, empty for nobody."""
        ...

    def given(self, token: str) -> Sequence[Mapping[str, object]]:
        """What others have let me read; each leaves a row in its author's log."""
        ...

    def write_mark(
        self, token: str, id_: str, kind: Kind, *, piece: str, title: str, words: str, to: str
    ) -> Outcome:
        """Keep a mark of mine. to : a person, `care.wishes.DIRECTOR`, "" for nobody."""
        ...

    def withdraw_mark(self, token: str, id_: str) -> Outcome:
        """Let nobody else read it from now on."""
        ...

    def drop_mark(self, token: str, id_: str) -> Outcome:
        """Erase it, and the tick it carried."""
        ...

    def be_found(self, token: str, id_: str, *, on: bool) -> Outcome:
        """Let me be found for that mark, or no more. Whether anybody is, is not looked at."""
        ...

    def untick(self, person: str, topic: str) -> Outcome:
        """Let `person` be found for this no more."""
        ...

    def agree_few(self, person: str, *, on: bool) -> Outcome:
        """`person` agrees, or no more, to being found among few."""
        ...

    def put_found_away(self, person: str, other: str, topic: str) -> Outcome:
        """It goes from the page of `person`."""
        ...

    def be_here(self, person: str, place: str) -> Outcome:
        """`person` may be knocked at in `place`; with "" no more."""
        ...

    def knock(self, person: str, id_: str, place: str, *, named: bool) -> Outcome:
        """`person` knocks at `place`, once for each id; kept whether anybody is there or not."""
        ...

    def answer_knock(self, person: str, id_: str, says: Says, *, named: bool) -> Outcome:
        """`person` answers a knock they heard; kept whether it is theirs to answer or not."""
        ...

    def put_knock_away(self, person: str, id_: str) -> Outcome:
        """It goes from the page of `person`."""
        ...
