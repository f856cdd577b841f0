"""The bundled evening: a show, the score it follows, and a performance made for it.

In: the package's own data. Out: the show's files, the performance, the truth about it, a score of
how the cues fell. Never: a clock, or a rule of the show.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

PERFORMANCE = "performance.mid"
TRUTH = "performance.truth.json"

__all__ = ["PERFORMANCE", "TRUTH", "lay_out", "performance_midi", "show_files", "truth_json"]


def show_files() -> Traversable:
    """The folder of the show as it is shipped; read it, or `lay_out` a copy to run."""
    return resources.files(__name__) / "show"


def lay_out(folder: Path) -> Path:
    """Copy the show into `folder` (made if need be) and return it; raises OSError."""
    _copy(show_files(), folder)
    return folder


def performance_midi() -> bytes:
    """The performance, a Standard MIDI File."""
    return (show_files() / PERFORMANCE).read_bytes()


def truth_json() -> bytes:
    """The truth about the performance, JSON."""
    return (show_files() / TRUTH).read_bytes()


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
