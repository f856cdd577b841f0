"""State turned into what a page shows: plain dicts, ready for JSON.

In: show, state, estimate, instants. Out: dicts of words, shapes, tones and numbers.
Never: a command, a clock, a tag or a colour value.
"""

from collavoce.desk.views.caller import caller_view
from collavoce.desk.views.crew import due_view
from collavoce.desk.views.engraved import engraved_view
from collavoce.desk.views.firings import history_view
from collavoce.desk.views.machine import machine_view
from collavoce.desk.views.phone import phone_view
from collavoce.desk.views.place import place_view
from collavoce.desk.views.plan import plan_view
from collavoce.desk.views.setlist import options_view, times_view

__all__ = [
    "caller_view",
    "due_view",
    "engraved_view",
    "history_view",
    "machine_view",
    "options_view",
    "phone_view",
    "place_view",
    "plan_view",
    "times_view",
]
