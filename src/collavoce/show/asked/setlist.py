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


class ProposeNumber(Command, frozen=True):
    """Its author gives a song to the show: it may be taken into the set list, and need not be.

    number : the id it has there. Said again with the same id it stands as it was said last, until
    it is taken. The rest is as in `Song`.
    """

    number: str
    title: str
    reference: str
    minutes: float
    performers: tuple[str, ...]


class WithdrawProposal(Command, frozen=True):
    """It is given no more; refused once it stands in the set list."""

    number: str
