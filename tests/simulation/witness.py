"""The real house, and whoever notes what it was asked."""

from collections.abc import Callable, Sequence

from tests.simulation.loop import KilledError

from collavoce.care.commands import AnyCommand, Climb, MessageCommand, RaiseAlert
from collavoce.care.outcome import Kept, Outcome
from collavoce.runtime.care.house import House

Asked = tuple[AnyCommand, Outcome | None]
"""A command and what came of it; None: death came in between."""

Witness = Callable[[Sequence[Asked], int], None]
"""told what was carried out in one step, and the true time of asking"""


class WitnessedHouse(House):
    """The real house, and somebody who notes what was asked and what came of it."""

    witness: Witness
    true_us: Callable[[], int]

    def ask(self, command: AnyCommand) -> Outcome:
        """As the house does."""
        return self._noted([command], lambda: [super(WitnessedHouse, self).ask(command)])[0]

    def ask_all(self, commands: Sequence[MessageCommand]) -> None:
        """As the house does."""

        def asked() -> list[Outcome]:
            super(WitnessedHouse, self).ask_all(commands)
            return [Kept() for _ in commands]

        self._noted(commands, asked)

    def ask_together(self, commands: Sequence[RaiseAlert | Climb]) -> list[Outcome]:
        """As the house does; what it asks one by one is noted one by one."""
        before = self._notes
        at_us = self.true_us()
        outcomes = super().ask_together(commands)
        if self._notes == before:
            self.witness(list(zip(commands, outcomes, strict=True)), at_us)
        return outcomes

    _notes = 0

    def _noted(
        self, commands: Sequence[AnyCommand], ask: Callable[[], list[Outcome]]
    ) -> list[Outcome]:
        self._notes += 1
        at_us = self.true_us()
        try:
            outcomes = ask()
        except KilledError:
            self.witness([(command, None) for command in commands], at_us)
            raise
        self.witness(list(zip(commands, outcomes, strict=True)), at_us)
        return outcomes
