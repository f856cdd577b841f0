"""Who is missing tonight: what the show can be run without, and should not have to.

| missing | said as | why |
|---|---|---|
| a seat's holder, no cue calls it | warning | somebody is meant to be looked after |
| a welfare lead, with performers | warning | the last resort where its owner chose none |
| steward, security lead, medic, with zones | note | a place is named that nobody stands at |

The empty seat that a cue calls is an error and said where it is called (`read_actions.py`).
"""

from collections.abc import Iterable

from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Number
from collavoce.show.reading.people import Company
from collavoce.show.written.table import Table

AT_THE_LINE = ("steward", "security lead", "medic")


def check_staffing(top: Table, company: Company, numbers: Iterable[Number]) -> None:
    """Say who is missing."""
    _seats(top, company, numbers)
    held = {role for person in company.people.values() for role in person.roles}
    if "performer" in held and "welfare lead" not in held:
        top.warning("people", "no_welfare_lead")
    if "zones" in top:
        for role in AT_THE_LINE:
            if role not in held:
                top.note("zones", "nobody_at_line", role=role)


def _seats(top: Table, company: Company, numbers: Iterable[Number]) -> None:
    called = {
        action.seat
        for number in numbers
        for cue in number.cues
        for action in cue.actions
        if isinstance(action, CallPerson)
    }
    empty = [seat for seat, held in company.seats.items() if held.person is None]
    if any(seat not in called for seat in empty):
        seats = top.free("seats")
        for seat in empty:
            if seat not in called:
                seats.warning(seat, "seat_unheld", seat=seat)
