"""The other ends of all wires: what arrived, of which firing, with what on record at that moment.

Messages over the network, requests that a process carries and a server answers late or never,
sounds that a process plays, the lights.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.simulation.show.world import World

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Sent
from collavoce.runtime.entry import Entry
from collavoce.runtime.wires.posts import EndSounds, Errand, PlayFile, unpack_post
from collavoce.runtime.wires.shot import Pull, Shot
from collavoce.show.actions.osc import SendOsc
from collavoce.show.commands import HearAnswer
from collavoce.show.events import CueFired
from collavoce.units import Instant

GRID_S, KEEP_ALIVE_S = 0.023, 0.8
ANSWERS_LATEST_S = 8.0

Asks = Callable[[HearAnswer, str, str], None]
"""(answer, by, key): how the errands' process tells the engine."""


@dataclass(frozen=True)
class Arrival:
    """One thing that left. seq: of its firing's entry; recorded: entries at that moment."""

    at: float
    seq: int
    cue: str
    to: str
    what: str
    recorded: int


class Stage:
    """Everything that a show moves. unreachable: the network is gone for the while."""

    def __init__(self, world: World, recorded: Callable[[], list[Entry]]) -> None:
        self.world = world
        self.recorded = recorded
        self.arrivals: list[Arrival] = []
        self.levels: dict[str, float] = {}
        self.sounding: set[str] = set()
        self.requests: Counter[str] = Counter()
        self.unreachable = False
        self.tell: Asks | None = None
        self._next_lights = 0.0
        self._asked_for: set[str] = set()

    def ready(self, _action: SendOsc) -> Callable[[str, Instant], Sent]:
        """The way of one message; over the network."""

        def send(_cue: str, _now: Instant) -> Sent:
            if self.unreachable:
                return Sent(0, (RigError("the network is gone"),))
            return Sent(1)

        return send

    def left(self, shot: Shot, pull: Pull) -> None:
        """Something left the house; its firing must be on record."""
        recorded = self.recorded()
        seq = int(pull.id)
        self.world.happens(f"wire: {pull.cue} to {shot.to}, firing {seq}")
        arrival = Arrival(self.world.now, seq, pull.cue, shot.to, shot.what, len(recorded))
        self.arrivals.append(arrival)
        event = recorded[seq - 1].event if 0 < seq <= len(recorded) else None
        if not isinstance(event, CueFired) or event.cue != pull.cue:
            self.world.breaks("a message leaves after its firing is on record", arrival)

    def post(self, process: str, datagram: bytes) -> bool:
        """Mail to the processes that carry; the same id again asks for nothing new."""
        del process
        post = unpack_post(datagram)
        match post:
            case Errand(id=identity):
                self._request(post, identity)
            case PlayFile(id=identity, cue=cue, loop=True):
                if identity not in self._asked_for:
                    self.sounding.add(cue)
                self._asked_for.add(identity)
            case EndSounds(cues=cues):
                self.sounding -= self.sounding if cues is None else set(cues)
            case _:
                pass
        return True

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

    def _request(self, errand: Errand, identity: str) -> None:
        """The server answers soon, late, twice, or never."""
        self.requests[identity] += 1
        chance = self.world.chance
        if identity in self._asked_for or chance.random() < 0.2:
            return
        self._asked_for.add(identity)
        wait = chance.uniform(0.01, ANSWERS_LATEST_S if chance.random() < 0.3 else 0.2)
        answer = HearAnswer(errand.cue, errand.to, "200", ok=True, ms=1000 * wait)
        for _ in range(2 if chance.random() < 0.1 else 1):
            self.world.after(wait, lambda: self._answers(answer, f"errand {identity}"))

    def _answers(self, answer: HearAnswer, key: str) -> None:
        if self.tell is not None:
            self.tell(answer, answer.to, key)
