"""What the phone pages ask of whoever keeps care; the runtime's care process is one such.

The pages hold no state, no clock and no chance of their own, and can be drawn and tested without
a process or a disk.
"""

from collections.abc import Mapping
from typing import Protocol

from collavoce.care.commands import RaiseAlert
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Outcome
from collavoce.care.state import CareState
from collavoce.company.people import Person
from collavoce.desk.care.keyhand import KeyHand
from collavoce.desk.care.linehand import LineHand
from collavoce.desk.care.takeshand import TakesHand


class CareStagehand(KeyHand, LineHand, TakesHand, Protocol):
    """One show's care, as far as a phone's page may touch it."""

    @property
    def title(self) -> str:
        """The show's title."""
        ...

    @property
    def people(self) -> Mapping[str, Person]:
        """The people of the show by id."""
        ...

    @property
    def exits(self) -> Mapping[str, str]:
        """The exits of the show, id -> name."""
        ...

    @property
    def emergency(self) -> str:
        """The local emergency number."""
        ...

    @property
    def web_port(self) -> int:
        """The web desk's port on this host, 0 for none."""
        ...

    @property
    def secure(self) -> bool:
        """Whether the pages travel over TLS."""
        ...

    @property
    def push(self) -> str:
        """The key with which a phone lets itself be woken, "" where nothing wakes it."""
        ...

    def state(self) -> CareState:
        """What is true now."""
        ...

    def moment(self) -> Moment:
        """Now."""
        ...

    async def press(self, command: RaiseAlert) -> Outcome:
        """Carry out a press; Kept means on disk."""
        ...

    def came(self, person: str) -> None:
        """A page of `person` opened its stream."""
        ...

    def went(self, person: str) -> None:
        """It closed."""
        ...

    def reachable(self) -> frozenset[str]:
        """The persons with an open page."""
        ...

    def say_where(self, press: str, exit_id: str) -> None:
        """Remember where the presser said they are, while the press is open."""
        ...

    def said_where(self, press: str) -> str:
        """The exit id they named, "" if none is known."""
        ...

    def where(self, press: str, person: str) -> str:
        """The best known exit id, "" if none is."""
        ...

    def may_guess(self, address: str) -> bool:
        """Whether `address` may show a pairing code now."""
        ...

    def guessed_wrong(self, address: str) -> None:
        """`address` showed a code that was none."""
        ...

    def fresh_token(self) -> str:
        """A new device's token: at least 128 random bits, cookie-safe."""
        ...

    def badge(self, person: str, device: str = "") -> str:
        """What the web desk knows the phone of `person` by. device: the hash of its token."""
        ...
