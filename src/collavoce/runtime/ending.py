"""How a process is asked to end: SIGTERM sets a flag that its loop looks at.

A loop that is cut anywhere could leave a light stream without its farewell or a ring undrained.
Ctrl-C reaches every process of the terminal at once; only the supervisor listens to it, so that
they end in its order.
"""

import signal
from dataclasses import dataclass
from types import FrameType


@dataclass(slots=True)
class Ending:
    """Whether this process has been asked to end."""

    asked: bool = False

    @classmethod
    def listen(cls) -> "Ending":
        """Listen to SIGTERM from here on, and to nothing else from the terminal."""
        ending = cls()

        def end(_signal: int, _frame: FrameType | None) -> None:
            ending.asked = True

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return ending
