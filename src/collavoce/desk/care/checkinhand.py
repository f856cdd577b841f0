"""What the phone pages ask about the check-in; each question carries the token of its phone."""

from collections.abc import Mapping
from typing import Protocol

from collavoce.care.outcome import Outcome
from collavoce.care.states.checkin import Said
from collavoce.runtime.care.kept.checkin.own_rules import Rule


class CheckInHand(Protocol):
    """A person's own check-in, and the rules by which others hear of their answers."""

    def answer(self, person: str, token: str, said: Said, key: str) -> Outcome:
        """`person` answers; refused where nothing is asked of them. Kept: on disk, and told.

        key : drawn for this answer; sent again with the same one it is told once.
        """
        ...

    def choose_delay(self, person: str, minutes: int) -> Outcome:
        """Ask `person` so many minutes after the end of the evening; -1 for never."""
        ...

    def add_rule(self, token: str, rule: Rule) -> Outcome:
        """From now on these persons are told if I give one of these answers.

        persons : of my circle, who agreed, and whom I do not keep away.
        """
        ...

    def drop_rule(self, token: str, rule_id: str) -> Outcome:
        """This rule is used no more. What was told by it stays told."""
        ...

    def put_away(self, token: str, key: str) -> Outcome:
        """I have read this word of somebody: it goes from my page."""
        ...

    def view(self, person: str, token: str) -> Mapping[str, object]:
        """My delay ("minutes"), rules, answers, and whom a rule may name ("may").

        open : whether this phone opens what I sealed.
        """
        ...
