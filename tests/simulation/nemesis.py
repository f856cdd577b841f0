"""What goes wrong, when, and for how long: drawn from the seed and from nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.simulation.machine import Machine
from tests.simulation.network import Weather
from tests.simulation.outside import MANNERS
from tests.simulation.phones import Phone
from tests.simulation.world import MICRO, World

BETWEEN_S = 9.0
"""On average, between two blows."""


@dataclass
class Nemesis:
    """Strikes until it is told to rest."""

    world: World
    machine: Machine
    phones: list[Phone]
    resting: bool = False

    def __post_init__(self) -> None:
        self.chance = self.world.chance("nemesis")
        self.blows: tuple[tuple[float, Callable[[], str]], ...] = (
            (3, self._kill),
            (4, self._kill_in_a_call),
            (1.5, self._long_death),
            (1.5, self._cut_power),
            (2, self._freeze),
            (2, self._slow_disk),
            (1.5, self._failing_disk),
            (1.5, self._full_disk),
            (1, self._read_only),
            (10, self._bad_weather),
            (2, self._venue_network),
            (4, self._page),
            (2, self._wall_clock),
            (4, self._services),
            (1, self._watchdog),
        )
        # Some evenings are calm but for one kind of trouble: it is seen undisturbed.
        if self.chance.random() < 0.3:
            self.blows = (self.chance.choice(self.blows),)
        self._wait()

    def _wait(self) -> None:
        self.world.after(self.chance.expovariate(1 / BETWEEN_S), self._strike)

    def _strike(self) -> None:
        if self.resting:
            return
        [(_, blow)] = self.chance.choices(self.blows, [weight for weight, _ in self.blows])
        self.world.note("nemesis", blow())
        self._wait()

    def rest(self) -> None:
        """Nothing goes wrong any more, and what went wrong is mended."""
        self.resting = True
        self.machine.disk.heal()
        self.machine.disk.dies_in = None
        self.machine.outside.manners.clear()
        self.machine.away_until_us = 0
        if self.machine.stopped:
            self.machine.repair()
        for phone in self.phones:
            phone.link.weather = Weather()
            phone.wake()

    def _for_a_while(self, least_s: float, most_s: float, mend: Callable[[], object]) -> float:
        lasts_s = self.chance.uniform(least_s, most_s)

        def mended() -> None:
            mend()

        self.world.after(lasts_s, mended)
        return lasts_s

    # The machine.

    def _kill(self) -> str:
        self.machine.kill()
        return "SIGKILL"

    def _kill_in_a_call(self) -> str:
        self.machine.disk.dies_in = calls = self.chance.randrange(14)
        return f"SIGKILL in the {calls}th call to the disk from now"

    def _long_death(self) -> str:
        away_s = self.chance.uniform(8.0, 30.0)
        self.machine.away_until_us = self.world.now_us + int(away_s * MICRO)
        self.machine.kill()
        return f"SIGKILL, and no start for {away_s:.0f} s"

    def _cut_power(self) -> str:
        off_s = self.chance.choice((1.0, 20.0, 90.0))
        self.machine.cut_power(off_s)
        return f"power cut, {off_s} s"

    def _freeze(self) -> str:
        life, stopped_s = self.machine.life, self.chance.uniform(0.2, 7.0)
        if life is not None:
            life.loop.held_until_us = self.world.now_us + int(stopped_s * MICRO)
        return f"SIGSTOP for {stopped_s:.1f} s"

    def _slow_disk(self) -> str:
        self.machine.disk.slow_s = self.chance.choice((0.02, 0.3, 1.5))
        lasts_s = self._for_a_while(3, 20, self.machine.disk.heal)
        return f"a sync takes {self.machine.disk.slow_s} s for {lasts_s:.0f} s"

    def _failing_disk(self) -> str:
        self.machine.disk.failing = True
        return f"syncs fail for {self._for_a_while(1, 15, self.machine.disk.heal):.0f} s"

    def _full_disk(self) -> str:
        self.machine.disk.fill(self.chance.choice((0, 1, 5000, 40_000)))
        lasts_s = self._for_a_while(5, 40, self.machine.disk.heal)
        return f"{self.machine.disk.room} bytes free for {lasts_s:.0f} s"

    def _read_only(self) -> str:
        self.machine.disk.read_only = True
        return f"read-only for {self._for_a_while(3, 15, self.machine.disk.heal):.0f} s"

    def _wall_clock(self) -> str:
        years_s = 365.25 * 86_400
        jump_s = self.chance.choice((1.0, 3600.0, 86_400.0, 12 * years_s, 10 * years_s))
        jump_s *= self.chance.choice((-1, 1))
        self.machine.wall_jumped_s = jump_s
        return f"the wall clock is {jump_s:+.0f} s off"

    def _watchdog(self) -> str:
        watchdog = self.machine.watchdog
        if watchdog is None or self.chance.random() < 0.5:
            self.machine.kill_watchdog()
            return "the watchdog is killed"
        stopped_s = self.chance.uniform(1.0, 20.0)
        watchdog.held_until_us = self.world.now_us + int(stopped_s * MICRO)
        return f"the watchdog is stopped for {stopped_s:.0f} s"

    def _services(self) -> str:
        channel = self.chance.choice(("sms", "voice", "push", "mail", "other"))
        manners = self.machine.outside.manners
        manners[channel] = manner = self.chance.choice(MANNERS)
        lasts_s = self._for_a_while(5, 60, lambda: manners.pop(channel, None))
        return f"{channel} is {manner} for {lasts_s:.0f} s"

    # The network and the pages.

    def _bad_weather(self) -> str:
        phone = self.chance.choice(self.phones)
        weather = self._weather()
        phone.link.weather = weather
        lasts_s = self._for_a_while(2, 40, lambda: self._clear(phone, weather))
        return f"{phone.person}: {weather} for {lasts_s:.0f} s"

    def _venue_network(self) -> str:
        weather = self._weather()
        for phone in self.phones:
            phone.link.weather = weather
        lasts_s = self._for_a_while(2, 20, lambda: [self._clear(p, weather) for p in self.phones])
        return f"everybody: {weather} for {lasts_s:.0f} s"

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
                return Weather(twice=0.5, late=0.5, delay_s=(0.0, 1.0))

    @staticmethod
    def _clear(phone: Phone, weather: Weather) -> None:
        if phone.link.weather is weather:
            phone.link.weather = Weather()

    def _page(self) -> str:
        phone = self.chance.choice(self.phones)
        forget = self.chance.random() < 0.3
        phone.sleep(forget=forget)
        lasts_s = self._for_a_while(0.5, 30, phone.wake)
        return f"{phone.person} closes the page for {lasts_s:.0f} s{', forgetting' * forget}"
