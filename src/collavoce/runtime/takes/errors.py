"""What can go wrong with takes; none of it ever stops a show.

TakesError
+-- TakesFileError   a file that is not whole, not ours, or of a newer release
+-- TakesDiskError   the disk did not take it, or did not give it up
"""

from pathlib import Path

from collavoce.words import say


class TakesError(Exception):
    """Says which file, and the remedy; names nobody."""


class TakesFileError(TakesError):
    """A file of takes that cannot be read."""

    def __init__(self, file: Path, why: str, root: str = "") -> None:
        super().__init__(say(f"takes.file.{why}", file=file, root=root))


class TakesDiskError(TakesError):
    """A file or folder that could not be written or erased."""

    def __init__(self, error: OSError, place: Path) -> None:
        super().__init__(say("takes.disk", file=place, why=error.strerror))
