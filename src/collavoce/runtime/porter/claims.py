"""Who carries a message: care or the watchdog, once and never both.

Each may freeze or die at any point, so neither can ask the other. What decides is one step that
the system does for only one of them: making a name in a folder of the performance's private one.
The name is the message's opaque key, what it links to is who made it, for people who look. A claim
outlives the process that made it and ends with the performance.
"""

from collections import deque
from pathlib import Path

FOLDER = "claims"
HELD_MAX = 20_000
"""Claims of one's own that are kept; the oldest goes. A press makes about ten."""


class Claims:
    """run_dir : the performance's private folder. who : "care" or "watchdog"."""

    def __init__(self, run_dir: Path, who: str) -> None:
        self._folder = run_dir / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._who = who
        self._made: deque[str] = deque()

    def take(self, key: str) -> bool:
        """Whether the message `key` is ours to hand over, now and never again.

        key : letters, digits, - and _ alone. A folder that cannot be written to forbids nothing:
        twice is better than never.
        """
        assert key.replace("-", "").replace("_", "").isalnum(), "an opaque key"
        try:
            (self._folder / key).symlink_to(self._who)
        except FileExistsError:
            return False
        except OSError:
            return True
        self._made.append(key)
        if len(self._made) > HELD_MAX:
            (self._folder / self._made.popleft()).unlink(missing_ok=True)
        return True
