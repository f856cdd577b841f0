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
from collavoce.desk.care.cardhand import CardHand
from collavoce.desk.care.checkinhand import CheckInHand
from collavoce.desk.care.earhand import EarHand
from collavoce.desk.care.keyhand import KeyHand
from collavoce.desk.care.leavehand import LeaveHand
from collavoce.desk.care.linehand import LineHand
from collavoce.desk.care.meetshand import MeetsHand
from collavoce.desk.care.musichand import MusicHand
from collavoce.desk.care.songhand import SongHand
from collavoce.desk.care.takeshand import TakesHand
from collavoce.runtime.care.kept.post.desk import Post


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
    def card(self) -> CardHand:
        """The cards of the show."""
        ...

    @property
    def meets(self) -> MeetsHand:
        """A person and the cues of the show."""
        ...

    @property
    def house_rules(self) -> tuple[str, ...]:
        """What holds for everybody behind the stage."""
        ...

    @property
    def ear(self) -> EarHand:
        """A person's own lines, for their ear."""
        ...

    @property
    def pieces(self) -> Mapping[str, str]:
        """The numbers of the show, id -> title."""
        ...

    @property
    def songs(self) -> SongHand:
        """A person's demos, and the songs that come of them."""
        ...

    @property
    def music(self) -> MusicHand:
        """A person's marks, being found, the knock."""
        ...

    @property
    def leave(self) -> LeaveHand:
        """Being away, and the way back."""
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

    @property
    def post(self) -> Post:
        """What people write to each other."""
        ...

    def pinged(self, person: str, clock: float, shown: tuple[str, ...]) -> None:
        """A page of `person` says what its clock says (UTC s, 0 for nothing), and what it shows."""
        ...

    @property
    def checkin(self) -> CheckInHand:
        """The check-in after the show."""
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
