"""What cues bring onto the stage, whom that meets, and what holds for the whole house."""

from collections.abc import Mapping

from collavoce.company.effects import EFFECTS
from collavoce.company.people import Person
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import TEXT_LIMIT, Table

RULES_MOST = 10
"""House rules: more than this nobody reads before a show."""


def read_brings(table: Table) -> tuple[str, ...]:
    """The effects that a cue brings."""
    return _known(table, "brings", EFFECTS, "unknown_effect")


def read_meets(table: Table, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Whom it meets by name; a cue that brings nothing meets nobody."""
    if "meets" in table and "brings" not in table:
        table.warning("meets", "meets_nothing")
    return _known(table, "meets", tuple(people), "unknown_person")


def _known(table: Table, key: str, known: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The words under `key`, each once; a finding where one is not known."""
    words = dict.fromkeys(table.words(key))
    for word in words:
        if word not in known:
            table.error(key, kind, word=word, person=word, instead=Instead(word, known))
    return tuple(word for word in words if word in known)


def read_house_rules(top: Table) -> tuple[str, ...]:
    """What stands on everybody's page, in the order of the file."""
    rules = tuple(dict.fromkeys(rule.strip() for rule in top.words("house_rules")))
    if len(rules) > RULES_MOST:
        top.error("house_rules", "many_rules", limit=RULES_MOST)
    for rule in rules:
        if not rule:
            top.error("house_rules", "empty", key="house_rules")
        elif len(rule) > TEXT_LIMIT:
            top.error("house_rules", "too_long", key="house_rules", limit=TEXT_LIMIT)
        elif not rule.isprintable():
            top.error("house_rules", "unprintable", key="house_rules")
    return rules[:RULES_MOST]
