"""What happened to the set list."""

from collavoce.show.plan import Plan
from collavoce.show.told.event import Event


class SetListChanged(Event, frozen=True):
    """`plan` is tonight's set list. option: what was chosen ("skip"). words: the same in a line."""

    plan: Plan
    option: str
    by: str
    words: str = ""
