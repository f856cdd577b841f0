"""Wires that end in this process: what would be sent is written down, and nothing leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from collavoce.rig.udp import Sent
from collavoce.runtime.wires.said import said
from collavoce.runtime.wires.shot import Pull, Shot
from collavoce.show.actions.action import Action, Replay
from collavoce.show.commands import HearAnswer
from collavoce.show.cues import Cue
from collavoce.show.events import AnyEvent
from collavoce.show.latency import destination
from collavoce.show.patch import Patch
from collavoce.units import Instant, Seconds

FOREVER = Instant(float("inf"))


@dataclass(slots=True)
class VirtualStage:
    """Takes what a performance sends. count: how much would have left, lights not counted."""

    patch: Patch
    count: int = field(default=0)

    def shots(self, cue: Cue) -> Sequence[Shot]:
        """What `cue` sends besides levels, each into the count."""
        return [self._shot(a) for a in cue.actions if a.replay is Replay.ONCE]

    def _shot(self, action: Action) -> Shot:
        to = destination(action)
        delay = Seconds(self.patch.delay.get(to, 0.0))
        return Shot(to, said(action), action.replay, delay, self._take)

    def _take(self, _pull: Pull) -> Sent:
        self.count += 1
        return Sent(1)

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Nothing: the look of the show is what the stage looks like."""
        del now, levels, at_once
        return Sent()

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """Never."""
        del now, moving
        return FOREVER

    def hear(self, event: AnyEvent) -> None:
        """Nothing is under way at the other end: there is none."""

    def audition(self, cue: Cue, levels: Mapping[str, float]) -> None:
        """Nobody watches."""

    def turn(self, now: Instant) -> None:
        """There is no connection."""

    def answers(self, now: Instant) -> Sequence[HearAnswer]:
        """Nobody answers."""
        del now
        return ()
