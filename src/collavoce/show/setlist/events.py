"""What happened to the set list."""

from collavoce.show.event import Event
from collavoce.show.setlist.plan import Plan


class SetListChanged(Event, frozen=True):
    """`plan` is tonight's set list. option: what was chosen."""

    plan: Plan
    option: str
    by: str
