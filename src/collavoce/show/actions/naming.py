"""What the people, doors and timers are called that actions name by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Names:
    """Ids to names; what is not in it is called by its id. seats: whoever holds it, or its name."""

    seats: Mapping[str, str] = field(default_factory=dict[str, str])
    exits: Mapping[str, str] = field(default_factory=dict[str, str])
    timers: Mapping[str, str] = field(default_factory=dict[str, str])
    people: Mapping[str, str] = field(default_factory=dict[str, str])
