"""Log files of single lines, which nobody waits for."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path


def line_writer(path: Path) -> Callable[[str], None]:
    """Appends lines to `path` (mode 0600). A disk that refuses them stops nothing else."""

    def write(line: str) -> None:
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="ascii") as file:
                file.write(line)

    return write
