"""The show file's quick changes: who needs how long between which numbers."""

from collections.abc import Mapping, Sequence

from collavoce.company.people import Person
from collavoce.show.cues import Number, QuickChange
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.units import Seconds

MINUTES_MOST = 240.0
KEYS = ("person", "from", "to", "minutes")


def read_changes(
    top: Table, people: Mapping[str, Person], numbers: Sequence[Number]
) -> tuple[tuple[Table, QuickChange], ...]:
    """Every quick change that can be made out, with its table."""
    order = {number.id: rank for rank, number in enumerate(numbers)}
    changes: list[tuple[Table, QuickChange]] = []
    for table in top.tables("changes", KEYS):
        person = table.text("person", required=True)
        if person and person not in people:
            table.error("person", "unknown_person", person=person, instead=Instead(person, people))
        ends = [table.text(key, required=True) for key in ("from", "to")]
        for key, number in zip(("from", "to"), ends, strict=True):
            if number and number not in order:
                known = Instead(number, order)
                table.error(key, "unknown_number", number=number, instead=known)
        minutes = table.number("minutes", 0.0, 0.0, MINUTES_MOST)
        if "minutes" not in table:
            table.error("minutes", "missing", key="minutes")
        if all(number in order for number in ends):
            if order[ends[0]] >= order[ends[1]]:
                table.error("to", "change_backwards", to=ends[1], start=ends[0])
            change = QuickChange(person, ends[0], ends[1], Seconds(60.0 * minutes))
            changes.append((table, change))
    return tuple(changes)
