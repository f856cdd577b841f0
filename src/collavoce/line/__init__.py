"""The rules of the line: what happens between the audience and the artists, and around a seat.

In: zones, seats and roles of the show, commands, who asks, the time. Out: events, refusals, views.
Never: a circle, a card, a press; anybody's reason; the name of whoever asks for a clear path.
"""

from collavoce.line.decide import decide
from collavoce.line.place import Place
from collavoce.line.roles import Act, Fact, Who, may, sees
from collavoce.line.state import LineState, evolve
from collavoce.line.view import line_view

__all__ = [
    "Act",
    "Fact",
    "LineState",
    "Place",
    "Who",
    "decide",
    "evolve",
    "line_view",
    "may",
    "sees",
]
