"""What became of messages by channels other than the page."""

from collavoce.care.asked.base import Command
from collavoce.care.channels import Fate


class RecordTry(Command, frozen=True):
    """A message is about to be handed to its channel; only after this may it be.

    carried : it was handed over already, by whoever stood in while care was away.
    """

    press: str
    key: str
    carried: bool = False


class RecordFate(Command, frozen=True):
    """What became of a message. why: kind of failure, no address and no text of others."""

    press: str
    key: str
    fate: Fate
    why: str = ""


MessageCommand = RecordTry | RecordFate
