"""The wires of a performance: each action of a cue to the carrier of its kind.

In: cues, levels, events that change what is under way. Out: datagrams, MIDI messages, mail to the
processes that play sounds and make requests; answers of the other ends.
Never: a decision, and never a wait.
"""

from collavoce.runtime.wires.identity import SOURCE, source_id
from collavoce.runtime.wires.shot import Shot
from collavoce.runtime.wires.wires import CATCH_UP, Wires

__all__ = ["CATCH_UP", "SOURCE", "Shot", "Wires", "source_id"]
