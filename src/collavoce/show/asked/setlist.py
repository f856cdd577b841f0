"""What may be asked of the set list."""

from collavoce.show.asked.command import Command
from collavoce.show.plan import Plan


class ChangeSetList(Command, frozen=True):
    """Make `plan` the set list of tonight. option: what was chosen ("skip", "swap"), for the log.

    instead : the plan the chooser saw; refused if it has moved since. words: the option in a line,
    for the log and the undo button.
    """

    plan: Plan
    option: str
    instead: Plan | None = None
    words: str = ""
