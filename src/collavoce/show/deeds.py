"""What a cue does, in words with the show's names: one wording for every page and report."""

from collavoce.company.people import Seat
from collavoce.show.actions.naming import Names
from collavoce.show.actions.table import words
from collavoce.show.cues import Cue, Show


def does(show: Show, cue: Cue) -> list[str]:
    """Everything that `cue` does, in its order, a phrase for each."""
    if not cue.actions:
        return []
    names = names_of(show)
    return [words(action, names) for action in cue.actions]


def names_of(show: Show) -> Names:
    """What the show calls its people, doors and timers tonight."""
    return Names(
        seats={seat: _who(show, held) for seat, held in show.seats.items()},
        exits={door: known.name for door, known in show.exits.items()},
        timers={timer: known.name for timer, known in show.timers.items()},
        people={person: known.name for person, known in show.people.items()},
    )


def _who(show: Show, seat: Seat) -> str:
    """Whoever holds the seat; its own name while nobody does."""
    if seat.person is None:
        return seat.name
    person = show.people.get(seat.person)
    return seat.person if person is None else person.name
