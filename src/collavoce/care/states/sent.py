"""What is known of one message that was handed to a channel.

Tried, then perhaps accepted, delivered, failed, in whatever order a service says so. Each is
kept once; delivered is the end of it. Accepted is never delivered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from collavoce.care.channels import Channel, Fate, Wording
from collavoce.care.events import MessageEnded, MessageTried

ANSWER_WITHIN = 4.0
"""Seconds after which a channel that has said nothing counts as failed."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message. index: which of their contacts; fates: what was said of it -> when."""

    key: str
    to: str
    channel: Channel
    index: int
    wording: Wording
    tried_at: float
    fates: Mapping[Fate, float]
    why: str = ""

    @property
    def through(self) -> bool:
        """Whether somebody else has it, as far as anybody said."""
        return Fate.ACCEPTED in self.fates or Fate.DELIVERED in self.fates

    @property
    def fate(self) -> Fate | None:
        """What became of it; None while nothing was said."""
        for fate in (Fate.DELIVERED, Fate.FAILED, Fate.ACCEPTED):
            if fate in self.fates:
                return fate
        return None

    @property
    def gave_up_at(self) -> float | None:
        """When the next contact's turn came, or comes, because of this one; None if it stands."""
        silent_at = self.tried_at + ANSWER_WITHIN
        match self.fate:
            case None:
                return silent_at
            case Fate.FAILED:
                in_time = self.fates.get(Fate.ACCEPTED, silent_at) < silent_at
                failed_at = self.fates[Fate.FAILED]
                return failed_at if in_time else min(failed_at, silent_at)
            case _:
                return None

    def learns(self, fate: Fate) -> bool:
        """Whether `fate` says something new."""
        return fate not in self.fates and Fate.DELIVERED not in self.fates

    def shifted(self, seconds: float) -> "Sent":
        """This message with every moment moved."""
        fates = {fate: at + seconds for fate, at in self.fates.items()}
        return replace(self, tried_at=self.tried_at + seconds, fates=fates)


def tried(event: MessageTried) -> Sent:
    """The message as it is when it is handed over."""
    return Sent(
        event.key, event.trusted, event.channel, event.index, event.wording, event.at, fates={}
    )


def ended(sent: Sent, event: MessageEnded) -> Sent:
    """The message once `event` was said of it."""
    return replace(sent, fates={**sent.fates, event.fate: event.at}, why=event.why or sent.why)
