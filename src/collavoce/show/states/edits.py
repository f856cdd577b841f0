"""What edits may change, as one value, and the way back."""

from collections.abc import Mapping

import msgspec

from collavoce.show.plan import Plan
from collavoce.show.states.timers import Setting


class Edited(msgspec.Struct, frozen=True):
    """Everything that an edit may change.

    disarmed : cues that are passed over. plan : tonight's set list, None as written.
    timers : settings of timers that differ from the folder's.
    """

    disarmed: frozenset[str] = frozenset()
    plan: Plan | None = None
    timers: Mapping[str, Setting] = msgspec.field(default_factory=dict[str, Setting])


class Done(msgspec.Struct, frozen=True):
    """An edit and what stood before and after it. words: what the undo button says."""

    words: str
    before: Edited
    after: Edited


def moved(now: Edited, origin: Edited, target: Edited) -> Edited:
    """`now` with all that differs between `origin` and `target` as it is in `target`.

    What else has changed since is somebody else's and stays.
    """
    settings = {
        timer: setting
        for timer, setting in now.timers.items()
        if origin.timers.get(timer) == target.timers.get(timer)
    }
    settings |= {
        timer: setting
        for timer, setting in target.timers.items()
        if origin.timers.get(timer) != setting
    }
    return Edited(
        disarmed=(now.disarmed - (origin.disarmed - target.disarmed))
        | (target.disarmed - origin.disarmed),
        plan=now.plan if origin.plan == target.plan else target.plan,
        timers=settings,
    )
