"""Errands: what may wait for somebody else's server is done apart from the engine.

In: HTTP requests of cues, by mail. Out: the requests, and the servers' answers back to the engine.
Never: a request twice, and never a cue: whether it was done changes nothing but the record.
"""

from collavoce.runtime.errands.process import main

__all__ = ["main"]
