"""What one person's phone must know of the show: their own standbys, and nothing else.

Another person's exit, the cue list, the follower and the desk's troubles are not in it. Two
states that differ only in those give the same bytes.
"""

from collavoce.desk.views.crew import crew_view
from collavoce.desk.views.people import exit_view
from collavoce.desk.views.signs import View
from collavoce.show.cues import Show
from collavoce.show.state import ShowState


def phone_view(show: Show, state: ShowState, person: str) -> View:
    """The number that is on and the exits this person is asked to; off_at on the show clock.

    crew : what they must know as one of a department, only for whoever is in one.
    """
    crew = crew_view(show, state, person)
    return {
        **({} if crew is None else {"crew": crew}),
        "number": next((n.title for n in show.numbers if n.id == state.number), None),
        "exits": [
            exit_view(show, state, cue, way)
            for cue, way in state.exits.items()
            if way.person == person
        ],
    }
