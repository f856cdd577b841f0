"""Engraving in a process of its own: the engraver is native code, and a damaged score can end it.

`python -m collavoce.runtime.engraver FILE` writes the pickled Engraving to standard output.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from collavoce.score.engraving import Engraving, engrave
from collavoce.score.errors import ScoreError

LONGEST_S = 60.0
"""A score that takes longer is not drawn; the show runs from its cue list."""


def engrave_apart(file: Path) -> Engraving | None:
    """The drawing of the score in `file`; None if it cannot be drawn, whatever happened."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "collavoce.runtime.engraver", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_S,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    # Written by the line above, by our own module, from our own class.
    drawn = pickle.loads(done.stdout)  # noqa: S301
    assert isinstance(drawn, Engraving)
    return drawn


def main() -> None:
    """Draw one score; leave with 1 if it cannot be drawn."""
    file = Path(sys.argv[1])
    try:
        drawn = engrave(file.read_bytes(), file.name)
    except (ScoreError, OSError):
        sys.exit(1)
    sys.stdout.buffer.write(pickle.dumps(drawn))


if __name__ == "__main__":
    main()
