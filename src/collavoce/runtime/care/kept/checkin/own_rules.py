"""A person's own rules: which answers of theirs are told to whom.

They are a sealed paper of their owner, and are opened only by an answer of theirs. No rule is there
from the beginning and none is suggested; each goes in one act.
"""

import msgspec

from collavoce.care.states.checkin import Said
from collavoce.care.states.circle import CIRCLE_MAX
from collavoce.runtime.care.kept.keep import Keep, Reader

RULES = "rules"
RULES_MAX = 16
"""Of one person."""

TELLING = (Said.FINE, Said.TIRED, Said.ALONE, Said.COME)
"""The answers a rule can name; "later" is none."""

TOLD_MAX = CIRCLE_MAX
"""Persons that one answer is told to."""


class Rule(msgspec.Struct, frozen=True):
    """If I give one of these answers, these persons are told which. id: a random one."""

    id: str
    answers: tuple[Said, ...]
    persons: tuple[str, ...]


_rules = msgspec.json.Decoder(Rule)


def rules_of(keep: Keep, reader: Reader) -> tuple[Rule, ...]:
    """The reader's rules, in the order in which they were made."""
    return tuple(_rules.decode(words) for words in keep.own(RULES, reader))


def as_words(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """`rules` as the words of their paper."""
    return tuple(msgspec.json.encode(rule).decode() for rule in rules)


def named_by(rules: tuple[Rule, ...], said: Said) -> tuple[str, ...]:
    """Whom the rules name for this answer, each once, at most `TOLD_MAX`."""
    persons = (p for rule in rules if said in rule.answers for p in rule.persons)
    return tuple(dict.fromkeys(persons))[:TOLD_MAX]
