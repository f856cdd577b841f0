"""What the desk asks of whoever runs the show; the runtime's web process is one such.

The desk holds no state of the show and no clock. It reads both here, puts people's commands in
here, and can therefore be tested, drawn and looked at without a single process running.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from collavoce.desk.history import History
from collavoce.desk.machine import Machine
from collavoce.following.estimate import Estimate
from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.runtime.tls.cookies import BADGE
from collavoce.score.engraving import Engraving
from collavoce.score.model import Score
from collavoce.show.commands import AnyCommand
from collavoce.show.cues import Show
from collavoce.show.events import Refused
from collavoce.show.setlist.evening import Busy
from collavoce.show.state import ShowState
from collavoce.units import Instant, Quarters

BADGE_COOKIE = BADGE
"""The cookie that a paired phone carries. Cookies know no port: the desk sees it too."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The command was carried out; `seq` is the last event that came of it."""

    seq: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nobody answered in time: it may or may not have been carried out.

    Asking again with the same key is safe.
    """


Answer = Kept | Refused | Unanswered


@dataclass(frozen=True, slots=True)
class Told:
    """Said at the line and carried out. recorded: a disk took it."""

    recorded: bool


LineAnswer = Told | Refused | Unanswered


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what happened lately. wall: the time of day, as people read it ("20:14:03")."""

    seq: int
    wall: str
    text: str


@dataclass(frozen=True, slots=True)
class PairingLink:
    """Where a phone goes to become a person's phone, once, within `expires_s` seconds."""

    url: str
    expires_s: int


@dataclass(frozen=True, slots=True)
class Connections:
    """view: what the gateway told (`runtime/gateway/listing.py`), None while it is away.

    learned : what it learned last, or why nothing was, in words; "" while it waits.
    """

    view: Mapping[str, object] | None
    learned: str = ""


class Stagehand(Protocol):
    """A running show, as far as a desk may touch it."""

    @property
    def show(self) -> Show:
        """The show as read from its folder."""
        ...

    @property
    def scores(self) -> Mapping[str, tuple[Score, Engraving]]:
        """The written music by number id; numbers without a score are not in it."""
        ...

    @property
    def desk_key(self) -> str:
        """What opens the caller's desk."""
        ...

    def renew_desk_key(self) -> str:
        """A new desk key in place of the one before, which opens nothing from now on."""
        ...

    @property
    def care_origin(self) -> str:
        """The one other origin ("http://host:port") whose pages may use the phone routes."""
        ...

    def state(self) -> ShowState:
        """The fold of every event up to `seq`."""
        ...

    def seq(self) -> int:
        """The number of the last event folded, 0 before the first."""
        ...

    def recent(self) -> Sequence[Happening]:
        """What happened lately, oldest first."""
        ...

    def history(self) -> History:
        """What became of every cue, folded from the same events as `state`."""
        ...

    def machine(self) -> Machine:
        """How the machine fares on which the desk runs."""
        ...

    def day_seconds(self) -> float:
        """The time of day in the venue's zone, from the midnight of the performance's own day.

        In seconds; above 86400 after the next midnight.
        """
        ...

    def usual(self) -> Mapping[str, float]:
        """Seconds that numbers took on earlier nights, by number; of those where it is known."""
        ...

    def elsewhere(self) -> tuple[Busy, ...]:
        """When people are needed on other stages, by their set lists of tonight."""
        ...

    def music(self) -> Estimate | None:
        """The follower's latest belief, None while it has none."""
        ...

    def notice(self) -> str:
        """What is the matter with what comes in from the player, in words; "" while nothing is."""
        ...

    def stage_levels(self) -> Mapping[str, float]:
        """Channel name -> level 0..1, as really received from the lights' network.

        A channel of which nothing was received is not in it.
        """
        ...

    def processes(self) -> Mapping[str, str]:
        """Process name -> "up", "starting", "down" or "given up"."""
        ...

    def line(self) -> Mapping[str, object] | None:
        """What the line told lately (`collavoce/line/view.py`); None while it is silent."""
        ...

    async def ask_line(self, command: LineCommand, key: str, role: str) -> LineAnswer:
        """Say something at the line. role: whose desk. Same key, same answer."""
        ...

    def now(self) -> Instant:
        """The show clock."""
        ...

    def badge(self, cookie: str) -> str | None:
        """The person whose phone carries `cookie`, None if it is none of ours."""
        ...

    async def command(self, command: AnyCommand, by: str, key: str) -> Answer:
        """Ask the show. key: the asker's idempotency key; same key, same answer."""
        ...

    async def place(self, quarter: Quarters, by: str) -> bool:
        """Tell the follower that `by` says where the music is; False if it does not listen."""
        ...

    async def changed(self, after: int) -> None:
        """Return as soon as `seq()` is greater than `after`."""
        ...

    async def pairing(self, person: str) -> PairingLink | None:
        """A fresh link for `person`'s phone, None if pairing is not possible now."""
        ...

    def connections(self) -> Connections:
        """What comes in from outside, and by which controls."""
        ...

    def learn(self, does: str, key: str) -> bool:
        """Let the control that is pressed next do `does`; False: the gateway is away."""
        ...
