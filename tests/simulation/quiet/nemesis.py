"""What goes wrong in a quiet evening: all that goes wrong in the others, and every clock."""

from collections.abc import Callable

import msgspec
from tests.simulation.machine import Machine
from tests.simulation.nemesis import Nemesis
from tests.simulation.network import Weather
from tests.simulation.quiet.phones import QuietPhone
from tests.simulation.world import World

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Asia/Kathmandu")
DAY_S = 86_400.0
YEAR_S = 365.25 * DAY_S
JUMPS_S = (1.0, 200.0, 400.0, 3600.0, DAY_S, YEAR_S, 10 * YEAR_S, 12 * YEAR_S)
"""E9: a second to ten years, and past 2038; either way."""

QUIET_BETWEEN_S = 11.0


class QuietNemesis(Nemesis):
    """Its draws are its own: no seed of another evening is moved by it."""

    def __init__(self, world: World, machine: Machine, phones: list[QuietPhone]) -> None:
        self.quiet_phones = phones
        super().__init__(world, machine, list(phones))

    def __post_init__(self) -> None:
        self.chance = self.world.chance("quiet nemesis")
        self.blows: tuple[tuple[float, Callable[[], str]], ...] = (
            (3, self._kill),
            (3, self._kill_in_a_call),
            (1, self._long_death),
            (1, self._cut_power),
            (1, self._freeze),
            (1, self._slow_disk),
            (1, self._failing_disk),
            (2, self._full_disk),
            (1, self._read_only),
            (6, self._bad_weather),
            (1, self._venue_network),
            (3, self._page),
            (4, self._wall_clock),
            (4, self._phone_clock),
            (1, self._all_phones),
            (1, self._zone),
        )
        if self.chance.random() < 0.3:
            self.blows = (self.chance.choice(self.blows),)
        self._wait()

    def rest(self) -> None:
        """Clocks are right again, too."""
        super().rest()
        self.machine.wall_jumped_s = 0.0
        for phone in self.quiet_phones:
            phone.wrong_s = 0.0

    def _wait(self) -> None:
        self.world.after(self.chance.expovariate(1 / QUIET_BETWEEN_S), self._strike)

    def _jump_s(self) -> float:
        return self.chance.choice(JUMPS_S) * self.chance.choice((-1, 1, 1))

    def _wall_clock(self) -> str:
        self.machine.wall_jumped_s = jump_s = self.chance.choice((0.0, self._jump_s()))
        return f"the wall clock is {jump_s:+.0f} s off"

    def _phone_clock(self) -> str:
        phone = self.chance.choice(self.quiet_phones)
        jumps_s = (0.0, self._jump_s(), self.machine.wall_jumped_s)
        phone.wrong_s = self.chance.choice(jumps_s)
        return f"the clock of {phone.person} is {phone.wrong_s:+.0f} s off"

    def _all_phones(self) -> str:
        jump_s = self._jump_s()
        for phone in self.quiet_phones:
            phone.wrong_s = jump_s
        return f"the clocks of all phones are {jump_s:+.0f} s off"

    def _zone(self) -> str:
        zone = self.chance.choice(ZONES)
        self.machine.config = msgspec.structs.replace(self.machine.config, timezone=zone)
        self.machine.kill()
        return f"the venue is in {zone} now, and care is started anew"

    def _weather(self) -> Weather:
        match self.chance.randrange(6):
            case 0:
                return Weather(cut=True)
            case 1:
                return Weather(deaf=True)
            case 2:
                return Weather(mute=True)
            case 3:
                return Weather(delay_s=(0.2, 3.5))
            case 4:
                return Weather(lost=0.3, twice=0.3)
            case _:
                return Weather(twice=0.5, late=0.3 * LATE_COPIES, delay_s=(0.0, 1.0))


LATE_COPIES = True
"""Whether a copy of a request may come half a minute after its page gave it up."""
