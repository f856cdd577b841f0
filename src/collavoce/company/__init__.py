"""The people of a show: who they are, what they do, who sees whom off tonight.

In: what the show folder says of them. Out: persons, exits, zones, seats, texts with names.
Never: anything about a person that not everybody may know; that lives in `care` alone.
"""

from collavoce.company.naming import told_apart
from collavoce.company.people import ROLES, Exit, Person, Seat, Zone
from collavoce.company.seats import holder, seats_named, with_names

__all__ = [
    "ROLES",
    "Exit",
    "Person",
    "Seat",
    "Zone",
    "holder",
    "seats_named",
    "told_apart",
    "with_names",
]
