"""What a cue can do: one small file for each kind of action.

In: the show file's tables. Out: actions, plain values.
Never: a sending; `runtime.wires` hands each wire action to its carrier.
"""

from collavoce.show.actions.action import Action, Replay

__all__ = ["Action", "Replay"]
