"""Python runs this in each process that is started with this folder on its path: `cost.py` does.

A SIGUSR1 begins to count what is called, the next one writes it to a file of the process' number.
"""

import cProfile
import os
import signal
from pathlib import Path

FOLDER = "COLLAVOCE_BENCH_PROFILES"


class _Counting:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.profile = cProfile.Profile()
        self.on = False

    def turn(self, *_: object) -> None:
        """Begin, or end and write."""
        self.on = not self.on
        if self.on:
            self.profile.enable()
            return
        self.profile.disable()
        unfinished = self.folder / f"{os.getpid()}.new"
        self.profile.dump_stats(unfinished)
        unfinished.rename(self.folder / f"{os.getpid()}")


if FOLDER in os.environ:
    signal.signal(signal.SIGUSR1, _Counting(Path(os.environ[FOLDER])).turn)
