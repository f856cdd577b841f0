"""The desk's key while a show is open: the one it was opened with, or the one that replaced it.

It stands in the performance's private folder, so that a web process that was started again knows
which desks were signed out.
"""

import os
from pathlib import Path

from collavoce.runtime.clock import fresh_id

FILE = "desk.key"


class DeskKey:
    """The key that opens the caller's desk. first: of the show's opening."""

    def __init__(self, run_dir: Path, first: str) -> None:
        self._path = run_dir / FILE
        self.now = self._path.read_text(encoding="ascii") if self._path.exists() else first

    def renew(self) -> str:
        """A new key, on disk before it opens anything."""
        key = fresh_id()
        fresh = self._path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        fresh.replace(self._path)
        self.now = key
        return key
