"""How much of everything: the full run, about a quarter of an hour, and the quick one."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Amount:
    """Counts and seconds of one run.

    shots, rounds : of each way to the wire. notes : length of the music. idle_s : of each idleness.
    goes, goes_s : GO beside kills and clock steps, until either is reached.
    screens, screens_s : open pages, and how long. slow, slow_s : those that never read.
    packets_a_second, flood_s : of bad packets. universes, fades, grid_s : of light.
    ticks : of 5 ms.
    """

    shots: int
    rounds: int
    notes: int
    idle_s: float
    goes: int
    goes_s: float
    screens: int
    slow: int
    screens_s: float
    slow_s: float
    packets_a_second: int
    flood_s: float
    universes: int
    fades: int
    grid_s: float
    ticks: int

    def counted(self, goes: int | None) -> "Amount":
        """The same with so many GO, and as long as they need."""
        return self if goes is None else replace(self, goes=goes, goes_s=UNBOUNDED_S)


UNBOUNDED_S = 86_400.0
"""A day: somebody who says a count wants that count."""

FULL = Amount(
    shots=600,
    rounds=6,
    notes=200,
    idle_s=10.0,
    goes=100_000,
    goes_s=150.0,
    screens=1000,
    slow=20,
    screens_s=20.0,
    slow_s=12.0,
    packets_a_second=100_000,
    flood_s=5.0,
    universes=512,
    fades=1000,
    grid_s=6.0,
    ticks=2000,
)
QUICK = Amount(
    shots=20,
    rounds=2,
    notes=24,
    idle_s=1.0,
    goes=400,
    goes_s=12.0,
    screens=20,
    slow=2,
    screens_s=2.0,
    slow_s=6.0,
    packets_a_second=2000,
    flood_s=1.0,
    universes=16,
    fades=40,
    grid_s=1.5,
    ticks=100,
)
