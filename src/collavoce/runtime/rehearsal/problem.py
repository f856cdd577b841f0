"""One thing that came out wrong, in words."""

import msgspec

from collavoce.words import say


class Problem(msgspec.Struct, frozen=True):
    """One thing that came out wrong. kind: its key under `rehearse.found`. cue: "" for none.

    failure : the rehearsal fails for it; the rest is said to be known.
    """

    kind: str
    what: str
    remedy: str
    failure: bool
    cue: str = ""


def problem(kind: str, /, *, failure: bool = True, cue: str = "", **values: object) -> Problem:
    """The problem that the catalogue has words for under `kind`."""
    what = say(f"rehearse.found.{kind}.what", cue=cue, **values)
    remedy = say(f"rehearse.found.{kind}.remedy", cue=cue, **values)
    return Problem(kind, what, remedy, failure, cue)
