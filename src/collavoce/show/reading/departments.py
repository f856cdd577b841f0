"""The show file's departments: letters, and who answers when they are called."""

import re
from collections.abc import Iterable, Mapping

from collavoce.company.people import Person
from collavoce.show.actions.entrance import ComeOn
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Crew, Cue
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table

LETTERS = re.compile(r"[A-Z][A-Z0-9]{0,7}")
"""Spoken and drawn on a badge: capitals, at most eight."""


def read_departments(top: Table, people: Mapping[str, Person]) -> dict[str, Crew]:
    """`LX = "lena"`, `SND = ["kim", "noor"]` or `VID = { name = "Video", people = "ada" }`."""
    crews: dict[str, Crew] = {}
    table = top.free("departments")
    for letters in table.names():
        if not LETTERS.fullmatch(letters):
            table.error(letters, "bad_letters", letters=letters)
            continue
        one = table.table_or(letters, "people", ("name", "people", "operator"))
        ids, operator = one.words("people"), one.text("operator")
        # An operator is one of the department, whether they are written twice or not.
        every = [*ids, operator] if operator else ids
        members = tuple(dict.fromkeys(every))
        for person in members:
            if person not in people:
                known = Instead(person, people)
                key = "people" if person in ids else "operator"
                one.error(key, "unknown_person", person=person, instead=known)
        crews[letters] = Crew(letters, one.text("name"), members, operator)
    return crews


def check_departments(top: Table, crews: Mapping[str, Crew], cues: Iterable[Cue]) -> None:
    """Say which departments are called and have nobody to answer.

    A show that names no department at all calls nobody by name; only its hazards need somebody.
    A cue that calls a person itself, or brings one on, is answered by that person.
    """
    called: dict[str, bool] = {}
    for cue in cues:
        answered = any(isinstance(action, CallPerson | ComeOn) for action in cue.actions)
        if answered and not cue.crew:
            continue
        for letters in cue.crew or (cue.department,):
            called[letters] = called.get(letters, False) or bool(cue.hazard)
    for letters, hazardous in called.items():
        crew = crews.get(letters)
        if crew is not None and crew.people:
            continue
        if hazardous:
            top.warning("departments", "hazard_nobody", letters=letters)
        elif crews:
            top.warning("departments", "crew_nobody", letters=letters)
