"""People of one name are told apart wherever names are shown to choose from or to go to."""

from collections import defaultdict
from collections.abc import Iterable
from unicodedata import category, normalize

from collavoce.company.people import Person

INVISIBLE = ("Cf", "Cc", "Mn")
"""Letters that nobody sees by themselves: joiners, marks of direction, controls, accents."""


def told_apart(people: Iterable[Person]) -> dict[str, str]:
    """What to call each, by id: the name; with their role, or else their id, if others share it.

    Names are the same if they look or sound the same: capitals, spaces and what is not seen do not
    tell them apart.
    """
    named: defaultdict[str, list[Person]] = defaultdict(list)
    everybody = list(people)
    for person in everybody:
        named[_seen(person.name)].append(person)
    return {person.id: _called(person, named[_seen(person.name)]) for person in everybody}


def _called(person: Person, namesakes: list[Person]) -> str:
    if len(namesakes) == 1:
        return person.name
    roles = [", ".join(one.roles) for one in namesakes]
    apart = all(roles) and len(set(roles)) == len(roles)
    return f"{person.name} ({', '.join(person.roles) if apart else person.id})"


def _seen(name: str) -> str:
    folded = normalize("NFKD", normalize("NFKC", name).casefold())
    return " ".join("".join(c for c in folded if category(c) not in INVISIBLE).split())
