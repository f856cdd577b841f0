"""What edits may change, as one value, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collavoce.show.setlist.plan import Plan
from collavoce.show.timers.state import Setting


@dataclass(frozen=True, slots=True)
class Edited:
    """Everything that an edit may change. An undo puts the whole value back.

    disarmed : cues that are passed over. plan : tonight's set list, None as written.
    timers : settings of timers that differ from the folder's.
    """

    disarmed: frozenset[str] = frozenset()
    plan: Plan | None = None
    timers: Mapping[str, Setting] = field(default_factory=dict[str, Setting])


@dataclass(frozen=True, slots=True)
class Done:
    """An edit and what stood before and after it. words: what the undo button says."""

    words: str
    before: Edited
    after: Edited
