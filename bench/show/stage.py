"""An open performance of this bench's show: the processes of `collavoce run`, looked after."""

import contextlib
import gc
import threading
from collections.abc import Collection, Generator
from dataclasses import dataclass, field
from pathlib import Path

from house import House

from collavoce.cli.run import readable_show
from collavoce.runtime.live import ALL, LivePerformance, live_performance
from collavoce.runtime.opening import Options


@dataclass(slots=True)
class Stage:
    """A performance whose supervisor takes its turns in a thread.

    restarts : process -> how often it was started again.
    """

    live: LivePerformance
    restarts: dict[str, int] = field(default_factory=dict[str, int])

    def pids(self, *names: str) -> list[int]:
        """The process ids of `names`, or of all."""
        running = self.live.supervisor.pids()
        return [pid for name, pid in running.items() if name in (names or running)]


@contextlib.contextmanager
def stage(
    house: House, work: Path, only: Collection[str] = ALL, *, plays: bool = False
) -> Generator[Stage]:
    """`house`, open. only : these processes. plays : the recording is played."""
    prepared, plan = readable_show(house.folder)
    performer = house.performance if plays else None
    options = Options(house.folder, performer=performer, care_root=work / "care")
    restarts: dict[str, int] = {}

    def note(name: str, _state: str, count: int) -> None:
        restarts[name] = count

    over = threading.Event()
    with live_performance(options, prepared, plan, note, only) as live:

        def look_after() -> None:
            while not over.is_set():
                live.supervisor.turn()

        carer = threading.Thread(target=look_after)
        carer.start()
        try:
            yield Stage(live, restarts)
        finally:
            over.set()
            carer.join()


@contextlib.contextmanager
def no_garbage() -> Generator[None]:
    """The probe's own garbage collector must not be measured."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
