"""How the machine fares on which this desk runs: mains or battery, network cable or none.

Read where Linux tells it (sysfs, Documentation/ABI/testing/sysfs-class-power and -class-net).
Where nothing is told, nothing is said: a machine without a battery is on mains.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SYSTEM = Path("/sys/class")
LOW_PERCENT = 20
LOOPBACK = "lo"


@dataclass(frozen=True, slots=True)
class Machine:
    """battery: percent, None without one; charging: it is not being emptied.

    network : names of the interfaces that carry, the loopback not among them.
    """

    battery: int | None = None
    charging: bool = True
    network: tuple[str, ...] = ()

    @property
    def power(self) -> str:
        """The key of the sign that says how it is fed."""
        if self.battery is None or self.charging:
            return "machine.power"
        return "machine.low" if self.battery <= LOW_PERCENT else "machine.battery"


def look_at_machine(system: Path = SYSTEM) -> Machine:
    """What the machine says of itself now. Several batteries count as their weakest."""
    cells = [cell for cell in _each(system / "power_supply") if _read(cell / "type") == "Battery"]
    charges = [int(told) for cell in cells if (told := _read(cell / "capacity")).isdigit()]
    return Machine(
        battery=min(charges, default=None),
        charging=all(_read(cell / "status") != "Discharging" for cell in cells),
        network=tuple(
            port.name
            for port in _each(system / "net")
            if port.name != LOOPBACK and _read(port / "operstate") == "up"
        ),
    )


def _each(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return


def _read(file: Path) -> str:
    """The one line of `file`, "" where there is none: what hangs on a cable comes and goes."""
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
