"""How a process of a performance ends: asked to, or when its supervisor died and the show is over.

SIGTERM sets a flag that the loop looks at: a loop that is cut anywhere could leave a light stream
without its farewell or a ring undrained. A supervisor that was killed must not take the show with
it, so its children go on; but when the show is over they end too. The engine then takes the
performance's private folder away, and that is the sign for the others.
"""

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

LOOK_S = 1.0
"""A server looks this often whether it is left alone."""


@contextlib.contextmanager
def undisturbed() -> Generator[None]:
    """While the show is being closed, a second Ctrl-C or SIGTERM changes nothing.

    It would cut the closing and leave processes behind. For the main thread, like all signals.
    """
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(which, signal.SIG_IGN) for which in signals]
    try:
        yield
    finally:
        for which, handler in zip(signals, before, strict=True):
            signal.signal(which, handler)


@dataclass(slots=True)
class Ending:
    """Whether this process has been asked to end, or is left alone after the show."""

    run_dir: Path
    asked: bool = False
    _parent: int = field(default_factory=os.getppid)

    @classmethod
    def listen(cls, run_dir: str) -> "Ending":
        """Listen to SIGTERM from here on."""
        ending = cls(Path(run_dir))

        def end(_signal: int, _frame: FrameType | None) -> None:
            ending.asked = True

        signal.signal(signal.SIGTERM, end)
        return ending

    @property
    def orphaned(self) -> bool:
        """Whether the supervisor is gone."""
        return os.getppid() != self._parent

    @property
    def due(self) -> bool:
        """Whether to end now."""
        return self.asked or (self.orphaned and not self.run_dir.exists())

    def say_that_all_is_over(self) -> None:
        """Take the performance's folder away, and with it whoever nobody is there to end.

        Moved aside at once: emptied in its place, it stays if somebody puts a file in meanwhile.
        """
        gone = self.run_dir.with_name(f"{self.run_dir.name}.gone")
        with contextlib.suppress(OSError):
            self.run_dir.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    async def left_alone(self) -> None:
        """Return when the show is over and nobody is there to end this process."""
        while not (self.orphaned and not self.run_dir.exists()):  # noqa: ASYNC110  a death sends no event
            await asyncio.sleep(LOOK_S)
