"""How a process tells its supervisor that it is ready, and from then on that it lives.

One line on standard output, then a byte every `ALIVE_S`. A process that was stopped, or that no
longer gets its interpreter, falls silent; the supervisor ends it, for one that is frozen looks
alive to the system and may wake in the middle of somebody else's show.
"""

import os
import sys
import threading

from collavoce.runtime.clock import sleep

ALIVE_S = 0.5
_STDOUT = 1


def ready(name: str) -> None:
    """Say it once; standard output carries nothing else."""
    print(f"ready {name}", flush=True)  # noqa: T201  the supervisor reads this very line
    sys.stdout.flush()
    threading.Thread(target=_stay_heard, daemon=True).start()


def _stay_heard() -> None:
    try:
        while True:
            sleep(ALIVE_S)
            os.write(_STDOUT, b".")
    except OSError:
        # Nobody listens any more: the supervisor is gone, the show goes on.
        return
