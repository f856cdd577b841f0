"""When a person is asked into position, and how often they are told anew."""

from collavoce.units import Seconds

CORRECTION_S = Seconds(1.0)
"""A prediction that moved by less is not worth a look at the phone; nor is one so soon again."""

HELD_UNKNOWN_S = Seconds(3.0)
"""Music that stood this long is no longer a fermata: when it ends is anybody's guess."""

UNSURE_LEAD = 0.5
"""A prediction nobody would fire a cue on does not call anyone at the full lead, but at this share
of it: early costs the person some standing about, late costs the performer their exit."""
