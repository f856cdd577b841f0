"""Light levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay
from collavoce.units import Seconds


@dataclass(frozen=True, slots=True)
class SetLevels(Action):
    """Channels of the patch (by name) fade to levels 0..1 within `fade`."""

    replay: ClassVar[Replay] = Replay.ABSOLUTE

    levels: Mapping[str, float]
    fade: Seconds

    @property
    def seconds(self) -> Seconds:
        """The fade."""
        return self.fade
