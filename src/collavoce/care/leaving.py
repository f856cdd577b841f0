"""A person is erased: what becomes of the facts of others in which they stand.

theirs                        gone, with the key of its stream
a list of persons             without them
"only these may come near"    without them; so is "and yet these", and whom a gender lets in
"everybody but these"         stays: it keeps them away, and it is not theirs
who ended a call by coming    the call ended
anything else by or to them   gone
"""

from typing import Any

import msgspec

from collavoce.care.events import AlertEnded, AnyEvent, HelpArrived
from collavoce.care.planes import FIELDS, Is

OPTIONAL = frozenset(
    {("AlertRaised", "last"), ("LadderSet", "last_resort"), ("LetterDelivered", "writer")}
)
"""Persons that a fact can do without."""


def without(event: AnyEvent, gone: str) -> AnyEvent | None:
    """`event`, a fact of somebody else, once `gone` is erased; None if nothing is left of it."""
    if isinstance(event, HelpArrived) and event.trusted == gone:
        return AlertEnded(event.at, event.person, event.press)
    kind = type(event).__name__
    changes: dict[str, Any] = {}
    for field, mark in FIELDS[kind].items():
        value = getattr(event, field)
        match mark.kind:
            case Is.PERSON if value == gone:
                if (kind, field) not in OPTIONAL:
                    return None
                changes[field] = ""
            case Is.PERSONS if gone in value:
                changes[field] = tuple(person for person in value if person != gone)
            case Is.NEAR if value.without(gone) != value:
                changes[field] = value.without(gone)
            case Is.MESSAGE if gone in value.split(":"):
                return None
            case _:
                pass
    return msgspec.structs.replace(event, **changes) if changes else event
