"""State turned into what a page shows: plain dicts, ready for JSON.

In: show, state, estimate, instants. Out: dicts of words, shapes, tones and numbers.
Never: a command, a clock, a tag or a colour value.
"""

from collavoce.desk.views.caller import caller_view
from collavoce.desk.views.engraved import engraved_view
from collavoce.desk.views.phone import phone_view
from collavoce.desk.views.place import place_view
from collavoce.desk.views.plan import plan_view

__all__ = ["caller_view", "engraved_view", "phone_view", "place_view", "plan_view"]
