"""What one person's phone must know of the show: their own standbys, and nothing else.

Another person's exit, the cue list, the follower and the desk's troubles are not in it. Two
states that differ only in those give the same bytes.
"""

from collavoce.desk.views.crew import crew_view
from collavoce.desk.views.people import exit_view
from collavoce.desk.views.signs import View
from collavoce.desk.views.standby import entrances_view
from collavoce.show.cues import Show
from collavoce.show.setlist.tonight import number_tonight
from collavoce.show.state import ShowState


def phone_view(show: Show, state: ShowState, person: str) -> View:
    """The number that is on and the exits this person is asked to; off_at on the show clock.

    crew : what they must know as one of a department, only for whoever is in one.
    entrances : where they come on, and how its standby stands, only for whoever comes on anywhere.
    """
    crew = crew_view(show, state, person)
    number = number_tonight(show, state, state.number)
    entrances = entrances_view(show, state, person)
    return {
        **({} if crew is None else {"crew": crew}),
        **({"entrances": entrances} if entrances else {}),
        "number": None if number is None else number.title,
        "exits": [
            exit_view(show, state, cue, way)
            for cue, way in state.exits.items()
            if way.person == person
        ],
    }
