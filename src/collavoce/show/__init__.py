"""The cue engine: cues, the pointer, the music they follow, the people they call.

In: the show folder's text, commands, estimates, the instant. Out: events, refusals, findings.
Never: an action; a datagram, a file and a clock are someone else's.
"""

from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.evolve import evolve
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState

__all__ = ["Show", "ShowState", "decide", "evolve", "next_due"]
