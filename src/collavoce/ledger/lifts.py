"""Old facts, read by a newer program.

An event is never rewritten. When its form changes, the new form is version v + 1 and a pure
function from body to body lifts version v at every read; a chain of them brings any old body to
the form of today. The domain writes the functions, the ledger only knows in which order they go.
"""

from collections.abc import Callable, Mapping

from collavoce.ledger.errors import LiftError
from collavoce.ledger.record import Draft

Lift = Callable[[bytes], bytes]
"""A pure function from the body of version v to the body of version v + 1."""

OLDEST = 1
"""The version every type begins with."""


class Lifts:
    """The lifts of a program: (type, v) -> the function from v to v + 1."""

    def __init__(self, steps: Mapping[tuple[str, int], Lift]) -> None:
        """Raises LiftError when the steps of a type leave one out."""
        self._steps = dict(steps)
        self._current: dict[str, int] = {}
        for kind, version in sorted(self._steps):
            expected = self.current(kind)
            if version != expected:
                raise LiftError(f"{kind}: a lift from version {version}, none from {expected}")
            self._current[kind] = version + 1

    def current(self, kind: str) -> int:
        """The version of `kind` that this program reads and writes."""
        return self._current.get(kind, OLDEST)

    def body(self, record: Draft) -> bytes:
        """The body of `record` in the form of today; the record stays as it is.

        Raises LiftError when the record is newer than this program.
        """
        current = self.current(record.type)
        if not OLDEST <= record.version <= current:
            raise LiftError(
                f"{record.key}: {record.type} version {record.version}, this program reads up to "
                f"{current}; read it with a newer release"
            )
        body = record.body
        for version in range(record.version, current):
            body = self._steps[record.type, version](body)
        return body
