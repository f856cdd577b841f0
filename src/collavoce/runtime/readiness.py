"""How a process tells its supervisor that it is ready, and from then on that it lives.

One line on standard output, then a byte every `ALIVE_S`. A process that was stopped, or that no
longer gets its interpreter, falls silent; the supervisor ends it, for one that is frozen looks
alive to the system and may wake in the middle of somebody else's show.
"""

import os
import threading

from collavoce.runtime.clock import sleep

ALIVE_S = 0.5
_STDOUT = 1


def ready(name: str) -> None:
    """Say it once; standard output carries nothing else.

    Where nobody listens any more, because the supervisor is gone, the show goes on all the same.
    """
    if _said(f"ready {name}\n".encode()):
        threading.Thread(target=_stay_heard, daemon=True).start()


def _stay_heard() -> None:
    while _said(b"."):
        sleep(ALIVE_S)


def _said(words: bytes) -> bool:
    """Whether somebody may have heard it. Past Python's buffer, which would be flushed at exit."""
    try:
        os.write(_STDOUT, words)
    except OSError:
        return False
    return True
