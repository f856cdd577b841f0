"""The rig's end of the wires: what arrived, with what was on record at that moment."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from tests.simulation.show.world import World

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Sent
from collavoce.show.actions.osc import SendOsc
from collavoce.show.events import AnyEvent, CueFired
from collavoce.units import Instant

GRID_S, KEEP_ALIVE_S = 0.023, 0.8


class Stage:
    """Messages and levels as they arrive. unreachable: the network is gone for the while."""

    def __init__(self, world: World, recorded: Callable[[], Sequence[AnyEvent]]) -> None:
        self.world = world
        self.recorded = recorded
        self.arrived: Counter[str] = Counter()
        self.levels: dict[str, float] = {}
        self.unreachable = False
        self._next_lights = 0.0

    def osc(self, action: SendOsc) -> Sent:
        """Take a message; every one must have its firing on record, and each firing one at most."""
        cue = str(action.args[0])
        if self.unreachable:
            return Sent(0, (RigError("the network is gone"),))
        self.arrived[cue] += 1
        self.world.happens(f"wire: {cue}")
        on_record = sum(isinstance(e, CueFired) and e.cue == cue for e in self.recorded())
        if self.arrived[cue] > on_record:
            self.world.breaks(
                "a message leaves after its firing is on record, and once",
                f"{cue}: {self.arrived[cue]} arrived, {on_record} recorded",
            )
        return Sent(1)

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Take a frame when one is due."""
        if not at_once and now < self._next_lights:
            return Sent(0)
        self._next_lights = now + GRID_S
        if self.unreachable:
            return Sent(0, (RigError("the network is gone"),))
        self.levels = dict(levels)
        return Sent(1)

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """The grid while something moves, else the keep-alive."""
        return Instant(now + (GRID_S * 4 if moving else KEEP_ALIVE_S))
