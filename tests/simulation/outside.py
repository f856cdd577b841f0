"""The services outside: what they take, what they say of it, and what they keep to themselves.

    well      accepted soon, sometimes delivered
    slow      accepted, nearly too late
    failing   says no
    hung      never says a word: counts as late
    lying     says "accepted" and delivers nothing

What was handed over leaves, whatever becomes of the process that handed it: a porter finishes
what it has begun.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.simulation.cast import WHOSE
from tests.simulation.wires import Wires
from tests.simulation.world import World

from collavoce.rig.channels import Accepted, Delivered, Failed, Outcome
from collavoce.rig.channels.outcome import Failure

MANNERS = ("well", "slow", "failing", "hung", "lying")
LATE_S = 3.9
ROOM = 128


@dataclass(frozen=True, slots=True)
class Left:
    """One message that left the house. by: "care" or "watchdog"."""

    at_us: int
    by: str
    channel: str
    address: str
    text: str
    key: str


@dataclass
class Outside:
    """manners : channel -> how its service behaves now."""

    world: World
    manners: dict[str, str] = field(default_factory=dict[str, str])
    failed_us: dict[str, int] = field(default_factory=dict[str, int])
    """key -> when a service said no to it"""
    true_us: Callable[[], int] = lambda: 0
    leaves: Callable[[Left], None] = lambda _left: None

    def take(self, left: Left) -> tuple[float, Outcome]:
        """How long the service takes, and what it says."""
        self.world.note(
            left.by, f"sends {left.channel} to {WHOSE[left.address][0]} ({left.key[:6]})"
        )
        self.leaves(left)
        # Of its own for each message: what becomes of one tells nothing of another.
        draw = self.world.chance(f"outside {left.key}").random()
        match self.manners.get(left.channel, "well"):
            case "well":
                said = Delivered() if draw < 0.2 else Accepted()
                return 0.05 + 0.3 * draw, said
            case "slow":
                return 3.0 + draw, Accepted()
            case "failing":
                kind = (Failure.BUSY, Failure.BROKEN, Failure.DENIED)[int(draw * 3)]
                self.failed_us[left.key] = self.world.now_us + int((0.05 + draw) * 1_000_000)
                return 0.05 + draw, Failed(kind, 5.0 * (kind is Failure.BUSY))
            case "hung":
                self.failed_us[left.key] = self.world.now_us + int(LATE_S * 1_000_000)
                return LATE_S, Failed(Failure.LATE)
            case _:
                return 0.05, Accepted()


class SimulatedPorter:
    """As `runtime.porter.Porter` is used: hands over, never waits, answers each once."""

    def __init__(self, outside: Outside, wires: Wires, by: str) -> None:
        self._outside = outside
        self._wires = wires
        self._by = by
        self._fd = wires.fresh_fd()
        self._number = 0
        self._out: dict[int, str] = {}
        self._answered: list[tuple[int, Outcome]] = []

    def room(self, channel: str) -> int:
        """How many more of `channel` it takes now."""
        return ROOM - sum(out == channel for out in self._out.values())

    def fileno(self) -> int:
        """For whoever waits for answers."""
        return self._fd

    def hand(self, channel: str, address: str, text: str, key: str, *, distress: bool) -> int:
        """Hand over one message; its number."""
        del distress
        self._number += 1
        number, world = self._number, self._outside.world
        self._out[number] = str(channel)
        left = Left(self._outside.true_us(), self._by, str(channel), address, text, key)
        wait_s, outcome = self._outside.take(left)

        def answer() -> None:
            self._out.pop(number, None)
            self._answered.append((number, outcome))
            self._wires.ready(self._fd)

        world.after(min(wait_s, LATE_S), answer)
        return number

    def collect(self) -> list[tuple[int, Outcome]]:
        """What was answered since."""
        answered, self._answered = self._answered, []
        return answered

    def close(self) -> None:
        """What was handed over is still carried."""
