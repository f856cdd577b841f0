"""The watchdog beside care: its real rule and its real deputy, on the machine's simulated wires.

Of the real process what is left out is the canary, which goes through the door as a press does,
and the word to the desk.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from collavoce.runtime.watchdog import rule
from collavoce.runtime.watchdog.deputy import Deputy

if TYPE_CHECKING:
    from tests.simulation.machine import Machine

LOOK_S = 0.25


class Watching:
    """One life of the watchdog's process."""

    def __init__(self, machine: "Machine") -> None:
        self.machine = machine
        self.dead = False
        self.held_until_us = 0
        self.deputy = Deputy(machine.run_dir, Path("channels.toml"))
        self.watch = rule.Watch(machine.monotonic())
        self._ask_at = machine.monotonic()
        self._turn()

    def _turn(self) -> None:
        if self.dead:
            return
        self.machine.world.after(LOOK_S, self._turn)
        if self.machine.world.now_us < self.held_until_us:
            return
        self.deputy.turn()
        now = self.machine.monotonic()
        self.watch = rule.looked(self.watch, now)
        if now >= self._ask_at:
            self._ask_at = now + rule.ASK_EVERY_S
            self._ask()
        if rule.to_kill(self.watch) and self.machine.life is not None:
            self.machine.world.note("watchdog", "kills what stands still")
            self.machine.kill()
            self.watch = rule.killed(self.watch)

    def _ask(self) -> None:
        life = self.machine.life
        self.watch = rule.asked(self.watch, taken=life is not None)
        if life is not None and self.machine.world.now_us >= life.loop.held_until_us:
            self.watch = rule.pulsed(self.watch, life.turned_at)
            # The canary's flight is not played; one that would have come back ends the doubling.
            self.watch = rule.landed(self.watch, back=True)

    @property
    def able(self) -> bool:
        """Whether it runs."""
        return not self.dead and self.machine.world.now_us >= self.held_until_us
