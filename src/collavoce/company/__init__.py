"""The people of a show: who they are, what they do, who sees whom off tonight.

In: what the show folder says of them. Out: persons, exits, seats, texts with names in them.
Never: anything about a person that not everybody may know; that lives in `care` alone.
"""

from collavoce.company.people import ROLES, Exit, Person, Seat
from collavoce.company.seats import holder, seats_named, with_names

__all__ = ["ROLES", "Exit", "Person", "Seat", "holder", "seats_named", "with_names"]
