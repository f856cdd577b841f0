"""How a command line finds the gateway of a show that is running: a line in its state folder."""

import os
from pathlib import Path

FILE = "gateway"


def leave(state: Path, run_dir: str) -> None:
    """Say that the gateway of this show has its mailbox in `run_dir`."""
    descriptor = os.open(state / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(run_dir)


def find(state: Path) -> Path | None:
    """The mailbox of a gateway that runs, or ran last; None if none ever did."""
    try:
        run_dir = (state / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    box = Path(run_dir) / "gateway"
    return box if run_dir and box.is_socket() else None
